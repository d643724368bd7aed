/**
 * How far the evidence reaches. Only who gave the logs can know whether some are missing, so what
 * would follow from missing ones is said, and not held against the evidence.
 */
import { accountSpan, evidenceSpan } from '../report/baseline/evidence.js';
import type { Report } from '../report/schema.js';
import { counted, moment } from './numbers.js';

const DAY_MS = 86_400_000;

/** Sentences about days of which nothing was seen. */
export function reach(report: Report): readonly string[] {
  return [...ends(report), ...age(report), ...endsOfAccounts(report), ...pauses(report)];
}

/** Days at either end of the window. */
function ends({ window, coverage, generatedAt }: Report): readonly string[] {
  const { firstEvent, lastEvent } = coverage;
  if (firstEvent === null || lastEvent === null) return [];
  const begin = window.from === null ? 0 : daysBetween(window.from, firstEvent);
  const now = window.to === null || generatedAt < window.to ? generatedAt : window.to;
  const end = window.to === null ? 0 : daysBetween(lastEvent, now);
  return [
    ...(begin > 0 ? [`The first STS event is of ${moment(firstEvent)}, ${counted(begin, 'day')} into the window: ${CHECK}`] : []),
    ...(end > 0 ? [`The last STS event is of ${moment(lastEvent)}, ${counted(end, 'day')} before the window ends: ${CHECK}`] : []),
  ];
} // prettier-ignore

/** Without a window nobody has said that it is the past that is asked for. */
const OLD_DAYS = 30;

function age({ window, coverage, generatedAt }: Report): readonly string[] {
  if (window.to !== null || coverage.lastEvent === null) return [];
  const days = daysBetween(coverage.lastEvent, generatedAt);
  if (days <= OLD_DAYS) return [];
  return [`The last STS event is of ${moment(coverage.lastEvent)}, ${counted(days, 'day')} before this report was made: what is said of callers may have changed since.`];
} // prettier-ignore

const CHECK = 'check that the logs of those days were read.';

/** Accounts whose evidence ends before that of others does. */
function endsOfAccounts(report: Report): readonly string[] {
  const [, end = 0] = evidenceSpan(report) ?? [];
  const ended = report.coverage.accounts
    .map(({ accountId }) => ({ accountId, last: accountSpan(report, accountId)?.[1] ?? end }))
    .filter(({ last }) => end - last > DAY_MS)
    .toSorted((a, b) => a.last - b.last);
  const [earliest, ...others] = ended;
  if (earliest === undefined) return [];
  const last = moment(new Date(earliest.last).toISOString());
  const more = others.length === 0 ? '' : `, and that of ${counted(others.length, 'other account')} early too`;
  return [`The evidence of account ${earliest.accountId} ends on ${last}, ${counted(Math.floor((end - earliest.last) / DAY_MS), 'day')} before that of others${more}: either nothing happened there, or logs are missing.`];
} // prettier-ignore

/** Whole days. Any account in use has some STS event a day, if only of AWS services. */
function daysBetween(earlier: string, later: string): number {
  return Math.floor((Date.parse(later) - Date.parse(earlier)) / DAY_MS);
}

/** Days between others of which no log was seen. The Region is the only one that logs calls in question. */
function pauses({ sources }: Report): readonly string[] {
  const paused = sources
    .flatMap(({ deliveries = [] }) => deliveries)
    .filter(({ region, longestPauseDays }) => region === 'us-east-1' && longestPauseDays > 0)
    .toSorted((a, b) => b.longestPauseDays - a.longestPauseDays);
  const [longest, ...others] = paused;
  if (longest === undefined) return [];
  const { accountId, longestPauseDays } = longest;
  const more = others.length === 0 ? '' : `, nor on other days of ${counted(others.length, 'other account')}`;
  return [`On ${counted(longestPauseDays, 'day')} in a row no log of account ${accountId} was seen${more}: either nothing happened there, or logs are missing.`];
} // prettier-ignore
