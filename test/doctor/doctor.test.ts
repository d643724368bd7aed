import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { doctorPolicy } from '../../src/iam.js';
import { stubAws } from '../support/aws/context.js';
import { fakeCloudTrail } from '../support/aws/fake-cloudtrail.js';
import { COLUMNS, fakeAthena, PROJECTED } from '../support/aws/fake-athena.js';
import { fakeLogs } from '../support/aws/fake-logs.js';
import { fakeS3 } from '../support/aws/fake-s3.js';
import { DENIED, EXPIRED, type Fault, json, Loopback } from '../support/aws/loopback.js';
import { assumed } from '../support/aws/trap.js';
import { type Outcome, scratch } from '../support/cli.js';
import { stsEvents } from '../support/events.js';
import { runMain } from '../support/in-process.js';

beforeEach(stubAws);
const servers: Loopback[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

const ARN = 'arn:aws:cloudtrail:us-east-1:111111111111:trail/org';
const TRAIL = { Name: 'org', TrailARN: ARN, HomeRegion: 'us-east-1', IsMultiRegionTrail: true, IsOrganizationTrail: true, IncludeGlobalServiceEvents: true, S3BucketName: 'org-logs', S3KeyPrefix: 'trail', CloudWatchLogsLogGroupArn: 'arn:aws:logs:us-east-1:111111111111:log-group:trails:*' }; // prettier-ignore
const columns = (...names: string[]) => names.map((Name) => ({ Name, Type: 'string' }));
const TABLE = { Name: 'cloudtrail', Columns: Object.entries(COLUMNS).map(([Name, Type]) => ({ Name, Type })), PartitionKeys: columns('account', 'region', 'timestamp'), Parameters: PROJECTED }; // prettier-ignore
const tables = (change: object) => ({ ListTableMetadata: { TableMetadataList: [{ ...TABLE, ...change }] } }); // prettier-ignore
const STORE = 'arn:aws:cloudtrail:us-east-1:111111111111:eventdatastore/11111111-2222-4333-8444-555555555555'; // prettier-ignore

const ANSWERS: Readonly<Record<string, unknown>> = {
  DescribeTrails: { trailList: [TRAIL] },
  ListTrails: { Trails: [{ Name: 'org', TrailARN: ARN, HomeRegion: 'us-east-1' }] },
  GetTrailStatus: { IsLogging: true },
  GetEventSelectors: { EventSelectors: [{ ReadWriteType: 'All', IncludeManagementEvents: true }] },
  DescribeLogGroups: { logGroups: [{ logGroupName: 'trails', retentionInDays: 30 }] },
  ListWorkGroups: { WorkGroups: [{ Name: 'primary', State: 'ENABLED' }] },
  GetWorkGroup: { WorkGroup: { Name: 'primary', Configuration: { ResultConfiguration: { OutputLocation: 's3://results/' } } } }, // prettier-ignore
  ListDatabases: { DatabaseList: [{ Name: 'audit' }] },
  ListTableMetadata: { TableMetadataList: [TABLE, { Name: 'other', Columns: columns('a') }] },
  ListEventDataStores: { EventDataStores: [{ EventDataStoreArn: STORE }] },
};

async function doctor(
  answers: Readonly<Record<string, unknown>> = {},
  fault: Fault = () => null,
  flags: readonly string[] = [],
): Promise<Outcome> {
  const server = await fakeCloudTrail({ records: [], answers: { ...ANSWERS, ...answers } });
  servers.push(server);
  server.fault(fault);
  const outcome = await runMain(['doctor', '--endpoint-url', server.url, ...flags]);
  const commands = outcome.stdout.split('\n').filter((line) => line.startsWith('    legacy-endpoint-audit ') && !line.endsWith('--help')); // prettier-ignore
  const endpoint = ` --endpoint-url ${server.url}`;
  // An exact command leads to where the doctor was led.
  for (const command of commands) expect(command).toContain(endpoint);
  return { ...outcome, stdout: outcome.stdout.replaceAll(endpoint, '') };
}

/** An answer about the trail of the account, changed. */
const trail = (change: object) => ({ DescribeTrails: { trailList: [{ ...TRAIL, ...change }] } });
const selectors = (...EventSelectors: object[]) => ({ GetEventSelectors: { EventSelectors } });
const advanced = (...fields: object[]) => ({ GetEventSelectors: { AdvancedEventSelectors: [{ FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }, ...fields] }] } }); // prettier-ignore

describe('doctor', () => {
  it('prints the exact command for every source that fits', async () => {
    const { stdout, code } = await doctor();
    expect(code).toBe(0);
    expect(stdout.split('\n').filter((line) => line.startsWith('    '))).toEqual([
      '    legacy-endpoint-audit files s3://org-logs/trail/AWSLogs/ --since 30d --out report',
      '    legacy-endpoint-audit insights --log-group trails --region us-east-1 --since 7d --out report',
      '    legacy-endpoint-audit athena --table audit.cloudtrail --region us-east-1 --since 90d --max-scan 200GiB --out report',
      `    legacy-endpoint-audit lake --event-data-store ${STORE} --since 90d --out report`,
      '    legacy-endpoint-audit lookup --since 90d --resume lookup.jsonl --out report',
    ]);
    expect(stdout).toContain('Trail org (organization, all Regions, home us-east-1)\n  logs what this audit needs'); // prettier-ignore
    expect(stdout).toContain('its log group (keeps 30 days):');
    expect(stdout).not.toContain('!');
  });

  it('prints commands that run as they stand', async () => {
    const { stdout } = await doctor(trail({ S3BucketName: 'trail-bucket' }));
    const commands = stdout.split('\n').flatMap((line) => /^ {4}legacy-endpoint-audit (.*)$/.exec(line)?.[1]?.split(' ') ?? []); // prettier-ignore
    const records = stsEvents();
    const services: Readonly<Record<string, () => Promise<Loopback>>> = {
      files: async () => fakeS3({ objects: { 'trail/AWSLogs/a.json': { body: Buffer.from(JSON.stringify({ Records: records })) } } }), // prettier-ignore
      insights: async () => fakeLogs({ groups: { trails: { records, retentionInDays: 30 } } }),
      athena: async () => fakeAthena({ records }),
      lake: async () => fakeCloudTrail({ records }),
      // Not lookup: of 90 days, at two requests a second.
    };
    for (const [name, start] of Object.entries(services)) {
      const server = await start();
      servers.push(server);
      const args = commands.slice(commands.indexOf(name));
      const own = args.slice(0, args.indexOf('report')).flatMap((word) => word === '--out' ? ['--format', 'json'] : word); // prettier-ignore
      const { code, stderr } = await runMain([...own, '--endpoint-url', server.url], Date.UTC(2026, 6, 10)); // prettier-ignore
      expect([name, code, stderr]).toEqual([name, 0, expect.not.stringContaining('incomplete')]);
    }
  });

  const problems: readonly [string, Readonly<Record<string, unknown>>, string][] = [
    ['a trail that is switched off', { GetTrailStatus: { IsLogging: false } }, 'it is switched off: nothing new is logged'],
    ['a trail that cannot deliver', { GetTrailStatus: { IsLogging: true, LatestDeliveryError: 'AccessDenied' } }, 'its last delivery failed: AccessDenied'],
    ['a trail without global services', trail({ IncludeGlobalServiceEvents: false }), 'it leaves out events of global services'],
    ['a trail of another Region', trail({ IsMultiRegionTrail: false, HomeRegion: 'eu-west-1' }), 'it does not log us-east-1'],
    ['a trail that another Region keeps to itself', { ListTrails: { Trails: [{ Name: 'local', TrailARN: 'x', HomeRegion: 'eu-west-1' }] } }, 'Trail local\n  ! logs eu-west-1 only'],
    ['a trail of write events', selectors({ ReadWriteType: 'WriteOnly' }), 'it logs write events only: AssumeRole and GetCallerIdentity are read events'],
    ['a trail of read events', selectors({ ReadWriteType: 'ReadOnly' }), 'it logs read events only'],
    ['a trail of data events', selectors({ ReadWriteType: 'All', IncludeManagementEvents: false }), 'it logs no management events'],
    ['a trail without STS', advanced({ Field: 'eventSource', NotEquals: ['sts.amazonaws.com'] }), 'it leaves out the events of STS'],
    ['a trail of some services', advanced({ Field: 'eventSource', Equals: ['iam.amazonaws.com'] }), 'it leaves out the events of STS'],
    ['a trail of write events, in the newer way', advanced({ Field: 'readOnly', Equals: ['false'] }), 'it logs write events only'],
    ['a table without tlsdetails', tables({ Columns: columns('useridentity', 'eventsource') }), '! the table audit.cloudtrail lacks tlsdetails, so it cannot show the endpoint'],
    ['a table without partitions', tables({ PartitionKeys: [] }), 'no partitions: each query reads all of it'],
    ['a table to which partitions are added', tables({ Parameters: {} }), 'table audit.cloudtrail (partitioned by account, region, timestamp; a day that is not added to it is not seen, and a gap):'],
    ['a table that wants accounts', tables({ Parameters: { ...PROJECTED, 'projection.account.type': 'injected' } }), '! the table wants to be told the accounts (column account) (name each with --account)'],
    ['a table that does not project us-east-1', tables({ Parameters: { ...PROJECTED, 'projection.region.values': 'eu-west-1' } }), '! the table projects no partition of us-east-1'],
    ['a table whose days do not sort', tables({ Parameters: { ...PROJECTED, 'projection.timestamp.format': 'dd/MM/yyyy' } }), '! days written as dd/MM/yyyy do not sort like time'],
    ['a log group that keeps little', { DescribeLogGroups: { logGroups: [{ logGroupName: 'trails', retentionInDays: 3 }] } }, '(keeps 3 days):\n    legacy-endpoint-audit insights --log-group trails --region us-east-1 --since 60h'],
    ['no trail', { DescribeTrails: { trailList: [] }, ListTrails: { Trails: [] } }, 'No trail delivers what us-east-1 logs.'],
    ['no table', { ListTableMetadata: { TableMetadataList: [] } }, 'no CloudTrail table in us-east-1'],
    ['no store', { ListEventDataStores: { EventDataStores: [] } }, 'no event data store; it takes no new customers'],
    ['a workgroup without a place for results', { GetWorkGroup: { WorkGroup: { Name: 'primary', Configuration: {} } } }, '--output-location s3://YOUR-BUCKET/results/'],
    ['only another workgroup', { ListWorkGroups: { WorkGroups: [{ Name: 'audit', State: 'ENABLED' }, { Name: 'primary', State: 'DISABLED' }] } }, '--workgroup audit --since'],
  ]; // prettier-ignore
  for (const [name, answers, expected] of problems) {
    it(`sees ${name}`, async () => expect((await doctor(answers)).stdout).toContain(expected));
  }

  it('does not ask for a log group of another account', async () => {
    const { stdout } = await doctor({ DescribeLogGroups: { logGroups: [] } });
    expect(stdout).toContain('its log group trails is in the account 111111111111: ask there');
    expect(stdout).not.toContain('legacy-endpoint-audit insights');
  });

  it('keeps two selectors that together let everything through', async () => {
    const both = selectors({ ReadWriteType: 'WriteOnly' }, { ReadWriteType: 'ReadOnly' });
    expect((await doctor(both)).stdout).toContain('logs what this audit needs');
  });

  it('adds up selectors for the events of STS alone', async () => {
    const sts = { ExcludeManagementEventSources: ['sts.amazonaws.com'] };
    const mixed = selectors({ ReadWriteType: 'ReadOnly', ...sts }, { ReadWriteType: 'WriteOnly' });
    expect((await doctor(mixed)).stdout).toContain('it logs write events only');
    const none = selectors({ ReadWriteType: 'ReadOnly', ...sts }, { ReadWriteType: 'WriteOnly', ...sts }); // prettier-ignore
    expect((await doctor(none)).stdout).toContain('it leaves out the events of STS');
  });

  it('does not vouch for selectors that choose by other fields', async () => {
    const narrow = advanced({ Field: 'userIdentity.arn', NotStartsWith: ['arn:aws:sts::1:assumed-role/ci'] }); // prettier-ignore
    const { stdout } = await doctor(narrow);
    expect(stdout).toContain('its selectors also choose by userIdentity.arn, which may leave out calls'); // prettier-ignore
    expect(stdout).not.toContain('logs what this audit needs');
    const prefix = advanced({ Field: 'eventSource', StartsWith: ['iam'] });
    expect((await doctor(prefix)).stdout).toContain('it leaves out the events of STS');
  });

  it('looks at every page of workgroups', async () => {
    const pages: Fault = ({ operation, body }) => {
      if (operation === 'GetWorkGroup') return json({ WorkGroup: { Configuration: body.includes('audit') ? { ManagedQueryResultsConfiguration: { Enabled: true } } : {} } }); // prettier-ignore
      if (operation !== 'ListWorkGroups') return null;
      return body.includes('NextToken')
        ? json({ WorkGroups: [{ Name: 'audit', State: 'ENABLED' }] })
        : json({ WorkGroups: [{ Name: 'primary', State: 'ENABLED' }], NextToken: 'more' });
    };
    expect((await doctor({}, pages)).stdout).toContain('--workgroup audit --since');
  });

  it('repeats the flags that lead to the account', async () => {
    const config = join(scratch(), 'config');
    writeFileSync(config, '[profile audit]\naws_access_key_id = AKIDEXAMPLE\naws_secret_access_key = secret\nregion = us-east-1\n'); // prettier-ignore
    vi.stubEnv('AWS_CONFIG_FILE', config);
    const { stdout } = await doctor({}, undefined, ['--profile', 'audit']);
    const commands = stdout.split('\n').filter((line) => line.startsWith('    '));
    expect(commands).toHaveLength(5);
    for (const line of commands) expect(line).toContain(' --profile audit --out report');
  });

  it('keeps reports of several accounts apart', async () => {
    const sts = await Loopback.start(({ body }) =>
      assumed(body, 'ASIAEXAMPLE', '2036-07-10T00:00:00Z'),
    );
    servers.push(sts);
    vi.stubEnv('AWS_ENDPOINT_URL_STS', sts.url);
    const roles = ['111122223333', '444455556666'].flatMap((id) => ['--role-arn', `arn:aws:iam::${id}:role/audit`]); // prettier-ignore
    const { stdout } = await doctor({}, undefined, roles);
    const commands = stdout.split('\n').filter((line) => line.startsWith('    '));
    expect(commands).toHaveLength(10);
    expect(commands.filter((line) => line.endsWith('role/audit --out report-444455556666'))).toHaveLength(5); // prettier-ignore
  });

  it('quotes what a shell would read, and prints no control characters', async () => {
    const { stdout } = await doctor(trail({ S3BucketName: "b'; rm -rf ~; '\u001b[31m" }));
    expect(stdout).toContain(`files 's3://b'\\''; rm -rf ~; '\\''`);
    expect(stdout).not.toContain('\u001b');
  });

  for (const operation of Object.keys(ANSWERS)) {
    it(`goes on where ${operation} is not allowed, and does not take that for none`, async () => {
      const { stdout, code } = await doctor({}, (received) => received.operation === operation ? DENIED : null); // prettier-ignore
      expect(code).toBe(0);
      expect(stdout).toContain('Not looked at\n  ! not allowed: ');
      expect(stdout).not.toMatch(/No trail|no CloudTrail table|no event data store/);
      expect(stdout).toContain('lookup --since 90d');
    });
  }

  it('ends where nothing can be asked', async () => {
    const { code, stderr } = await doctor({}, () => EXPIRED);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^legacy-endpoint-audit: the AWS credentials are expired[^\n]*\n$/);
  });

  it('calls what its policy allows, and needs all of it', async () => {
    await doctor();
    const prefixes: Readonly<Record<string, string>> = {
      Logs_20140328: 'logs',
      AmazonAthena: 'athena',
    };
    const called = servers[0]?.received.map(({ headers, operation }) => {
      const [service = ''] = String(headers['x-amz-target']).split('.');
      return `${prefixes[service] ?? 'cloudtrail'}:${operation}`;
    });
    const allowed = doctorPolicy().Statement.flatMap(({ Action }) => Action);
    // Athena looks into the catalog as its caller.
    expect(new Set(called)).toEqual(
      new Set(allowed.filter((action) => !action.startsWith('glue:'))),
    );
  });
});
