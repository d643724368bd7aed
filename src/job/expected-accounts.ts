import type { GapCode } from '../gap-codes.js';
import { accountSpan, expectedEnd } from '../report/baseline/evidence.js';
import { accountIdsOf } from '../report/merge/coverage.js';
import type { Report, ReportGap } from '../report/schema.js';

const DAY_MS = 86_400_000;

/** An account whose logs stopped coming looks like one that has nothing to fix. */
export function expectAccounts(report: Report, accounts: readonly string[]): Report {
  const seen = new Set(accountIdsOf(report));
  const gaps = accounts
    .toSorted()
    .flatMap((account) => (seen.has(account) ? cutShort(report, account) : [missing(account)]));
  if (gaps.length === 0) return report;
  const { coverage } = report;
  return {
    ...report,
    coverage: { ...coverage, complete: false, gaps: [...coverage.gaps, ...gaps] },
  };
}

function missing(subject: string): ReportGap {
  const message = 'The config names this account, but no log of it was seen.';
  return { source: 'run', code: 'account-missing' satisfies GapCode, subject, message };
}

function cutShort(report: Report, subject: string): ReportGap[] {
  const [, end] = accountSpan(report, subject) ?? [];
  if (end === undefined || expectedEnd(report, end) - end <= DAY_MS) return [];
  const last = new Date(end).toISOString().slice(0, 16).replace('T', ' ');
  const message = `The config names this account, but its evidence ends on ${last}, more than a day before the window does.`;
  return [{ source: 'run', code: 'account-cut-short' satisfies GapCode, subject, message }];
}
