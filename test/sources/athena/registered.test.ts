/**
 * Tables to which partitions are added by hand: what was forgotten is not read, and is said.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { formatDay } from '../../../src/cloudtrail/event-time.js';
import { doubtAbout } from '../../../src/report/baseline/evidence.js';
import type { Report } from '../../../src/report/schema.js';
import type { AthenaOptions } from '../../../src/sources/athena/index.js';
import { stubAws } from '../../support/aws/context.js';
import type { FakeAthenaOptions } from '../../support/aws/fake-athena.js';
import { DENIED, type Fault, jsonError } from '../../support/aws/loopback.js';
import { FROM, TO } from '../../support/events.js';
import { closeServers, type Outcome, run } from './run.js';

beforeEach(stubAws);
afterEach(closeServers);

const OWN = '111111111111';
const OTHER = '222222222222';
interface Given {
  readonly service?: Partial<FakeAthenaOptions>;
  readonly options?: Partial<AthenaOptions>;
  readonly window?: { readonly from: number; readonly to: number };
  readonly fault?: Fault;
}

/** A run over a table that has the days that are added to it. */
const runOver = async (
  added: NonNullable<FakeAthenaOptions['added']>,
  { service, options, fault, window }: Given = {},
): Promise<Outcome> => run({ added, properties: {}, ...service }, options, fault, window);

/** Days of July 2026. */
const days = (...numbers: readonly number[]): string[] =>
  numbers.map((day) => `2026/07/${String(day).padStart(2, '0')}`);
const ALL = days(1, 2, 3, 4, 5);
const missing = ({ coverage }: Report): string[] =>
  coverage.gaps.filter(({ code }) => code === 'partitions-missing').map(({ message }) => message);

describe('days of a table to which partitions are added', () => {
  it('that are all there leave nothing to say', async () => {
    const { report, server } = await runOver({ [OWN]: ALL });
    expect(report.coverage.complete).toBe(true);
    expect(report.sources[0]).not.toHaveProperty('deliveries');
    expect(report.sources[0]?.notes.join()).not.toContain('partition was');
    expect(server.queries[0]?.text).toContain('FROM "audit"."cloudtrail$partitions"');
    expect(server.queries[0]?.text).toContain(`WHERE "region" = 'us-east-1' AND `);
    expect(server.queries).toHaveLength(2);
  });

  it('are asked of us-east-1 also where other Regions are read', async () => {
    const window = { from: Date.UTC(2021, 9, 1) / 1000, to: Date.UTC(2021, 9, 2) / 1000 };
    const { server } = await runOver({}, { window });
    expect(server.queries.map(({ text }) => text.includes(`"region" = 'us-east-1'`))).toEqual([true, false]); // prettier-ignore
  });

  it('that no account has are a gap, which names them', async () => {
    const { report } = await runOver({ [OWN]: days(1, 4, 5), [OTHER]: days(4) });
    expect(report.coverage).toMatchObject({ complete: false, gaps: [{ code: 'partitions-missing', subject: 'audit.cloudtrail' }] }); // prettier-ignore
    expect(missing(report)).toEqual(['The table has no partition of 2 days of the window, which were not read: 2026-07-02 to 2026-07-03.']); // prettier-ignore
  });

  it('are all missing from a table that has none', async () => {
    expect(missing((await runOver({})).report)).toEqual(['The table has no partition of 5 days of the window, which were not read: 2026-07-01 to 2026-07-05.']); // prettier-ignore
  });

  it('of a year are named in part', async () => {
    const odd = Array.from({ length: 365 }, (_, day) => formatDay(Date.UTC(2025, 6, 6 + day) / 1000)).filter((_, day) => day % 2 === 0); // prettier-ignore
    const window = { from: TO - 360 * 86_400, to: TO };
    const [message = ''] = missing((await runOver({ [OWN]: odd }, { window })).report);
    expect(message).toMatch(/^The table has no partition of 18\d days of the window/);
    expect(message).toMatch(/: (?:\d{4}-\d\d-\d\d, ){4}\d{4}-\d\d-\d\d and others\.$/);
  });

  it('are needed to a quarter of an hour after the window, when its last calls are delivered', async () => {
    expect(missing((await runOver({ [OWN]: days(1, 2, 3, 4) })).report).join()).toContain('no partition of a day of the window, which were not read: 2026-07-05.'); // prettier-ignore
    const window = { from: FROM, to: TO - 3600 };
    expect(missing((await runOver({ [OWN]: days(1, 2, 3, 4) }, { window })).report)).toEqual([]);
  });

  const forms: readonly [string, Partial<FakeAthenaOptions>, readonly string[]][] = [
    ['with hyphens', {}, ['2026-07-01', '2026-07-02', '2026-07-03', '2026-07-04', '2026-07-05']],
    ['without anything', {}, ['20260701', '20260702', '20260703', '20260704', '20260705']],
    ['with hours', { properties: { 'projection.timestamp.format': 'yyyy/MM/dd/HH' } }, ALL.map((day) => `${day}/07`)],
  ]; // prettier-ignore
  for (const [name, service, written] of forms) {
    it(`are read as they are written: ${name}`, async () => {
      expect(missing((await runOver({ [OWN]: written }, { service })).report)).toEqual([]);
      expect(missing((await runOver({ [OWN]: written.slice(1) }, { service })).report).join()).toContain('2026-07-01'); // prettier-ignore
    });
  }
});

it('hours that were forgotten are not looked for, which is said', async () => {
  const said = 'whether each hour of its days was added was not looked at';
  const partitions = { account: 'string', region: 'string', timestamp: 'string', hour: 'string' };
  const { report } = await runOver({ [OWN]: ALL }, { service: { partitions } });
  expect(report.sources[0]?.notes.join()).toContain(said);
  const hourly = { partitions: { dateFormat: 'yyyy/MM/dd/HH' } };
  expect((await runOver({ [OWN]: ALL }, { options: hourly })).report.sources[0]?.notes.join()).toContain(said); // prettier-ignore
  expect((await runOver({ [OWN]: ALL })).report.sources[0]?.notes.join()).not.toContain(said);
});

describe('an account of such a table', () => {
  it('without a partition on days between others is not vouched for, as with log files', async () => {
    const { report } = await runOver({ [OWN]: days(1, 4, 5), [OTHER]: ALL });
    expect(report.coverage.complete).toBe(true);
    expect(report.sources[0]?.deliveries).toEqual([
      { accountId: OWN, region: 'us-east-1', files: 0, first: '2026-07-01T00:00:00Z', last: '2026-07-05T23:59:59Z', longestPauseDays: 2 }, // prettier-ignore
    ]);
    expect(doubtAbout(report, OWN)).toBe('on 2 days in a row no log of the account was seen');
    expect(doubtAbout(report, OTHER)).toBeNull();
  });

  it('that was asked for and has no partition is a gap', async () => {
    const asked = { options: { accounts: [OWN, OTHER] } };
    expect(missing((await runOver({ [OWN]: ALL }, asked)).report)).toEqual([`The table has no partition of the accounts ${OTHER} in the window.`]); // prettier-ignore
    expect(missing((await runOver({ [OWN]: ALL, [OTHER]: ALL }, asked)).report)).toEqual([]);
  });
});

describe('partitions that cannot be listed', () => {
  const unknown = 'Whether the table has partitions of all days of the window is not known: ';

  it('leave it open whether all days were read', async () => {
    const ending = (number: number) => number === 1 ? { State: 'FAILED', AthenaError: { ErrorCategory: 2, ErrorMessage: 'glue:GetPartitions is denied' } } : null; // prettier-ignore
    const { report } = await runOver({ [OWN]: ALL }, { service: { ending } });
    expect(report.totals.calls).toBeGreaterThan(0);
    expect(report.coverage.gaps).toMatchObject([{ code: 'query-failed', subject: 'audit.cloudtrail', message: `${unknown}the query ended as FAILED: glue:GetPartitions is denied.` }]); // prettier-ignore
  });

  it('are asked for again where that may help', async () => {
    const ending = (number: number) => (number < 3 ? { State: 'FAILED', AthenaError: { Retryable: true, ErrorType: 1403 } } : null); // prettier-ignore
    const { report, server } = await runOver({ [OWN]: ALL }, { service: { ending } });
    expect(report.coverage.complete).toBe(true);
    expect(server.queries).toHaveLength(4);
  });

  it('for want of any permission end the run', async () => {
    const refused: Fault = ({ operation }) => (operation === 'StartQueryExecution' ? DENIED : null);
    await expect(runOver({ [OWN]: ALL }, { fault: refused })).rejects.toThrow('not allowed: service:Action'); // prettier-ignore
  });

  it('while they are followed leave no query running', async () => {
    const lost: Fault = ({ operation }) => operation === 'GetQueryExecution' ? jsonError('InvalidRequestException', 'no such query') : null; // prettier-ignore
    const { report, server } = await runOver({ [OWN]: ALL }, { fault: lost });
    expect(report.coverage.complete).toBe(false);
    expect(server.stopped).toEqual(['query-1']);
    expect(server.queries).toHaveLength(1);
  });
});
