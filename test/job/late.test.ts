/**
 * Runs that follow one another share the calls out: each call counts in one of them, although
 * CloudTrail delivers some long after they happened.
 */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { audit } from '../../src/audit.js';
import { formatTime } from '../../src/cloudtrail/event-time.js';
import type { Hit, Source } from '../../src/contracts.js';
import { configSchema } from '../../src/job/config-schema.js';
import { chainOf } from '../../src/job/chain.js';
import { type State, writeState } from '../../src/job/state.js';
import { jobWindow } from '../../src/job/window.js';
import type { Report } from '../../src/report/schema.js';
import { VERSION } from '../../src/version.js';
import { emptyCoverage, recordsSource } from '../support/audit.js';
import { BACKENDS } from '../support/aws/backends.js';
import { stubAws, testContext } from '../support/aws/context.js';
import { scratch } from '../support/cli.js';
import { FROM, stsEvents, TO } from '../support/events.js';
import {
  ACCOUNT,
  crossAccountPair,
  globalCall,
  type Json,
  regionalCall,
} from '../support/records.js';

const HOUR = 3600;
const DAY = 24 * HOUR;
const START = Date.UTC(2026, 0, 5) / 1000;
const WINDOW = configSchema.shape.window.parse({ first: '1d', settle: '1h', late: '1d' });

/** A call, and when it is in the logs; both in seconds. */
interface Delivery {
  readonly id: number;
  readonly at: number;
  readonly there: number;
}

/** A job that is run at the given times, over whatever has been delivered by then. */
async function job(
  times: readonly number[],
  sourceAt: (now: number) => Source,
): Promise<Report[]> {
  const folder = scratch();
  const reports: Report[] = [];
  let state: State | null = null;
  for (const now of times) {
    const coveredTo = state === null ? null : Date.parse(state.coveredTo) / 1000;
    const window = jobWindow(WINDOW, coveredTo, now);
    const chain = await chainOf(WINDOW, window, { state, folder, sources: [] });
    if (chain === null || window.to === null) throw new Error('the windows follow one another');
    const context = { ...testContext(), now: () => now * 1000 };
    const report = chain.describe(await audit({ sources: chain.sources([sourceAt(now)], [sourceAt(now)]), window, context }));
    reports.push(report);
    const progress = { report, coveredTo: formatTime(window.to), tool: VERSION, sources: [], counted: chain.forNext() };
    state = await writeState(folder, progress);
  }
  return reports;
} // prettier-ignore

/** How often each call was counted: every call has a role of its own. */
function countedBy(reports: readonly Report[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { principal, calls } of reports.flatMap(({ findings }) => findings)) {
    const role = principal.id.slice(principal.id.lastIndexOf('-') + 1);
    counts.set(role, (counts.get(role) ?? 0) + calls);
  }
  return counts;
}

/** The log as it is at some time, of events or, as an engine would answer, of counts by day. */
function logOf(deliveries: readonly Delivery[], cells: boolean): (now: number) => Source {
  return (now) => {
    const records = deliveries.filter(({ there }) => there <= now).map(recordOf);
    const source = recordsSource([...records, ...noise(now)]);
    return cells ? inCells(source) : source;
  };
}

function recordOf({ id, at }: Delivery): Json {
  const arn = `arn:aws:iam::${ACCOUNT}:role/role-${id}`;
  return globalCall({
    eventID: `00000000-0000-4000-8000-${String(id).padStart(12, '0')}`,
    eventTime: formatTime(at),
    userIdentity: { type: 'AssumedRole', accountId: ACCOUNT, sessionContext: { sessionIssuer: { type: 'Role', arn, accountId: ACCOUNT } } },
  });
} // prettier-ignore

/** Regional calls every hour, so that every window has been looked at. */
function noise(now: number): Json[] {
  const hours = Array.from({ length: Math.floor((now - START) / HOUR) + 25 }, (_, hour) => hour);
  return hours.map((hour) => regionalCall({ eventTime: formatTime(START - DAY + hour * HOUR) }));
}

/** What an engine that counts would give: no event ids, and one hit for each kind of call and day. */
function inCells(source: Source): Source {
  return {
    name: 'cells',
    async *collect(window, context) {
      for await (const { hits, seen } of iterate(source, window, context)) {
        const cells = new Map<string, Hit>();
        for (const hit of hits) {
          const key = JSON.stringify([hit.principal.id, Math.floor(hit.lastSeen / DAY)]);
          const known = cells.get(key);
          const count = (known?.count ?? 0) + 1;
          const firstSeen = Math.min(hit.firstSeen, known?.firstSeen ?? hit.firstSeen);
          const lastSeen = Math.max(hit.lastSeen, known?.lastSeen ?? hit.lastSeen);
          cells.set(key, { ...hit, eventId: null, count, firstSeen, lastSeen });
        }
        yield { hits: [...cells.values()], seen };
      }
      return emptyCoverage();
    },
  };
}

function iterate(source: Source, ...[window, context]: Parameters<Source['collect']>) {
  return source.collect(window, context);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, value) => total + value, 0);
}

describe('calls that are delivered late', () => {
  const deliveries = fc
    .array(
      fc.record({
        at: fc.integer({ min: 0, max: 8 * 24 * 60 }),
        delay: fc.integer({ min: 0, max: 24 * 60 }),
      }),
      { minLength: 1, maxLength: 40 },
    )
    .map((list) =>
      list.map(({ at, delay }, id) => ({
        id,
        at: START + at * 60,
        there: START + (at + delay) * 60,
      })),
    );
  const runs = fc
    .array(fc.integer({ min: 2, max: 60 }), { minLength: 2, maxLength: 10 })
    .map((steps) => steps.map((_, at) => START + DAY + HOUR + sum(steps.slice(0, at + 1)) * HOUR));

  it.each([
    ['events', false],
    ['counts by day, of an engine', true],
  ])('are counted once each, in %s', async (_, cells) => {
    await fc.assert(
      fc.asyncProperty(deliveries, runs, async (events, times) => {
        // The last run comes when everything is there.
        const all = [...new Set([...times, START + 12 * DAY, START + 13 * DAY])];
        const reports = await job(all.toSorted((a, b) => a - b), logOf(events, cells));
        const from = Date.parse(reports[0]?.window.from ?? '') / 1000;
        const counts = countedBy(reports);
        for (const { id, at } of events) expect(counts.get(String(id)) ?? 0).toBe(at >= from ? 1 : 0);
      }),
      { numRuns: 25 },
    );
  }); // prettier-ignore

  it('are named in the report of the run that counts them', async () => {
    const [noon, evening] = [START + 12 * HOUR, START + 20 * HOUR];
    const log = [
      { id: 1, at: noon, there: noon },
      { id: 2, at: noon, there: START + 30 * HOUR },
      { id: 3, at: evening + 6 * HOUR, there: evening + 6 * HOUR },
    ];
    const times = [START + DAY, START + 2 * DAY];
    const [first, second] = await job(times, logOf(log, false));
    expect(first?.late).toBeUndefined();
    expect(second?.window.from).toBe('2026-01-05T23:00:00Z');
    expect(second?.late).toEqual({ from: '2026-01-04T23:00:00Z', calls: 1 });
    expect(second?.totals.calls).toBe(2);
    expect(second?.coverage.complete).toBe(true);
  });

  it('name the caller when its own record comes after that of the account it called', async () => {
    const { caller, target } = crossAccountPair();
    const eventTime = formatTime(START + 12 * HOUR);
    const both = [target, caller].map((record) => ({ ...record, eventTime }));
    const later = regionalCall({ eventTime: formatTime(START + 30 * HOUR) });
    const third = regionalCall({ eventTime: formatTime(START + 34 * HOUR) });
    const sourceAt = (now: number): Source =>
      recordsSource([...both.slice(0, now > START + DAY ? 2 : 1), later, third]);
    const times = [START + DAY, START + 32 * HOUR, START + 36 * HOUR];
    const [first, second, last] = await job(times, sourceAt);
    expect(first?.totals.calls).toBe(1);
    expect(second?.totals.calls).toBe(0);
    expect(second?.late).toMatchObject({ calls: 0, callers: [{ accountId: ACCOUNT, calls: 1 }] });
    expect(last?.late).toMatchObject({ calls: 0 });
    expect(last?.late?.callers).toBeUndefined();
  });

  it('do not make a window clean in which nothing was seen', async () => {
    const silent: Source = recordsSource([regionalCall({ eventTime: formatTime(START) })]);
    const reports = await job([START + DAY, START + 2 * DAY], () => silent);
    expect(reports[0]?.coverage.complete).toBe(true);
    expect(reports[1]?.coverage).toMatchObject({ complete: false, gaps: [{ code: 'nothing-assessable' }] });
  }); // prettier-ignore
});

it('leave the log files that were read for them out of the evidence', async () => {
  const files: Source = {
    name: 'files',
    collect: async function* (window, context) {
      yield* recordsSource([regionalCall({ eventTime: formatTime(START) })]).collect(window, context);
      const delivered = { accountId: '111122223333', region: 'us-east-1', files: 1, first: START, last: START, longestPauseDays: 0 };
      return emptyCoverage({ deliveries: [delivered] });
    },
  };
  const [, second] = await job([START + DAY, START + 2 * DAY], () => files);
  expect(second?.sources.map(({ deliveries }) => deliveries?.length)).toEqual([1, 0]);
}); // prettier-ignore

describe('two runs that follow one another', () => {
  const closing: (() => Promise<void>)[] = [];
  beforeEach(stubAws);
  afterEach(async () => {
    await Promise.all(closing.splice(0).map((close) => close()));
  });

  async function backend(name: string, records: ReturnType<typeof stsEvents>): Promise<Source> {
    const made = await BACKENDS[name]?.(records);
    if (made === undefined) throw new Error(name);
    const { server } = made;
    if (server !== null) closing.push(async () => server.close());
    return made.source;
  }

  it.each(Object.keys(BACKENDS))('count together what one run counts: %s', async (name) => {
    const records = stsEvents();
    const middle = FROM + Math.floor((TO - FROM) / 2 / DAY) * DAY + 7 * HOUR;
    const window = configSchema.shape.window.parse({ first: '1d', settle: '0h', late: '9999d' });
    const folder = scratch();
    const runTo = async (read: () => Promise<Source>, span: { from: number; to: number }, state: State | null) => {
      const chain = await chainOf(window, span, { state, folder, sources: [] });
      if (chain === null) throw new Error('no chain');
      const report = chain.describe(await audit({ sources: chain.sources([await read()], [await read()]), window: span, context: testContext() }));
      const coveredTo = formatTime(span.to);
      return { report, state: await writeState(folder, { report, coveredTo, tool: VERSION, sources: [], counted: chain.forNext() }) };
    };
    // Every third event of the first half is not there yet. Engines that count show no event: which
    // of two copies came late cannot be told, so with them both are there.
    const counting = /^(?:athena|lake)/.test(name);
    const together = (record: object): boolean => counting && ('sharedEventID' in record || 'addendum' in record);
    const early = records.filter((record, index) => index % 3 !== 0 || together(record));
    const first = await runTo(async () => backend(name, early), { from: FROM, to: middle }, null);
    const second = await runTo(async () => backend(name, records), { from: middle, to: TO }, first.state);
    const whole = await audit({ sources: [await backend(name, records)], window: { from: FROM, to: TO }, context: testContext() });
    expect(first.report.totals.calls + second.report.totals.calls).toBe(whole.totals.calls);
    expect(second.report.late?.calls).toBeGreaterThan(0);
  }); // prettier-ignore
});
