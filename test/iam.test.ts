import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { audit } from '../src/audit.js';
import { athenaClient, cloudTrailClient, logsClient, s3Client } from '../src/aws/clients.js';
import type { Source } from '../src/contracts.js';
import { athenaPolicy, bucketPolicy, insightsPolicy, lakePolicy, lookupPolicy, type Policy } from '../src/iam.js'; // prettier-ignore
import { athena } from '../src/sources/athena/index.js';
import { insights } from '../src/sources/insights/index.js';
import { lake } from '../src/sources/lake/index.js';
import { lookup } from '../src/sources/lookup/index.js';
import { s3 } from '../src/sources/s3/index.js';
import { STORE } from './support/aws/backends.js';
import { stubAws, testContext } from './support/aws/context.js';
import { fakeAthena } from './support/aws/fake-athena.js';
import { fakeCloudTrail } from './support/aws/fake-cloudtrail.js';
import { fakeLogs } from './support/aws/fake-logs.js';
import { fakeS3 } from './support/aws/fake-s3.js';
import type { Loopback } from './support/aws/loopback.js';
import { FROM, stsEvents, TO } from './support/events.js';
import { runMain } from './support/in-process.js';

beforeEach(stubAws);
const servers: Loopback[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

function started<S extends Loopback>(server: S): S {
  servers.push(server);
  return server;
}

/** Whole runs and one that is interrupted while a query runs: every call that a source makes. */
async function callsOf(source: Source): Promise<void> {
  const window = { from: FROM, to: TO };
  await audit({ sources: [source], window, context: testContext() });
  const context = testContext();
  const [server] = servers;
  const before = server?.received.length ?? 0;
  server?.fault((_, number) => {
    if (number === before + 4) context.interrupt();
    return null;
  });
  await audit({ sources: [source], window, context });
}

const records = stsEvents();
const LOG = 'AWSLogs/111111111111/CloudTrail/us-east-1/2026/07/01/111111111111_CloudTrail_us-east-1_20260701T0005Z_abcdefghijklmnop.json'; // prettier-ignore
const bucket = async () => fakeS3({ objects: { [LOG]: { body: Buffer.from('{"Records":[]}') } } });

const ACTIONS: Readonly<Record<string, string>> = {
  ListObjectsV2: 's3:ListBucket',
  GetObject: 's3:GetObject',
};

function actionsCalled(service: string, server: Loopback): Set<string> {
  return new Set(server.operations.map((name) => ACTIONS[name] ?? `${service}:${name}`));
}

function actionsOf({ Statement }: Policy, ...sids: readonly string[]): Set<string> {
  const chosen = Statement.filter(({ Sid }) => sids.length === 0 || sids.includes(Sid));
  return new Set(chosen.flatMap(({ Action }) => Action));
}

describe('policies allow what is called, and nothing else', () => {
  it('insights', async () => {
    const server = started(await fakeLogs({ groups: { trail: { records } }, polls: 2 }));
    await callsOf(insights({ logGroups: ['trail'], client: () => logsClient({ endpointUrl: server.url }) })); // prettier-ignore
    expect(actionsCalled('logs', server)).toEqual(actionsOf(insightsPolicy(['trail'])));
  });

  it('lake', async () => {
    const server = started(await fakeCloudTrail({ records, polls: 1 }));
    await callsOf(lake({ eventDataStore: STORE, client: () => cloudTrailClient({ endpointUrl: server.url }) })); // prettier-ignore
    const own = started(await fakeCloudTrail({ records, polls: 9 }));
    const context = testContext();
    own.fault(() => {
      context.interrupt();
      return null;
    });
    await audit({ sources: [lake({ eventDataStore: STORE, client: () => cloudTrailClient({ endpointUrl: own.url }) })], window: { from: FROM, to: TO }, context }); // prettier-ignore
    const called = new Set([...actionsCalled('cloudtrail', server), ...actionsCalled('cloudtrail', own)]); // prettier-ignore
    expect(called).toEqual(actionsOf(lakePolicy(STORE)));
  });

  it('lookup', async () => {
    const server = started(await fakeCloudTrail({ records }));
    await callsOf(lookup({ client: () => cloudTrailClient({ endpointUrl: server.url }) }));
    expect(actionsCalled('cloudtrail', server)).toEqual(actionsOf(lookupPolicy()));
  });

  it('files s3://, and the key of a trail that has one', async () => {
    const server = started(await bucket());
    await callsOf(
      s3(['s3://trail-bucket'], { client: () => s3Client({ endpointUrl: server.url }) }),
    );
    const called = actionsCalled('s3', server);
    expect(new Set([...called, 'kms:Decrypt'])).toEqual(
      actionsOf(bucketPolicy({ bucket: 'trail-bucket', key: '' })),
    );
  });

  it('athena, itself', async () => {
    const server = started(await fakeAthena({ records, polls: 2, properties: { location: 's3://trail-bucket/AWSLogs/' } })); // prettier-ignore
    const store = started(await bucket());
    const source = athena({
      table: 'audit.cloudtrail',
      maxScan: 1e12,
      client: () => athenaClient({ endpointUrl: server.url }),
      s3: () => s3Client({ endpointUrl: store.url }),
    });
    await callsOf(source);
    const policy = athenaPolicy({
      catalog: 'AwsDataCatalog',
      database: 'audit',
      table: 'cloudtrail',
      workgroup: 'primary',
    });
    expect(actionsCalled('athena', server)).toEqual(
      actionsOf(policy, 'RunQueries', 'DescribeTable'),
    );
    expect(actionsCalled('s3', store)).toEqual(actionsOf(policy, 'ListLogs'));
  });

  // https://docs.aws.amazon.com/athena/latest/ug/s3-permissions.html, and for the catalog
  // https://docs.aws.amazon.com/athena/latest/ug/fine-grained-access-to-glue-resources.html
  it('athena, which acts as its caller', () => {
    const policy = athenaPolicy({
      catalog: 'AwsDataCatalog',
      database: 'audit',
      table: 'cloudtrail',
      workgroup: 'primary',
    });
    expect(actionsOf(policy, 'ReadCatalog')).toEqual(new Set(['glue:GetDatabase', 'glue:GetTable', 'glue:GetPartition', 'glue:GetPartitions'])); // prettier-ignore
    expect(actionsOf(policy, 'LocateLogs', 'ReadLogs', 'DecryptLogs')).toEqual(new Set(['s3:GetBucketLocation', 's3:GetObject', 'kms:Decrypt'])); // prettier-ignore
    expect(actionsOf(policy, 'KeepResults')).toEqual(new Set(['s3:GetBucketLocation', 's3:ListBucket', 's3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload'])); // prettier-ignore
  });
});

describe('policies name what the user named', () => {
  it('log groups, by name and by ARN', () => {
    const arn = 'arn:aws:logs:eu-west-1:222222222222:log-group:other:*';
    const [start] = insightsPolicy(['trail', arn]).Statement;
    expect(start?.Resource).toEqual([
      'arn:aws:logs:REGION:ACCOUNT:log-group:trail',
      'arn:aws:logs:REGION:ACCOUNT:log-group:trail:*',
      'arn:aws:logs:eu-west-1:222222222222:log-group:other',
      'arn:aws:logs:eu-west-1:222222222222:log-group:other:*',
    ]);
  });

  it('a folder of the bucket', () => {
    const { Statement } = bucketPolicy({ bucket: 'logs', key: 'org/AWSLogs/' });
    expect(Statement.find(({ Sid }) => Sid === 'ReadLogs')?.Resource).toEqual(['arn:aws:s3:::logs/org/AWSLogs/*']); // prettier-ignore
  });
});

describe('a key with characters that mean something to policies', () => {
  it('is named as it is', () => {
    const [, read] = bucketPolicy({ bucket: 'trail', key: 'a*b?/${aws:username}/' }).Statement;
    expect(read?.Resource).toEqual(['arn:aws:s3:::trail/a${*}b${?}/${$}{aws:username}/*']);
    const [, one] = bucketPolicy({ bucket: 'trail', key: 'a*.json', isObject: true }).Statement;
    expect(one?.Resource).toEqual(['arn:aws:s3:::trail/a${*}.json']);
  });

  it('or to a terminal stays in the comment that names it', async () => {
    const { code, stdout } = await runMain(['query', 'files', 's3://trail/a\nb\u{1b}[2J']);
    expect(code).toBe(0);
    const comment = stdout.slice(0, stdout.indexOf('\n\nIAM policy')).split('\n');
    for (const line of comment) expect(line).toMatch(/^# |^the window/);
    expect(stdout).not.toContain('\u{1b}');
  });
});
