/**
 * What several reports covered together, and what lies between them.
 */
import type { GapCode } from '../../gap-codes.js';
import { formatTime } from '../../cloudtrail/event-time.js';
import type { Report, ReportGap } from '../schema.js';
import { added } from './counts.js';
import { holesIn, type Interval, intervalOf, type MayShare } from './overlap.js';

type Coverage = Report['coverage'];
type AccountCoverage = Coverage['accounts'][number];

/** All but `disagreements`, which the findings tell. */
export function mergeCoverage(
  reports: readonly Report[],
  mayShare: MayShare,
): Omit<Coverage, 'disagreements'> {
  const coverages = reports.map(({ coverage }) => coverage);
  const gaps = [...reports.flatMap(gapsOf), ...holes(reports)];
  return {
    complete: gaps.length === 0,
    gaps: distinct(gaps),
    ...seenBy(coverages),
    ...spanOf(coverages),
    exact: coverages.every(({ exact }) => exact) && !overlapAnywhere(reports, mayShare),
    accounts: accountsOf(coverages.flatMap(({ accounts }) => accounts)),
    rejectedRecords: added(coverages.map(({ rejectedRecords }) => rejectedRecords)),
    deduplication: {
      duplicates: sum(coverages, ({ deduplication }) => deduplication.duplicates),
      replaced: sum(coverages, ({ deduplication }) => deduplication.replaced),
      crossAccountCopies: sum(coverages, ({ deduplication }) => deduplication.crossAccountCopies),
    },
  }; // prettier-ignore
}

/** From the earliest to the latest bound; unbounded where a report is. */
export function mergeWindow(reports: readonly Report[]): Report['window'] {
  const from = reports.flatMap(({ window }) => window.from ?? []).toSorted();
  const to = reports.flatMap(({ window }) => window.to ?? []).toSorted();
  return {
    from: from.length < reports.length ? null : (from[0] ?? null),
    to: to.length < reports.length ? null : (to.at(-1) ?? null),
  };
}

export function accountIdsOf({ coverage, sources }: Report): readonly string[] {
  const seen = coverage.accounts.filter(({ stsEvents }) => stsEvents > 0);
  const read = sources.flatMap(({ accounts }) => accounts);
  return [...new Set([...seen.map(({ accountId }) => accountId), ...read])].toSorted();
}

/** Whether two reports saw one account at one time: their counts of events cannot be told apart. */
function overlapAnywhere(reports: readonly Report[], mayShare: MayShare): boolean {
  const accounts = reports.map((report) => new Set(accountIdsOf(report)));
  return accounts.some((own, index) =>
    accounts
      .slice(0, index)
      .some((others, other) => mayShare(index, other) && [...own].some((id) => others.has(id))),
  );
}

/** "Nothing was seen" is about one report's window, which the merged report must name. */
function gapsOf(report: Report): readonly ReportGap[] {
  const { from, to } = report.window;
  const subject = `STS events from ${from ?? 'the beginning'} to ${to ?? 'the end'}`;
  return report.coverage.gaps.map((gap) =>
    gap.code === 'nothing-assessable' ? Object.assign({}, gap, { subject }) : gap,
  );
}

/** Where a report has no bound, nobody can tell whether days are missing beside it. */
function holes(reports: readonly Report[]): ReportGap[] {
  const intervals = reports.map(intervalOf);
  const whole = {
    from: Math.min(...intervals.map(({ from }) => from)),
    to: Math.max(...intervals.map(({ to }) => to)),
  };
  if (!Number.isFinite(whole.from) || !Number.isFinite(whole.to)) return [];
  const accountIds = [...new Set(reports.flatMap(accountIdsOf))].toSorted();
  return accountIds.flatMap((subject) => {
    const own = intervals.filter((_, index) => {
      const report = reports[index];
      return report !== undefined && accountIdsOf(report).includes(subject);
    });
    return holesIn(whole, own).map((hole) => notCovered(subject, hole));
  });
}

function notCovered(subject: string, hole: Interval): ReportGap {
  const [from, to] = [hole.from, hole.to].map((time) => formatTime(time / 1000));
  const message = `No report covers the account from ${from} to ${to}.`;
  return { source: 'merge', code: 'not-covered' satisfies GapCode, subject, message };
}

function accountsOf(accounts: readonly AccountCoverage[]): AccountCoverage[] {
  const ids = [...new Set(accounts.map(({ accountId }) => accountId))].toSorted();
  return ids.map((accountId) => {
    const own = accounts.filter((one) => one.accountId === accountId);
    return Object.assign({ accountId }, seenBy(own), spanOf(own));
  });
}

type Spanned = Pick<AccountCoverage, 'firstEvent' | 'lastEvent'>;

function spanOf(parts: readonly Spanned[]): Pick<Coverage, 'firstEvent' | 'lastEvent'> {
  return {
    firstEvent: parts.flatMap(({ firstEvent }) => firstEvent ?? []).toSorted()[0] ?? null,
    lastEvent: parts.flatMap(({ lastEvent }) => lastEvent ?? []).toSorted().at(-1) ?? null,
  };
} // prettier-ignore

type SeenCounts = Omit<AccountCoverage, 'accountId' | keyof Spanned>;

function seenBy(counts: readonly SeenCounts[]): SeenCounts {
  return {
    stsEvents: sum(counts, ({ stsEvents }) => stsEvents),
    assessable: sum(counts, ({ assessable }) => assessable),
    notAssessable: sum(counts, ({ notAssessable }) => notAssessable),
    notAssessableByAwsServices: sum(counts, (count) => count.notAssessableByAwsServices),
  };
}

function sum<T>(things: readonly T[], pick: (thing: T) => number): number {
  return things.reduce((total, thing) => total + pick(thing), 0);
}

function distinct<T>(things: readonly T[]): T[] {
  return [...new Map(things.map((thing) => [JSON.stringify(thing), thing])).values()];
}
