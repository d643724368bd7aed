import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { merge } from '../../src/report/merge/merge.js';
import { type Report, reportSchema } from '../../src/report/schema.js';
import { auditRecords } from '../support/audit.js';
import { GAP, reportOf } from '../support/callers.js';
import { recordsOf, reportOfWeek, WEEKS } from '../support/organisation.js';
import { ACCOUNT, crossAccountPair, globalCall, type Json } from '../support/records.js';

const OTHER = '444455556666';
const DAY = 86_400;

/** What two reports of the same calls must agree on. */
function callsOf({ findings, totals, awsManaged }: Report): unknown {
  const facts = findings.map(({ id, calls, callsPerDay, operations, firstSeen, lastSeen, samples, callsWithout, location }) =>
    ({ id, calls, callsPerDay, operations, firstSeen, lastSeen, samples, callsWithout, location }),
  );
  return { facts, totals, awsManaged };
} // prettier-ignore

function timeOf(record: Json): number {
  return Date.parse(String(record['eventTime'])) / 1000;
}

describe('merging', () => {
  it('gives the report of the whole from reports of its days, wherever they are cut', async () => {
    const records = recordsOf(0);
    const from = WEEKS[0] / 1000;
    const whole = await auditRecords(records, { from, to: from + 7 * DAY });
    const cuts = fc.uniqueArray(fc.integer({ min: 1, max: 7 * DAY - 1 }), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(cuts, async (at) => {
        const bounds = [0, ...at.toSorted((a, b) => a - b), 7 * DAY].map((second) => from + second);
        const parts = await Promise.all(
          bounds.slice(1).map(async (to, index) => {
            const window = { from: bounds[index] ?? from, to };
            return auditRecords(records, window);
          }),
        );
        const merged = merge(parts);
        expect(callsOf(merged)).toEqual(callsOf(whole));
        expect(merged.window).toEqual(whole.window);
        expect(merged.coverage.stsEvents).toBe(whole.coverage.stsEvents);
        expect(merged.merged?.overlaps).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });

  it('gives the report of the whole from reports of its accounts', async () => {
    const records = recordsOf(0);
    const window = { from: WEEKS[0] / 1000, to: WEEKS[0] / 1000 + 7 * DAY };
    const accounts = [...new Set(records.map((record) => record['recipientAccountId']))];
    const parts = await Promise.all(
      accounts.map(async (account) =>
        auditRecords(records.filter((record) => record['recipientAccountId'] === account), window),
      ),
    );
    const merged = merge(parts);
    expect(callsOf(merged)).toEqual(callsOf(await auditRecords(records, window)));
    expect(merged.coverage.complete).toBe(true);
    expect(merged.coverage.exact).toBe(true);
  }); // prettier-ignore

  it('judges anew where callers run, by the counts of the whole', async () => {
    const record = (day: number, awsServingRegion: string): Json =>
      globalCall({
        eventTime: `2026-01-${day}T12:00:00Z`,
        additionalEventData: { RequestDetails: { awsServingRegion, endpointType: 'global' } },
      });
    const records = [10, 11].flatMap((day) => [record(day, 'eu-west-1'), record(day, 'eu-west-1'), record(day, 'us-west-2')]); // prettier-ignore
    const parts = await Promise.all(
      [10, 11].map(async (day) => {
        const from = Date.UTC(2026, 0, day) / 1000;
        return auditRecords(records, { from, to: from + DAY });
      }),
    );
    const [finding] = merge(parts).findings;
    expect(finding?.location.explanation).toContain('eu-west-1 served 4 of 6 calls, us-west-2 2');
  });

  it('tells reports without a window apart by what they saw', async () => {
    const records = recordsOf(0).toSorted((a, b) => timeOf(a) - timeOf(b));
    const middle = Math.floor(records.length / 2) + 1;
    const cut = timeOf(records[middle] ?? {});
    const [before, after] = [
      await auditRecords(records.filter((record) => timeOf(record) < cut)),
      await auditRecords(records.filter((record) => timeOf(record) >= cut)),
    ];
    const merged = merge([before, after]);
    expect(callsOf(merged)).toEqual(callsOf(await auditRecords(records)));
    expect(merged.merged?.notes.join()).toContain('whether days are missing');
  });

  it('does not depend on the order of the reports, and keeps the form of a report', async () => {
    const reports = [await reportOfWeek(0), await reportOfWeek(1), await reportOf([{ role: 'x' }])];
    const merged = merge(reports);
    expect(callsOf(merge(reports.toReversed()))).toEqual(callsOf(merged));
    expect(reportSchema.parse(JSON.parse(JSON.stringify(merged)))).toEqual(merged);
  });

  it('counts a report that is given twice once', async () => {
    const report = await reportOfWeek(0);
    const merged = merge([report, report]);
    expect(callsOf(merged)).toEqual(callsOf(report));
    expect(merged.coverage.exact).toBe(false);
    expect(merged.merged?.overlaps[0]).toMatchObject({
      accountId: '111122223333',
      callsIfDistinct: 2 * (merged.merged?.overlaps[0]?.calls ?? 0),
    });
    expect(merged.merged?.notes.join()).toContain('the largest count was taken');
  });

  it('takes the larger count of a day that two reports cover, and says so', async () => {
    const first = await reportOf([{ role: 'x', perDay: 4 }], { days: 7 });
    const second = await reportOf([{ role: 'x', perDay: 6 }], { from: '2026-01-10', days: 7 });
    const merged = merge([first, second]);
    expect(merged.totals.calls).toBe(5 * 4 + 7 * 6);
    expect(merged.merged?.overlaps).toEqual([
      { accountId: ACCOUNT, from: '2026-01-10', to: '2026-01-11', calls: 12, callsIfDistinct: 20 },
    ]);
    expect(merged.findings[0]?.operations).toEqual({ GetCallerIdentity: 42 });
  });

  it('adds up reports that are apart, although another one lies across both', async () => {
    const records = recordsOf(0).filter((record) => timeOf(record) < WEEKS[0] / 1000 + DAY);
    const [start, hour] = [WEEKS[0] / 1000, 3600];
    const of = async (from: number, to: number): Promise<Report> =>
      auditRecords(records, { from: start + from * hour, to: start + to * hour });
    const [first, across, second] = [await of(0, 12), await of(11, 13), await of(12, 24)];
    const whole = await of(0, 24);
    expect(merge([first, second]).totals).toEqual(whole.totals);
    expect(merge([first, across, second]).totals).toEqual(whole.totals);
    expect(merge([across, second, first]).totals).toEqual(whole.totals);
  });

  it('says that calls which a run counted late may be in the reports before', async () => {
    const first = await reportOf([{ role: 'x' }]);
    const { findings } = await reportOf([{ role: 'x', days: [6] }]);
    const next = await reportOf([], { from: '2026-01-12' });
    const late = { ...next, findings, late: { from: '2026-01-11T00:00:00Z', calls: 4 } };
    const { merged, totals } = merge([first, late]);
    expect(totals.calls).toBe(first.totals.calls);
    expect(merged?.overlaps).toMatchObject([
      { from: '2026-01-11', to: '2026-01-11', calls: 4, callsIfDistinct: 8 },
    ]);
  });

  it('adds up what was read from different Regions', async () => {
    const east = await reportOf([{ role: 'x' }], { regions: ['us-east-1'] });
    const west = await reportOf([{ role: 'x' }], { regions: ['us-west-2'] });
    expect(merge([east, west]).totals.calls).toBe(2 * east.totals.calls);
  });

  it('is incomplete where a part is, or where days of an account are missing between parts', async () => {
    const broken = merge([await reportOf([], { gaps: [GAP] }), await reportOf([], { from: '2026-01-12' })]);
    expect(broken.coverage.complete).toBe(false);
    const early = await reportOf([{ role: 'x' }]);
    const late = await reportOf([{ role: 'y', account: OTHER }], { from: '2026-01-19' });
    const gaps = merge([early, late]).coverage.gaps.map(({ subject, message }) => [subject, message]);
    expect(gaps).toEqual([
      [ACCOUNT, 'No report covers the account from 2026-01-12T00:00:00Z to 2026-01-19T00:00:00Z.'],
      [OTHER, 'No report covers the account from 2026-01-05T00:00:00Z to 2026-01-19T00:00:00Z.'],
    ]);
  }); // prettier-ignore

  it('says where the second copy of a cross-account call may hide', async () => {
    const { caller, target } = crossAccountPair();
    const merged = merge([await auditRecords([caller]), await auditRecords([target])]);
    expect(merged.totals.calls).toBe(2);
    expect(merged.merged?.notes.join()).toContain('may be the second copy');
    expect((await auditRecords([caller, target])).totals.calls).toBe(1);
  });

  it('keeps what the parts remember of callers that are gone', async () => {
    const { compareWith } = await import('../../src/report/baseline/compare.js');
    const second = { from: '2026-01-12' };
    const here = compareWith(await reportOf([], second), await reportOf([{ role: 'x' }]));
    const account = { role: 'y', account: OTHER };
    const there = compareWith(await reportOf([account], second), await reportOf([account]));
    const merged = merge([here, there]);
    expect(merged.history?.map(({ principal }) => principal)).toEqual([
      `arn:aws:iam::${ACCOUNT}:role/x`,
    ]);
    expect(merged.merged?.notes.join()).toContain('--baseline again');
  });
});
