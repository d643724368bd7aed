/**
 * What the absence of calls proves. "Gone" is a claim about everything that was not seen, so it
 * needs evidence that would have shown it.
 */
import { counted } from '../../counted.js';
import { parseLogPath } from '../../cloudtrail/log-path.js';
import type { Report } from '../schema.js';
import { deliveredSometimes, deliveredTo, isKnownByFiles, joined, longestPause, REGION, type Times } from './deliveries.js'; // prettier-ignore

const DAY_MS = 86_400_000;

interface Events {
  readonly firstEvent?: string | null | undefined;
  readonly lastEvent?: string | null | undefined;
}

/** When the evidence starts and ends, in milliseconds; null without any STS event. */
export function evidenceSpan(report: Report): [number, number] | null {
  return spanOf(report, timesOf(report.coverage));
}

/**
 * The same for one account, whose logs may start later and stop earlier than those of others. What
 * shows that they were kept are the log files that were delivered or, where there are none, its STS
 * events.
 */
export function accountSpan(report: Report, accountId: string): [number, number] | null {
  const delivered = deliveredTo(report, accountId);
  if (isKnownByFiles(report, accountId)) {
    return spanOf(report, delivered ?? deliveredSometimes(report, accountId));
  }
  const seen = report.coverage.accounts.find((account) => account.accountId === accountId);
  // Older reports do not say when the events of an account happened.
  const events = seen?.firstEvent === undefined ? seen && report.coverage : seen;
  return spanOf(report, joined(timesOf(events), delivered));
}

function spanOf({ window, generatedAt }: Report, times: Times | null): [number, number] | null {
  if (times === null) return null;
  const { first, last } = times;
  const from = window.from === null ? first : Date.parse(window.from);
  const to = window.to === null ? last : Date.parse(window.to);
  const declared = expectedEnd({ window, generatedAt }, last);
  // Logs that stop long before the window does have not arrived yet: their days were not seen.
  const end = declared - last > DAY_MS ? last : Math.max(declared, Math.min(last, to));
  return [first - from > DAY_MS ? Math.min(first, end) : from, end];
}

/** Where evidence whose last time is given would end at best, in milliseconds. */
export function expectedEnd(
  { window, generatedAt }: Pick<Report, 'window' | 'generatedAt'>,
  last: number,
): number {
  return Math.min(window.to === null ? last : Date.parse(window.to), Date.parse(generatedAt));
}

function timesOf(events: Events | undefined): Times | null {
  const { firstEvent, lastEvent } = events ?? {};
  if (typeof firstEvent !== 'string' || typeof lastEvent !== 'string') return null;
  return { first: Date.parse(firstEvent), last: Date.parse(lastEvent) };
}

/** Whole days without a call at the end of the evidence of the caller's account. */
export function quietDays(
  report: Report,
  { accountId, lastSeen }: { readonly accountId: string; readonly lastSeen: string },
): number {
  const [, end] = accountSpan(report, accountId) ?? [0, 0];
  return Math.max(0, Math.floor((end - Date.parse(lastSeen)) / DAY_MS));
}

/** Why an account's missing calls prove nothing, as a clause; null when they do prove something. */
export function doubtAbout(report: Report, accountId: string): string | null {
  const gaps = report.coverage.gaps.filter(({ subject }) => concerns(subject, accountId));
  const [gap] = gaps;
  if (gap !== undefined) {
    const others = gaps.length > 1 ? ` and ${counted(gaps.length - 1, 'more problem')}` : '';
    return `the evidence is incomplete (${gap.code}: ${gap.subject}${others})`;
  }
  const seen = report.coverage.accounts.find((account) => account.accountId === accountId);
  if (seen === undefined || seen.stsEvents === 0) return doubtWithoutEvents(report, accountId);
  if (seen.assessable === 0) return 'no event of the account says which endpoint it reached';
  if (!readsRegion(report, accountId)) return `no log of ${REGION} was read`;
  return isKnownByFiles(report, accountId) ? daysWithoutLog(report, accountId) : null;
}

/** Log files that came day by day prove as much: they would have held its STS events. */
function doubtWithoutEvents(report: Report, accountId: string): string | null {
  const read = report.sources.some(({ accounts }) => accounts.includes(accountId));
  if (!read) return 'no log of the account was seen';
  if (deliveredTo(report, accountId) !== null) return null;
  const without = daysWithoutLog(report, accountId);
  return `no STS event of the account was seen${without === null ? '' : `, and ${without}`}`;
}

/** A clause; null when there is a time in which logs came every day, which then is its evidence. */
function daysWithoutLog(report: Report, accountId: string): string | null {
  if (deliveredTo(report, accountId) !== null) return null;
  const pause = longestPause(report, accountId);
  if (pause === 0) return null;
  return `on ${pause === 1 ? 'a day' : `${pause} days in a row`} no log of the account was seen`;
}

/** Sources that name the account decide; else one that cannot tell its accounts may have read it. */
function readsRegion({ sources }: Report, accountId: string): boolean {
  const own = sources.filter(({ accounts }) => accounts.includes(accountId));
  const asked = own.length > 0 ? own : sources.filter(({ accounts }) => accounts.length === 0);
  return asked.some(({ regions, deliveries = [] }) => {
    const named = deliveries.filter((delivered) => delivered.accountId === accountId);
    const read = named.length > 0 ? named.map(({ region }) => region) : regions;
    return read.length === 0 || read.includes(REGION);
  });
}

/** A gap that names another account does not touch this one. */
function concerns(subject: string, accountId: string): boolean {
  const named = /^\d{12}$/.test(subject) ? subject : parseLogPath(subject).accountId;
  return named === null || named === accountId;
}
