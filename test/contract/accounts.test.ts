/**
 * Several accounts in one run: a role of each, whose keys show which account is asked.
 */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Report } from '../../src/report/schema.js';
import { stubAws } from '../support/aws/context.js';
import { type Answer, json, Loopback, type Received } from '../support/aws/loopback.js';
import { assumed, trapTls } from '../support/aws/trap.js';
import { runMain } from '../support/in-process.js';
import { uuid } from '../support/events.js';
import { globalCall } from '../support/records.js';

const ACCOUNTS = Array.from({ length: 9 }, (_, place) => `${place + 1}`.repeat(12));
const roleOf = (account: string): string => `arn:aws:iam::${account}:role/audit`;
const YESTERDAY = Math.floor(Date.now() / 86_400_000) * 86_400_000 - 86_400_000;
const day = (time: number): string => new Date(time).toISOString().slice(0, 10);

let server: Loopback;
let [asking, most] = [0, 0];
/** Seconds for which the keys of a role are good. */
let lifetime = 3600;
let denied: string | null = null;

beforeEach(async () => {
  stubAws();
  [asking, most, lifetime, denied] = [0, 0, 3600, null];
  server = await Loopback.start(answer);
  trapTls(server, []);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await server.close();
});

async function answer({ headers, body }: Received): Promise<Answer> {
  if (String(headers.host).startsWith('sts')) {
    const account = /iam%3A%3A(\d{12})/.exec(body)?.[1] ?? '';
    if (account === denied) return refusal(account);
    return assumed(body, `ASIA${account}`, new Date(Date.now() + lifetime * 1000).toISOString());
  }
  asking += 1;
  most = Math.max(most, asking);
  await new Promise((resolve) => setTimeout(resolve, 5));
  asking -= 1;
  const account = /Credential=ASIA(\d{12})/.exec(String(headers.authorization))?.[1] ?? '';
  const record = globalCall({ eventID: uuid(account), eventTime: `${day(YESTERDAY)}T06:00:00Z`, recipientAccountId: account }); // prettier-ignore
  return json({ Events: [{ EventId: uuid(account), CloudTrailEvent: JSON.stringify(record) }] });
}

function refusal(account: string): Answer {
  const message = `User: arn:aws:iam::000000000000:user/ops is not authorized to perform: sts:AssumeRole on resource: ${roleOf(account)}`;
  return { status: 403, headers: { 'content-type': 'text/xml' }, body: `<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>${message}</Message></Error></ErrorResponse>` }; // prettier-ignore
}

async function run(roles: readonly string[]): Promise<{ report: Report; code: number | null; stderr: string }> {
  const window = ['--from', day(YESTERDAY), '--to', day(YESTERDAY + 86_400_000)];
  const { stdout, stderr, code } = await runMain(['lookup', ...roles, ...window, '--format', 'json']);
  return { report: JSON.parse(stdout) as Report, code, stderr };
} // prettier-ignore

describe('several accounts', () => {
  it('are read a few at a time, each as its own role, each with its own coverage', async () => {
    const { report, code } = await run(
      ACCOUNTS.flatMap((account) => ['--role-arn', roleOf(account)]),
    );
    expect(code).toBe(0);
    expect(report.sources.map(({ name, accounts }) => [name, accounts])).toEqual(ACCOUNTS.map((account) => [`lookup ${account}`, [account]])); // prettier-ignore
    expect(report.coverage.accounts.map(({ accountId, stsEvents }) => [accountId, stsEvents])).toEqual(ACCOUNTS.map((account) => [account, 1])); // prettier-ignore
    expect(report.totals.calls).toBe(ACCOUNTS.length);
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(4);
  });

  it('may be given as a list', async () => {
    const { report } = await run(['--role-arn', ACCOUNTS.slice(0, 3).map(roleOf).join(',')]);
    expect(report.sources).toHaveLength(3);
  });

  it('of which one cannot be read, the others are, and the report says whose evidence is missing', async () => {
    denied = ACCOUNTS[1] ?? null;
    const { report, code, stderr } = await run(ACCOUNTS.slice(0, 3).flatMap((account) => ['--role-arn', roleOf(account)])); // prettier-ignore
    expect(code).toBe(3);
    expect(report.totals.calls).toBe(2);
    expect(report.coverage.gaps).toMatchObject([{ source: 'lookup 222222222222', subject: 'lookup 222222222222', message: expect.stringContaining(`not allowed: sts:AssumeRole on ${roleOf('222222222222')}`) }]); // prettier-ignore
    expect(stderr).toMatch(
      /^legacy-endpoint-audit: the evidence is incomplete: .*sts:AssumeRole.*\n$/,
    );
  });

  it('whose keys run out in the middle get new ones', async () => {
    lifetime = 1;
    const [account = ''] = ACCOUNTS;
    const window = ['--from', day(YESTERDAY - 86_400_000), '--to', day(YESTERDAY + 86_400_000)];
    const { code } = await runMain(['lookup', '--role-arn', roleOf(account), ...window, '--format', 'json']); // prettier-ignore
    expect(code).toBe(0);
    const toSts = server.received.filter(({ headers }) => String(headers.host).startsWith('sts'));
    expect(toSts.length).toBeGreaterThan(1);
  });
});
