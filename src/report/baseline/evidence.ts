/**
 * What the absence of calls proves. "Gone" is a claim about everything that was not seen, so it
 * needs evidence that would have shown it.
 */
import { parseLogPath } from '../../cloudtrail/log-path.js';
import type { Report } from '../schema.js';

const DAY_MS = 86_400_000;

/** When the evidence starts and ends, in milliseconds; null without any STS event. */
export function evidenceSpan({ window, coverage, generatedAt }: Report): [number, number] | null {
  const { firstEvent, lastEvent } = coverage;
  if (firstEvent === null || lastEvent === null) return null;
  const last = Date.parse(lastEvent);
  const declared = Math.min(Date.parse(window.to ?? lastEvent), Date.parse(generatedAt));
  // Logs that stop long before the window does have not arrived yet: their days were not seen.
  const end = declared - last > DAY_MS ? last : Math.max(declared, last);
  return [Date.parse(window.from ?? firstEvent), end];
}

/** Days as a fraction; an hour at least, so that rates stay finite. */
export function evidenceDays(report: Report): number {
  const [start, end] = evidenceSpan(report) ?? [0, 0];
  return Math.max((end - start) / DAY_MS, 1 / 24);
}

/** Whole days without a call at the end of the evidence. */
export function quietDays(report: Report, lastSeen: string): number {
  const [, end] = evidenceSpan(report) ?? [0, 0];
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
  if (seen !== undefined && seen.stsEvents > 0) {
    return seen.assessable > 0 ? null : 'no event of the account says which endpoint it reached';
  }
  const read = report.sources.some(({ accounts }) => accounts.includes(accountId));
  return read ? null : 'no log of the account was seen';
}

/** A gap that names another account does not touch this one. */
function concerns(subject: string, accountId: string): boolean {
  const named = /^\d{12}$/.test(subject) ? subject : parseLogPath(subject).accountId;
  return named === null || named === accountId;
}
