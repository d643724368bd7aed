/**
 * What a user of the AWS sources can get wrong: one clear line, what to try, the exit code.
 */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { STORE } from '../support/aws/backends.js';
import { stubAws } from '../support/aws/context.js';
import { fakeAthena } from '../support/aws/fake-athena.js';
import { fakeCloudTrail } from '../support/aws/fake-cloudtrail.js';
import { fakeLogs } from '../support/aws/fake-logs.js';
import { fakeS3, xmlError } from '../support/aws/fake-s3.js';
import { DENIED, EXPIRED, jsonError, Loopback } from '../support/aws/loopback.js';
import type { Outcome } from '../support/cli.js';
import { stsEvents } from '../support/events.js';
import { runMain } from '../support/in-process.js';

beforeEach(stubAws);
const servers: Loopback[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

const NOW = Date.UTC(2026, 6, 10);
const WINDOW = ['--from', '2026-07-01', '--to', '2026-07-05'];
const records = stsEvents();

const SOURCES: Readonly<Record<string, readonly string[]>> = {
  insights: ['insights', '--log-group', 'trail'],
  athena: ['athena', '--table', 'audit.cloudtrail'],
  lake: ['lake', '--event-data-store', STORE],
  lookup: ['lookup'],
  files: ['files', 's3://trail-bucket'],
};

const SERVERS: Readonly<Record<string, () => Promise<Loopback>>> = {
  insights: async () => fakeLogs({ groups: { trail: { records } } }),
  athena: async () => fakeAthena({ records }),
  lake: async () => fakeCloudTrail({ records }),
  lookup: async () => fakeCloudTrail({ records }),
  files: async () => fakeS3({ objects: {} }),
};

/** Runs a command against its own kind of server. */
async function run(
  args: readonly string[],
  prepare: (server: Loopback) => void = () => undefined,
): Promise<Outcome & { server: Loopback }> {
  const server = await SERVERS[args[0] ?? '']?.();
  if (server === undefined) throw new Error(`no server for ${args[0]}`);
  servers.push(server);
  prepare(server);
  return { ...(await runMain([...args, '--endpoint-url', server.url], NOW)), server };
}

function expectRefusal({ code, stdout, stderr }: Outcome, message: RegExp): void {
  expect(stderr).toMatch(message);
  expect(stderr).toMatch(/^legacy-endpoint-audit: [^\n]+ \([^\n]+\)\n$/);
  expect(stdout).toBe('');
  expect(code).toBe(2);
}

describe('credentials', () => {
  for (const [name, args] of Object.entries(SOURCES)) {
    it(`none: ${name}`, async () => {
      vi.stubEnv('AWS_ACCESS_KEY_ID', undefined);
      vi.stubEnv('AWS_SECRET_ACCESS_KEY', undefined);
      expectRefusal(await run([...args, ...WINDOW]), /no AWS credentials: .*choose a profile/);
    });

    it(`expired: ${name}`, async () => {
      const answer = name === 'files' ? xmlError('ExpiredToken', 400, 'expired') : EXPIRED;
      const expired = await run([...args, ...WINDOW], (server) => server.fault(() => answer));
      expectRefusal(expired, /the AWS credentials are expired or not valid: .*sign in again/);
    });

    it(`not enough: ${name}`, async () => {
      const answer = name === 'files' ? xmlError('AccessDenied', 403, 'User: x is not authorized to perform: service:Action on resource: arn:aws:service:::thing because') : DENIED; // prettier-ignore
      const denied = await run([...args, ...WINDOW], (server) => server.fault(({ operation }) => operation === 'DescribeLogGroups' || operation === 'GetWorkGroup' ? null : answer)); // prettier-ignore
      expectRefusal(denied, /not allowed: service:Action on arn:aws:service:::thing \(legacy-endpoint-audit query/); // prettier-ignore
    });

    it(`on a machine whose clock is wrong: ${name}`, async () => {
      const answer = name === 'files' ? xmlError('RequestTimeTooSkewed', 403, 'The difference between the request time and the current time is too large.') : jsonError('InvalidSignatureException', 'Signature not yet current: 20260710T001000Z is still later than 20260710T000500Z'); // prettier-ignore
      const skewed = await run([...args, ...WINDOW], (server) => server.fault(() => answer));
      expectRefusal(skewed, /the clock of this machine is wrong: .*(?:too large|still later).*\(set it/); // prettier-ignore
    });

    for (const status of [200, 404]) {
      it(`at an endpoint that answers with a page (${status}): ${name}`, async () => {
        const page = { status, headers: { 'content-type': 'text/html' }, body: '<html>Welcome' };
        const foreign = await run([...args, ...WINDOW], (server) => server.fault(() => page));
        expectRefusal(foreign, /does not speak the protocol of (?:S3|the service).*\(check --endpoint-url/); // prettier-ignore
      });
    }

    it(`no such profile: ${name}`, async () => {
      vi.stubEnv('AWS_ACCESS_KEY_ID', undefined);
      vi.stubEnv('AWS_SECRET_ACCESS_KEY', undefined);
      expectRefusal(await run([...args, ...WINDOW, '--profile', 'nobody']), /nobody/);
    });
  }

  const broken: Readonly<Record<string, readonly [Readonly<Record<string, string>>, RegExp]>> = {
    'a token file that is not there': [{ AWS_ROLE_ARN: 'arn:aws:iam::111122223333:role/pod', AWS_WEB_IDENTITY_TOKEN_FILE: '/nowhere/token' }, /no AWS credentials: ENOENT.*\/nowhere\/token/],
    'a container that gives no JSON': [{ AWS_CONTAINER_CREDENTIALS_FULL_URI: 'SERVER' }, /no AWS credentials: .*not valid JSON/],
    'a container that is nowhere': [{ AWS_CONTAINER_CREDENTIALS_FULL_URI: 'here' }, /an endpoint setting is not a URL: here/],
    'an instance that gives nonsense': [{ AWS_EC2_METADATA_DISABLED: 'false', AWS_EC2_METADATA_SERVICE_ENDPOINT: 'SERVER' }, /no AWS credentials: /],
    'an instance asked in a way that is none': [{ AWS_EC2_METADATA_DISABLED: 'false', AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE: 'IPv9' }, /no AWS credentials: Unsupported endpoint mode: IPv9/],
  }; // prettier-ignore
  for (const [name, [settings, message]] of Object.entries(broken)) {
    it(`kept by ${name}`, async () => {
      const keeper = await Loopback.start(() => ({ body: '\u0001<html>' }));
      servers.push(keeper);
      for (const key of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) vi.stubEnv(key, undefined);
      for (const [key, value] of Object.entries(settings)) vi.stubEnv(key, value.replace('SERVER', keeper.url)); // prettier-ignore
      expectRefusal(await run(['lookup', ...WINDOW]), message);
    });
  }

  it('for an endpoint that is no URL', async () => {
    vi.stubEnv('AWS_ENDPOINT_URL', 'nonsense');
    expectRefusal(await runMain(['lookup', ...WINDOW], NOW), /an endpoint setting is not a URL: nonsense .*AWS_ENDPOINT_URL/); // prettier-ignore
  });

  it('a role that is none', async () => {
    expectRefusal(await run(['lookup', '--role-arn', 'arn:aws:iam::1:role/x']), /not a role: arn:aws:iam::1:role\/x/); // prettier-ignore
    expectRefusal(await run(['lookup', '--external-id', 'x']).then((outcome) => ({ ...outcome, stderr: outcome.stderr.replace('\n', ' (x)\n') })), /--external-id goes with --role-arn/); // prettier-ignore
  });
});

describe('accounts', () => {
  for (const [name, args] of Object.entries(SOURCES)) {
    it(`one is not read through two roles, which would count it twice: ${name}`, async () => {
      const role = (of: string): string[] => ['--role-arn', `arn:aws:iam::111122223333:role/${of}`];
      expectRefusal(await run([...args, ...role('a'), ...role('b'), ...WINDOW]), /two roles of account 111122223333 would read the same evidence twice \(name one/); // prettier-ignore
    });
  }
});

describe('places', () => {
  const wrong: readonly [string, readonly string[], RegExp][] = [
    ['a Region that is none', ['insights', '--log-group', 'trail', '--region', 'Frankfurt', ...WINDOW], /not a Region: Frankfurt/],
    ['a log group that is not there', ['insights', '--log-group', 'trial', ...WINDOW], /no such log group in us-east-1: trial .*--region/],
    ['a log group that can be none', ['insights', '--log-group', 'a b', ...WINDOW], /not a log group: a b/],
    ['an ARN that is none', ['insights', '--log-group', 'arn:aws:logs:eu-west-1:log-group:x', ...WINDOW], /not a log group: arn:aws:logs:eu-west-1:log-group:x/],
    ['no log group', ['insights', ...WINDOW], /no log group given .*--log-group/],
    ['a table that is not there', ['athena', '--table', 'audit.trial', ...WINDOW], /no such table: audit.trial .*--table DATABASE.TABLE/],
    ['a table that can be none', ['athena', '--table', 'cloudtrail', ...WINDOW], /not a table: cloudtrail .*DATABASE.TABLE/],
    ['a table that is code', ['athena', '--table', 'a.b"; DROP', ...WINDOW], /not a table/],
    ['an account that is none', ['athena', '--table', 'audit.cloudtrail', '--account', '12', ...WINDOW], /not an account: 12/],
    ['an output location that is none', ['athena', '--table', 'audit.cloudtrail', '--output-location', 'results/', ...WINDOW], /not a place in S3: results\//],
    ['a size that is none', ['athena', '--table', 'audit.cloudtrail', '--max-scan', '10 GB', ...WINDOW], /--max-scan is not a size: 10 GB/],
    ['a store that can be none', ['lake', '--event-data-store', 'org', ...WINDOW], /not an event data store: org/],
    ['a bucket that is not there', ['files', 's3://other-bucket', ...WINDOW], /no such bucket: other-bucket/],
    ['a place that is none', ['files', 's3:///x', ...WINDOW], /not a place in S3/],
    ['a window without a start', ['athena', '--table', 'audit.cloudtrail'], /no start of the window is given .*--from or --since/],
    ['a window in the future', ['insights', '--log-group', 'trail', '--from', '2026-08-01'], /the window lies in the future/],
    ['a window before the event history', ['lookup', '--from', '2025-01-01', '--to', '2025-02-01'], /keeps 90 days, and the window is older .*files s3:/],
  ]; // prettier-ignore
  for (const [name, args, message] of wrong) {
    it(`told: ${name}`, async () => expectRefusal(await run(args), message));
  }

  const refusals: readonly [string, string, string, string, RegExp][] = [
    ['a workgroup that is not there', 'athena', 'GetWorkGroup', 'WorkGroup primary is not found.', /no such workgroup: primary .*--workgroup/],
    ['an output location that is not ours', 'athena', 'StartQueryExecution', 'Unable to verify/create output bucket theirs. Please check your permission', /output bucket theirs.*--output-location/],
    ['a store that is not there', 'lake', 'StartQuery', 'The specified event data store was not found.', /event data store was not found.*--region/],
  ]; // prettier-ignore
  for (const [name, source, operation, said, message] of refusals) {
    it(`told: ${name}`, async () => {
      const refused = await run([...(SOURCES[source] ?? []), ...WINDOW], (server) => server.fault((received) => received.operation === operation ? jsonError(source === 'lake' ? 'EventDataStoreNotFoundException' : 'InvalidRequestException', said) : null)); // prettier-ignore
      expectRefusal(refused, message);
    });
  }

  it('what goes wrong in the middle ends in a report, a line with a hint, and 3', async () => {
    const { code, stdout, stderr } = await run(['lookup', ...WINDOW, '--format', 'json'], (server) => server.fault((_, number) => (number > 1 ? EXPIRED : null))); // prettier-ignore
    expect(code).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({ coverage: { complete: false, gaps: [{ code: 'credentials-expired' }] } }); // prettier-ignore
    expect(stderr).toMatch(/^legacy-endpoint-audit: the evidence is incomplete: [^\n]*expired[^\n]*\(sign in again[^\n]*\n$/); // prettier-ignore
  });
});

describe('query calls nothing', () => {
  for (const [name, args] of Object.entries(SOURCES)) {
    it(`and prints the calls and the policy: ${name}`, async () => {
      vi.stubEnv('AWS_ACCESS_KEY_ID', undefined);
      vi.stubEnv('AWS_SECRET_ACCESS_KEY', undefined);
      const { stdout, code } = await runMain(['query', ...args, ...(name === 'lookup' || name === 'files' ? [] : WINDOW)], NOW); // prettier-ignore
      expect(code).toBe(0);
      const policy: unknown = JSON.parse(stdout.slice(stdout.indexOf('IAM policy\n') + 11));
      expect(policy).toMatchObject({ Version: '2012-10-17' });
      expect(stdout).toMatch(/Calls: |LookupEvents/);
      expect(stdout).not.toContain('{{');
    });
  }

  it('and prints what also finds events that were logged late', async () => {
    const { stdout } = await runMain(['query', 'insights', '--log-group', 'trail', ...WINDOW], NOW);
    expect(stdout).toContain(`toMillis(@timestamp) < ${Date.UTC(2026, 6, 6)}`);
    expect(stdout).toContain('time < "2026-07-05T00:00:00Z"');
  });

  it('names the bucket that is given', async () => {
    const { stdout } = await runMain(['query', 'files', 's3://logs/org/AWSLogs/'], NOW);
    expect(stdout).toContain('"arn:aws:s3:::logs/org/AWSLogs/*"');
  });

  const policyOf = async (...args: readonly string[]): Promise<{ stdout: string; resources: Record<string, string[]> }> => {
    const { stdout } = await runMain(['query', ...args, ...WINDOW], NOW);
    const [, text = ''] = /IAM policy\n(\{[^]*?\n\})\n/.exec(stdout) ?? [];
    const { Statement } = JSON.parse(text) as { Statement: { Sid: string; Resource: string[] }[] };
    return { stdout, resources: Object.fromEntries(Statement.map(({ Sid, Resource }) => [Sid, Resource])) };
  }; // prettier-ignore

  it('names the one object that is given', async () => {
    const { resources } = await policyOf('files', 's3://logs/AWSLogs/x.json.gz');
    expect(resources['ReadLogs']).toEqual(['arn:aws:s3:::logs/AWSLogs/x.json.gz']);
    expect(resources['ListLogs']).toEqual(['arn:aws:s3:::logs']);
  });

  it('takes the Regions of every partition', async () => {
    const { stdout } = await policyOf('insights', '--log-group', 'trail', '--region', 'eusc-de-east-1'); // prettier-ignore
    expect(stdout).toContain('arn:aws:logs:eusc-de-east-1:ACCOUNT:');
  });

  it('fills in the Region, and the account of a role', async () => {
    const where = ['--region', 'eu-west-1', '--role-arn', 'arn:aws:iam::222222222222:role/audit'];
    const store = await policyOf(...(SOURCES['lake'] ?? []), ...where);
    expect(store.resources['QueryEventDataStore']).toEqual([`arn:aws:cloudtrail:eu-west-1:222222222222:eventdatastore/${STORE}`]); // prettier-ignore
    const group = await policyOf('insights', '--log-group', 'trail', ...where);
    expect(group.resources['StartQueries']?.[0]).toBe('arn:aws:logs:eu-west-1:222222222222:log-group:trail'); // prettier-ignore
    const table = await policyOf('athena', '--table', 'audit.cloudtrail', ...where);
    expect(table.resources['RunQueries']).toEqual(['arn:aws:athena:eu-west-1:222222222222:workgroup/primary']); // prettier-ignore
    expect(table.resources['ReadCatalog']?.[0]).toBe('arn:aws:glue:eu-west-1:222222222222:catalog');
    vi.stubEnv('AWS_REGION', undefined);
    const open = await policyOf('insights', '--log-group', 'trail');
    expect(open.resources['StartQueries']?.[0]).toBe('arn:aws:logs:REGION:ACCOUNT:log-group:trail');
  });

  it('names where results go', async () => {
    const { resources } = await policyOf('athena', '--table', 'audit.cloudtrail', '--output-location', 's3://results/audit/'); // prettier-ignore
    expect(resources['KeepResults']).toEqual(['arn:aws:s3:::results', 'arn:aws:s3:::results/audit/*']); // prettier-ignore
  });

  it('asks for a data catalog that is not the own one', async () => {
    const { resources, stdout } = await policyOf('athena', '--table', 'security.audit.cloudtrail', '--region', 'us-east-1'); // prettier-ignore
    expect(resources['DescribeTable']).toEqual(['arn:aws:athena:us-east-1:ACCOUNT:datacatalog/security']); // prettier-ignore
    expect(resources['ReadCatalog']?.[1]).toBe('arn:aws:glue:us-east-1:CATALOG-ACCOUNT:database/audit'); // prettier-ignore
    expect(stdout).toContain('"athena:GetDataCatalog"');
    expect(stdout).toContain('lambda:InvokeFunction');
  });

  it('and the roles', async () => {
    const { stdout } = await runMain(['query', 'lookup', '--role-arn', 'arn:aws:iam::222222222222:role/audit'], NOW); // prettier-ignore
    expect(stdout).toContain('"sts:AssumeRole"');
    expect(stdout).toContain('"arn:aws:iam::222222222222:role/audit"');
  });

  it('and prints a table to create', async () => {
    const location = ['--location', 's3://logs/AWSLogs/o-exampleorgid'];
    const accounts = ['--account', '111111111111,222222222222'];
    const { stdout, code } = await runMain(['query', 'athena', '--ddl', '--table', 'audit.cloudtrail', '--from', '2024-01-01', ...location, ...accounts], NOW); // prettier-ignore
    expect(code).toBe(0);
    expect(stdout).toContain('CREATE EXTERNAL TABLE `audit`.`cloudtrail` (');
    expect(stdout).toContain("LOCATION 's3://logs/AWSLogs/o-exampleorgid/'");
    expect(stdout).toContain("'projection.account.values' = '111111111111,222222222222'");
    expect(stdout).toContain("'projection.timestamp.range' = '2024/01/01,NOW'");
    expect(stdout).toContain("'storage.location.template' = 's3://logs/AWSLogs/o-exampleorgid/${account}/CloudTrail/${region}/${timestamp}'"); // prettier-ignore
  });

  it('which needs a place, accounts and a first day', async () => {
    const ddl = ['query', 'athena', '--ddl', '--table', 'audit.cloudtrail', '--from', '2024-01-01'];
    expectRefusal(await runMain(ddl, NOW), /--location is missing/);
    expectRefusal(await runMain([...ddl, '--location', 's3://logs/x'], NOW), /not the folder that holds accounts/); // prettier-ignore
    expectRefusal(await runMain([...ddl, '--location', 's3://logs/AWSLogs'], NOW), /has to be told the accounts/); // prettier-ignore
  });
});
