import { describe, expect, it } from 'vitest';
import { compareWith } from '../../src/report/baseline/compare.js';
import { type Report, reportSchema } from '../../src/report/schema.js';
import { GAP, reportOf } from '../support/callers.js';

const LATER = { from: '2026-01-12' };

function statuses({ findings, history }: Report): Record<string, string | undefined> {
  const present = findings.map(({ principal, change }) => [nameOf(principal.id), change?.status]);
  const absent = (history ?? []).map(({ principal, status }) => [nameOf(principal), status]);
  return Object.fromEntries([...present, ...absent]);
}

function nameOf(principal: string): string {
  return principal.replace(/.*\//, '');
}

/** Saved and read again, as a baseline is. */
function saved(report: Report): Report {
  return reportSchema.parse(JSON.parse(JSON.stringify(report)));
}

describe('a report against a baseline', () => {
  it('matches callers by lineage, never by count', async () => {
    const baseline = await reportOf([{ role: 'stays' }, { role: 'fixed' }]);
    const report = compareWith(await reportOf([{ role: 'stays' }, { role: 'fresh' }], LATER), baseline);
    expect(statuses(report)).toEqual({ stays: 'persisting', fresh: 'new', fixed: 'gone' });
    expect(report.changes?.lineages).toMatchObject({ new: 1, persisting: 1, gone: 1 });
    expect(report.changes?.gone[0]).toMatchObject({ quietDays: 7, lastSeen: '2026-01-11T00:03:00Z' });
  }); // prettier-ignore

  it('counts every caller as persisting or changed against itself', async () => {
    const report = await reportOf([{ role: 'a' }, { role: 'b', perDay: 50 }]);
    expect(statuses(compareWith(report, report))).toEqual({ a: 'persisting', b: 'persisting' });
  });

  it('tells a change in volume by the day, not by the report', async () => {
    const baseline = await reportOf([{ role: 'busier' }, { role: 'calmer', perDay: 40 }, { role: 'same' }]);
    const later = await reportOf(
      [{ role: 'busier', perDay: 12 }, { role: 'calmer', perDay: 4 }, { role: 'same' }],
      { ...LATER, days: 21 },
    );
    const report = compareWith(later, baseline);
    const what = Object.fromEntries(
      report.findings.map(({ principal, change }) => [nameOf(principal.id), change?.what]),
    );
    expect(what).toEqual({
      busier: [{ kind: 'volume', direction: 'up', from: 4, to: 12 }],
      calmer: [{ kind: 'volume', direction: 'down', from: 40, to: 4 }],
      same: [],
    });
  }); // prettier-ignore

  it('says nothing of the volume where a report is shorter than a turn of the caller', async () => {
    const weekly = { role: 'weekly', days: [0], perDay: 60 };
    const week = await reportOf([weekly]);
    const monday = await reportOf([weekly], { ...LATER, days: 1 });
    expect(statuses(compareWith(monday, week))).toEqual({ weekly: 'persisting' });
    const busier = await reportOf([{ ...weekly, perDay: 300 }], LATER);
    expect(statuses(compareWith(busier, week))).toEqual({ weekly: 'changed' });
  });

  it('does not miss a version of the client before its turn', async () => {
    const userAgent = 'Boto3/1.26.1 Python/3.9.5 Linux/5 Botocore/1.29.1';
    const daily = { role: 'two', userAgent };
    const mondays = { role: 'two', userAgent: userAgent.replaceAll('.1', '.7'), days: [0] };
    const week = await reportOf([daily, mondays]);
    const tuesday = await reportOf([daily], { from: '2026-01-13', days: 1 });
    expect(statuses(compareWith(tuesday, week))).toEqual({ two: 'persisting' });
    const next = compareWith(await reportOf([daily], LATER), week);
    expect(next.findings[0]?.change?.what).toMatchObject([
      { kind: 'client', added: [], removed: [expect.stringContaining('1.26.7')] },
    ]);
  });

  it('says nothing of the volume in a few hours', async () => {
    const daily = { role: 'daily', perDay: 12 };
    const day = await reportOf([daily], { ...LATER, days: 1 });
    const to = '2026-01-12T02:00:00Z';
    const accounts = day.coverage.accounts.map((one) => Object.assign({}, one, { lastEvent: to }));
    const hours = {
      ...day,
      generatedAt: to,
      window: { ...day.window, to },
      coverage: { ...day.coverage, lastEvent: to, accounts },
    };
    expect(statuses(compareWith(hours, await reportOf([daily])))).toEqual({ daily: 'persisting' });
  });

  it('does not take calls that came late for more calls', async () => {
    const week = await reportOf([{ role: 'caller', perDay: 20 }], LATER);
    const late = {
      ...week,
      findings: week.findings.map((finding) => ({
        ...finding,
        calls: finding.calls + 900,
        callsPerDay: { '2026-01-11': 900, ...finding.callsPerDay },
      })),
    };
    const baseline = await reportOf([{ role: 'caller', perDay: 20 }]);
    expect(statuses(compareWith(late, baseline))).toEqual({ caller: 'persisting' });
  });

  it('does not take a few calls for a change in volume', async () => {
    const baseline = await reportOf([{ role: 'rare', days: [0], perDay: 1 }]);
    const report = compareWith(await reportOf([{ role: 'rare', days: [0], perDay: 4 }], LATER), baseline);
    expect(statuses(report)).toEqual({ rare: 'persisting' });
  }); // prettier-ignore
});

describe('gone', () => {
  it.each([
    ['the evidence is incomplete', { ...LATER, gaps: [GAP] }],
    ['no log of the account was seen', { ...LATER, accounts: ['444455556666'] }],
    ['the evidence ends before the last call known', { from: '2026-01-01', days: 2 }],
  ])('is not said when %s', async (reason, evidence) => {
    const baseline = await reportOf([{ role: 'caller' }]);
    const report = compareWith(await reportOf([], evidence), baseline);
    expect(statuses(report)).toEqual({ caller: 'unconfirmed' });
    expect(report.changes?.unconfirmed[0]?.because).toContain(reason);
  });

  it('is not said when nothing of the account could be assessed', async () => {
    const later = await reportOf([], LATER);
    const accounts = later.coverage.accounts.map((account) =>
      Object.assign({}, account, { assessable: 0, notAssessable: account.stsEvents }),
    );
    const blind = { ...later, coverage: { ...later.coverage, accounts } };
    const report = compareWith(blind, await reportOf([{ role: 'caller' }]));
    expect(statuses(report)).toEqual({ caller: 'unconfirmed' });
  });

  it('is not said when calls without TLS details may be those of the caller', async () => {
    const later = await reportOf([], LATER);
    const withUnknown = (unknown: number, byAwsServices = 0): Report => {
      const counts = {
        notAssessable: unknown + byAwsServices,
        notAssessableByAwsServices: byAwsServices,
      };
      const accounts = later.coverage.accounts.map((one) => Object.assign({}, one, counts));
      return { ...later, coverage: { ...later.coverage, accounts } };
    };
    const baseline = await reportOf([{ role: 'daily' }]);
    // A call at most two days after the other makes three in a week.
    expect(statuses(compareWith(withUnknown(3), baseline))).toEqual({ daily: 'unconfirmed' });
    expect(compareWith(withUnknown(3), baseline).changes?.unconfirmed[0]?.because).toContain(
      'of 3 calls in the account it is not known which endpoint they reached',
    );
    expect(statuses(compareWith(withUnknown(2, 500), baseline))).toEqual({ daily: 'gone' });
    const rare = await reportOf([{ role: 'rare', days: [0, 5] }]);
    expect(statuses(compareWith(withUnknown(1), rare))).toEqual({ rare: 'unconfirmed' });
  });

  it('is not said when the logs of the calling account list its calls by principal', async () => {
    const own = '444455556666';
    const callers = [{ role: 'moved' }];
    const baseline = await reportOf(callers);
    const external = {
      ...baseline,
      findings: baseline.findings.map((finding) => ({
        ...finding,
        principal: {
          ...finding.principal,
          type: 'external-account' as const,
          id: own,
          accountId: own,
        },
      })),
    };
    const both = { ...LATER, accounts: ['111122223333', own] };
    const later = await reportOf([{ role: 'caller', account: own }], both);
    const first = compareWith(later, external);
    expect(statuses(first)).toEqual({ [own]: 'unconfirmed', caller: 'new' });
    expect(first.changes?.unconfirmed[0]?.because).toContain(
      `logs of account ${own} itself were read`,
    );
    const nobody = await reportOf([], { ...both, from: '2026-01-19' });
    const second = compareWith(nobody, saved(first));
    expect(statuses(second)).toEqual({ [own]: 'unconfirmed', caller: 'gone' });
    const third = compareWith(await reportOf([], { ...both, from: '2026-01-26' }), saved(second));
    expect(statuses(third)).toEqual({ [own]: 'gone', caller: 'gone' });
  });

  it('is said of an account although a log of another one is missing', async () => {
    const subject =
      'AWSLogs/444455556666/CloudTrail/us-east-1/2026/01/12/444455556666_CloudTrail_us-east-1_20260112T0005Z_x.json.gz';
    const gaps = [{ ...GAP, subject }];
    const callers = [{ role: 'here' }, { role: 'there', account: '444455556666' }];
    const later = await reportOf([], { ...LATER, gaps, accounts: ['111122223333', '444455556666'] });
    const report = compareWith(later, await reportOf(callers));
    expect(statuses(report)).toEqual({ here: 'gone', there: 'unconfirmed' });
  }); // prettier-ignore

  it('is not said when an account has no STS event any more, although its logs were read', async () => {
    const baseline = await reportOf([{ role: 'only', account: '444455556666' }]);
    const later = await reportOf([], LATER);
    const [source] = later.sources;
    const accounts = ['111122223333', '444455556666'];
    const report = compareWith(
      { ...later, sources: source === undefined ? [] : [{ ...source, accounts }] },
      baseline,
    );
    expect(statuses(report)).toEqual({ only: 'unconfirmed' });
  });

  it('is not said of a caller that was silent as long before', async () => {
    const monthly = { role: 'monthly', days: [0, 20] };
    const baseline = await reportOf([monthly], { days: 28 });
    const report = compareWith(await reportOf([], { from: '2026-02-02', days: 7 }), baseline);
    expect(statuses(report)).toEqual({ monthly: 'quiet' });
    expect(report.changes?.quiet[0]).toMatchObject({ quietDays: 14, longestSilenceDays: 19 });
    const later = compareWith(await reportOf([], { from: '2026-02-09', days: 28 }), saved(report));
    expect(statuses(later)).toEqual({ monthly: 'gone' });
  });

  it('is not said after less silence than a caller with its rhythm has had', async () => {
    const caller = { role: 'daily' };
    const baseline = await reportOf([caller], { from: '2025-12-29', days: 14 });
    const oneDay = compareWith(await reportOf([], { ...LATER, days: 1 }), baseline);
    expect(statuses(oneDay)).toEqual({ daily: 'quiet' });
    const back = compareWith(await reportOf([caller], { from: '2026-01-13' }), saved(oneDay));
    expect(statuses(back)).toEqual({ daily: 'persisting' });
    // Called early on one day and late on the next, it has been silent for nearly two days.
    const threeDays = compareWith(
      await reportOf([], { from: '2026-01-13', days: 2 }),
      saved(oneDay),
    );
    expect(statuses(threeDays)).toEqual({ daily: 'quiet' });
    const fourDays = compareWith(
      await reportOf([], { from: '2026-01-13', days: 3 }),
      saved(oneDay),
    );
    expect(statuses(fourDays)).toEqual({ daily: 'gone' });
  });

  it('is not said over the first weekend of a caller of weekdays', async () => {
    const weekdays = { role: 'office', days: [0, 1, 2, 3, 4] };
    const baseline = await reportOf([weekdays], { days: 5 });
    const weekend = compareWith(await reportOf([], { from: '2026-01-10', days: 2 }), baseline);
    expect(statuses(weekend)).toEqual({ office: 'quiet' });
    expect(weekend.changes?.quiet[0]?.because).toContain('its calls known span less than a week');
    const monday = { role: 'office', days: [0, 1, 2, 3, 4] };
    const back = compareWith(await reportOf([monday], { from: '2026-01-12', days: 5 }), saved(weekend));
    expect(statuses(back)).toEqual({ office: 'persisting' });
    const next = compareWith(await reportOf([], { from: '2026-01-17', days: 2 }), saved(back));
    expect(next.changes?.quiet[0]?.because).toContain('its calls may have been nearly 4 days apart before');
    const later = compareWith(await reportOf([], { from: '2026-01-19', days: 6 }), saved(next));
    expect(statuses(later)).toEqual({ office: 'gone' });
  }); // prettier-ignore

  it('says hours of evidence where there is no whole day of it', async () => {
    const baseline = await reportOf([{ role: 'daily', perDay: 1440 }]);
    const day = await reportOf([], { ...LATER, days: 1 });
    const because = (lastEvent: string, to: string): string | undefined => {
      const accounts = day.coverage.accounts.map((one) => Object.assign({}, one, { lastEvent }));
      const report = {
        ...day,
        window: { ...day.window, to },
        coverage: { ...day.coverage, lastEvent, accounts },
      };
      return compareWith(report, baseline).changes?.quiet[0]?.because;
    };
    expect(because('2026-01-12T05:30:00Z', '2026-01-12T06:00:00Z')).toContain(
      'No call in 6 hours of evidence',
    );
    expect(because('2026-01-12T00:10:00Z', '2026-01-12T00:30:00Z')).toContain(
      'No call in less than an hour of evidence',
    );
  });

  it('is said of a caller of exactly a week by its rhythm', async () => {
    const baseline = await reportOf([{ role: 'daily', perDay: 1 }], { days: 8 });
    const report = compareWith(await reportOf([], { from: '2026-01-13', days: 4 }), baseline);
    expect(statuses(report)).toEqual({ daily: 'gone' });
  });

  it('waits a week for a caller that was seen on one day only', async () => {
    const baseline = await reportOf([{ role: 'once', days: [6] }]);
    const report = compareWith(await reportOf([], { ...LATER, days: 5 }), baseline);
    expect(statuses(report)).toEqual({ once: 'quiet' });
    expect(report.changes?.quiet[0]?.because).toContain('on one day only');
  });

  it('does not take days that nobody looked at for silence', async () => {
    const first = await reportOf([{ role: 'daily' }]);
    const blind = compareWith(await reportOf([], { ...LATER, gaps: [GAP] }), first);
    const next = compareWith(await reportOf([], { from: '2026-01-19', days: 1 }), saved(blind));
    expect(statuses(next)).toEqual({ daily: 'quiet' });
    const afterHole = compareWith(await reportOf([], { from: '2026-02-19', days: 1 }), first);
    expect(statuses(afterHole)).toEqual({ daily: 'quiet' });
  });

  it('is not said of an account whose own logs stop long before the evidence ends', async () => {
    const account = '444455556666';
    const baseline = await reportOf([{ role: 'there', account }]);
    const later = await reportOf([], { ...LATER, accounts: ['111122223333', account] });
    const accounts = later.coverage.accounts.map((one) =>
      one.accountId === account ? { ...one, lastEvent: '2026-01-12T06:00:00Z' } : one,
    );
    const report = compareWith({ ...later, coverage: { ...later.coverage, accounts } }, baseline);
    expect(statuses(report)).toEqual({ there: 'unconfirmed' });
    expect(report.changes?.unconfirmed[0]?.because).toContain('ends on 2026-01-12');
  });

  it('is not proven by logs of other Regions', async () => {
    const baseline = await reportOf([{ role: 'caller' }]);
    const elsewhere = await reportOf([], { ...LATER, regions: ['eu-west-1'] });
    expect(statuses(compareWith(elsewhere, baseline))).toEqual({ caller: 'unconfirmed' });
    const both = await reportOf([], { ...LATER, regions: ['eu-west-1', 'us-east-1'] });
    expect(statuses(compareWith(both, baseline))).toEqual({ caller: 'gone' });
  });

  it('is remembered, so that a caller which comes back has regressed', async () => {
    const first = await reportOf([{ role: 'caller' }]);
    const second = compareWith(await reportOf([], LATER), first);
    const third = compareWith(await reportOf([], { from: '2026-01-19' }), saved(second));
    expect(third.changes?.gone).toEqual([]);
    expect(third.history).toHaveLength(1);
    const fourth = compareWith(await reportOf([{ role: 'caller' }], { from: '2026-01-26' }), saved(third));
    expect(statuses(fourth)).toEqual({ caller: 'regressed' });
    expect(fourth.findings[0]?.change).toMatchObject({
      goneSince: '2026-01-11T00:03:00Z',
      knownSince: '2026-01-05T00:00:00Z',
      longestSilenceDays: 14,
    });
    expect(fourth.history).toEqual([]);
  }); // prettier-ignore

  it('waits for evidence: a caller that one report could not see is neither gone nor new', async () => {
    const first = await reportOf([{ role: 'caller' }]);
    const blind = compareWith(await reportOf([], { ...LATER, gaps: [GAP] }), first);
    const seen = compareWith(await reportOf([{ role: 'caller' }], { from: '2026-01-19' }), saved(blind));
    expect(statuses(seen)).toEqual({ caller: 'persisting' });
    const unseen = compareWith(await reportOf([], { from: '2026-01-19' }), saved(blind));
    expect(statuses(unseen)).toEqual({ caller: 'gone' });
    // Of the two weeks of silence, one was looked at.
    expect(unseen.changes?.gone[0]).toMatchObject({ because: 'No call for 7 days in complete evidence.', quietDays: 14 });
  }); // prettier-ignore
});

describe('what limits a comparison', () => {
  it('is said: swapped reports, missing days, accounts that the baseline did not see', async () => {
    const early = await reportOf([]);
    const late = await reportOf([{ role: 'x', account: '444455556666' }], { from: '2026-02-02' });
    expect(compareWith(early, late).changes?.notes.join()).toContain('swapped');
    const notes = compareWith(late, early).changes?.notes.join(' ');
    expect(notes).toContain('Calls between 2026-01-12 and 2026-02-02 are in neither report');
    expect(notes).toContain('Account 444455556666: new findings may be older');
  });

  it('is said of windows without a hole between them while the logs there are empty', async () => {
    const early = await reportOf([{ role: 'caller' }]);
    const lastEvent = '2026-01-08T12:00:00Z';
    const cut = { ...early, coverage: { ...early.coverage, lastEvent } };
    const notes = compareWith(await reportOf([{ role: 'caller' }], LATER), cut).changes?.notes;
    expect(notes).toEqual(['The window of this report follows that of the baseline without a hole, but no STS event between 2026-01-08 and 2026-01-12 was seen: check that the logs of those days were read.']);
    const whole = compareWith(await reportOf([{ role: 'caller' }], LATER), early);
    expect(whole.changes?.notes).toEqual([]);
  }); // prettier-ignore

  it('is said of callers from before the baseline, which it could not have', async () => {
    const old = { role: 'old', days: [0, 1] };
    const month = await reportOf([old, { role: 'fresh', days: [29] }], { from: '2025-12-20', days: 30 });
    const notes = compareWith(month, await reportOf([])).changes?.notes;
    expect(notes).toEqual([
      '1 finding is new to the reports only: calls before 2026-01-05, when the evidence of the baseline starts, could not be in it.',
    ]);
  }); // prettier-ignore

  it('includes logs that stop before the window does', async () => {
    const baseline = await reportOf([{ role: 'caller' }]);
    const later = await reportOf([], { ...LATER, days: 7 });
    const lastEvent = '2026-01-12T06:00:00Z';
    const accounts = later.coverage.accounts.map((one) => Object.assign({}, one, { lastEvent }));
    const cut = { ...later, coverage: { ...later.coverage, lastEvent, accounts } };
    expect(compareWith(cut, baseline).history?.[0]?.quietDays).toBe(1);
  });

  it('says how long a caller has been quiet', async () => {
    const baseline = await reportOf([{ role: 'caller' }]);
    const report = compareWith(await reportOf([{ role: 'caller', days: [0, 1] }], LATER), baseline);
    expect(report.findings[0]?.change?.quietDays).toBe(5);
  });
});
