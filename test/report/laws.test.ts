/**
 * What holds for any two or more reports: of comparing, merging and dividing them.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareWith } from '../../src/report/baseline/compare.js';
import { lineagesOf } from '../../src/report/baseline/lineages.js';
import { merge } from '../../src/report/merge/merge.js';
import type { Report } from '../../src/report/schema.js';
import { split, SPLITS } from '../../src/report/split.js';
import { reportOf } from '../support/callers.js';

const AGENTS = [
  'aws-cli/1.22.34 Python/3.9.2 Linux/5.10.0 botocore/1.24.34',
  'aws-cli/1.32.101 Python/3.11.2 Linux/6.1.0 botocore/1.34.101',
  'aws-sdk-go/1.44.261 (go1.19.8; linux; amd64)',
];
const ACCOUNTS = ['111122223333', '444455556666'];

const caller = fc.record({
  role: fc.constantFrom('api', 'batch', 'ci', 'dns'),
  account: fc.constantFrom(...ACCOUNTS),
  userAgent: fc.constantFrom(...AGENTS),
  perDay: fc.integer({ min: 1, max: 30 }),
  days: fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1 }),
});
const callers = fc.uniqueArray(caller, {
  selector: ({ role, account, userAgent }) => [role, account, userAgent].join(),
  maxLength: 6,
});

const WEEKS = ['2026-01-05', '2026-01-12', '2026-01-19', '2026-01-26'];
const week = async (list: Parameters<typeof reportOf>[0], from = WEEKS[0] ?? ''): Promise<Report> =>
  reportOf(list, { from, accounts: ACCOUNTS });

const keys = (report: Report): string[] => [...lineagesOf(report).keys()].toSorted();

/** Calls by finding and day: what nothing may add to or take from. */
function cells(report: Report): string[] {
  return report.findings
    .flatMap(({ id, callsPerDay }) => Object.entries(callsPerDay).map(([day, calls]) => `${id} ${day} ${calls}`))
    .toSorted();
} // prettier-ignore

describe('comparing', () => {
  it('a report with itself shows no change', async () => {
    await fc.assert(
      fc.asyncProperty(callers, async (list) => {
        const report = await week(list);
        const { changes, findings } = compareWith(report, report);
        expect(changes?.lineages).toEqual({ new: 0, changed: 0, regressed: 0, gone: 0, quiet: 0, unconfirmed: 0, persisting: keys(report).length });
        expect(findings.map(({ change }) => change?.status)).toEqual(findings.map(() => 'persisting'));
      }),
      { numRuns: 25 },
    );
  }); // prettier-ignore

  it('says of every caller exactly one thing, and what is new one way is not there the other way', async () => {
    await fc.assert(
      fc.asyncProperty(callers, callers, async (first, second) => {
        const [before, now] = [await week(first), await week(second, WEEKS[1])];
        const { changes, findings } = compareWith(now, before);
        const left = [...(changes?.gone ?? []), ...(changes?.quiet ?? []), ...(changes?.unconfirmed ?? [])].map(({ lineage }) => lineage);
        const fresh = findings.filter(({ change }) => change?.status === 'new').map(({ lineage }) => lineage);
        expect([...keys(now), ...left].toSorted()).toEqual([...new Set([...keys(now), ...keys(before)])].toSorted());
        expect([...new Set(fresh)].toSorted()).toEqual(keys(now).filter((one) => !keys(before).includes(one)));
        expect(left.toSorted()).toEqual(keys(before).filter((one) => !keys(now).includes(one)));
        const counted = Object.values(changes?.lineages ?? {}).reduce((sum, count) => sum + count, 0);
        expect(counted).toBe(keys(now).length + left.length);
      }),
      { numRuns: 25 },
    );
  }); // prettier-ignore

  it('never says gone where the evidence has a gap', async () => {
    await fc.assert(
      fc.asyncProperty(callers, callers, async (first, second) => {
        const gaps = [
          { code: 'unreadable' as const, subject: 'a file', message: 'It cannot be read.' },
        ];
        const now = await reportOf(second, { from: WEEKS[1] ?? '', accounts: ACCOUNTS, gaps });
        expect(compareWith(now, await week(first)).changes?.gone).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  it('knows a caller that comes back, however many weeks later', async () => {
    await fc.assert(
      fc.asyncProperty(callers.filter((list) => list.length > 0), fc.integer({ min: 1, max: 2 }), async (list, silent) => {
        const steady = list.map((one) => Object.assign({}, one, { days: [0, 1, 2, 3, 4, 5, 6] }));
        let last = await week(steady);
        for (const from of WEEKS.slice(1, 1 + silent)) last = compareWith(await week([], from), last);
        const back = compareWith(await week(steady, WEEKS[1 + silent]), last);
        expect(back.findings.map(({ change }) => change?.status)).toEqual(back.findings.map(() => 'regressed'));
      }),
      { numRuns: 15 },
    );
  }); // prettier-ignore
});

describe('merging', () => {
  const parts = fc.tuple(callers, callers, callers);

  it('gives the same in any order and any grouping, and nothing is added or lost', async () => {
    await fc.assert(
      fc.asyncProperty(parts, async (lists) => {
        const weeks = await Promise.all(lists.map(async (list, index) => week(list, WEEKS[index])));
        const [a, b, c] = weeks;
        if (a === undefined || b === undefined || c === undefined) throw new Error('three weeks');
        const all = merge(weeks);
        expect(cells(all)).toEqual(weeks.flatMap(cells).toSorted());
        for (const other of [merge([c, a, b]), merge([merge([a, b]), c]), merge([a, merge([c, b])])]) {
          expect(cells(other)).toEqual(cells(all));
          expect(other.window).toEqual(all.window);
          expect(other.totals).toEqual(all.totals);
          expect(other.coverage.complete).toBe(all.coverage.complete);
          expect(other.coverage.stsEvents).toBe(all.coverage.stsEvents);
        }
      }),
      { numRuns: 25 },
    );
  }); // prettier-ignore

  it('changes no count of a report that it is given again', async () => {
    await fc.assert(
      fc.asyncProperty(callers, callers, async (first, second) => {
        const [a, b] = [await week(first), await week(second, WEEKS[1])];
        expect(cells(merge([a]))).toEqual(cells(a));
        expect(cells(merge([a, a]))).toEqual(cells(a));
        expect(cells(merge([a, b, a]))).toEqual(cells(merge([a, b])));
        expect(cells(merge([merge([a, b]), b]))).toEqual(cells(merge([a, b])));
      }),
      { numRuns: 25 },
    );
  });
});

describe('dividing', () => {
  it.each(SPLITS)('by %s puts every finding and every caller that left into one part', async (by) => {
    await fc.assert(
      fc.asyncProperty(callers, callers, async (first, second) => {
        const report = compareWith(await week(second, WEEKS[1]), await week(first));
        const pieces = split(report, by);
        expect(pieces.flatMap(cells).toSorted()).toEqual(cells(report));
        expect(pieces.reduce((sum, { totals }) => sum + totals.calls, 0)).toBe(report.totals.calls);
        const left = ({ changes }: Report): string[] =>
          [...(changes?.gone ?? []), ...(changes?.quiet ?? []), ...(changes?.unconfirmed ?? [])].map(({ lineage }) => lineage);
        expect(pieces.flatMap(left).toSorted()).toEqual(left(report).toSorted());
      }),
      { numRuns: 15 },
    );
  }); // prettier-ignore
});
