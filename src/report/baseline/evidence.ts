/**
 * What the absence of calls proves. "Gone" is a claim about everything that was not seen, so it
 * needs evidence that would have shown it.
 */
import { parseLogPath } from '../../cloudtrail/log-path.js';
import type { Report } from '../schema.js';

const DAY_MS = 86_400_000;
/** The only Region in which calls to the global endpoint are logged. */
const REGION = 'us-east-1';

interface Events {
  readonly firstEvent?: string | null | undefined;
  readonly lastEvent?: string | null | undefined;
}

/** When the evidence starts and ends, in milliseconds; null without any STS event. */
export function evidenceSpan(report: Report): [number, number] | null {
  return spanOf(report, report.coverage);
}

/** The same for one account, whose logs may start later and stop earlier than those of others. */
export function accountSpan(report: Report, accountId: string): [number, number] | null {
  const seen = report.coverage.accounts.find((account) => account.accountId === accountId);
  if (seen === undefined) return null;
  // Older reports do not say when the events of an account happened.
  return spanOf(report, seen.firstEvent === undefined ? report.coverage : seen);
}

function spanOf({ window, generatedAt }: Report, events: Events): [number, number] | null {
  const { firstEvent, lastEvent } = events;
  if (typeof firstEvent !== 'string' || typeof lastEvent !== 'string') return null;
  const [first, last] = [Date.parse(firstEvent), Date.parse(lastEvent)];
  const from = Date.parse(window.from ?? firstEvent);
  const declared = Math.min(Date.parse(window.to ?? lastEvent), Date.parse(generatedAt));
  // Logs that stop long before the window does have not arrived yet: their days were not seen.
  const end = declared - last > DAY_MS ? last : Math.max(declared, last);
  return [first - from > DAY_MS ? first : from, end];
}

/** Days as a fraction; an hour at least, so that rates stay finite. */
export function evidenceDays(report: Report): number {
  const [start, end] = evidenceSpan(report) ?? [0, 0];
  return Math.max((end - start) / DAY_MS, 1 / 24);
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
    const others = gaps.length > 1 ? ` and ${gaps.length - 1} more problems` : '';
    return `the evidence is incomplete (${gap.code}: ${gap.subject}${others})`;
  }
  const seen = report.coverage.accounts.find((account) => account.accountId === accountId);
  if (seen === undefined || seen.stsEvents === 0) return nothingSeen(report, accountId);
  if (seen.assessable === 0) return 'no event of the account says which endpoint it reached';
  return readsRegion(report, accountId) ? null : `no log of ${REGION} was read`;
}

/** That an account's logs were read says nothing of how far they went. */
function nothingSeen({ sources }: Report, accountId: string): string {
  const read = sources.some(({ accounts }) => accounts.includes(accountId));
  return read ? 'no STS event of the account was seen' : 'no log of the account was seen';
}

/** A source that cannot tell its Regions or accounts may have read it. */
function readsRegion({ sources }: Report, accountId: string): boolean {
  return sources.some(
    ({ accounts, regions }) =>
      (accounts.length === 0 || accounts.includes(accountId)) &&
      (regions.length === 0 || regions.includes(REGION)),
  );
}

/** A gap that names another account does not touch this one. */
function concerns(subject: string, accountId: string): boolean {
  const named = /^\d{12}$/.test(subject) ? subject : parseLogPath(subject).accountId;
  return named === null || named === accountId;
}
