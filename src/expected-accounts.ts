/**
 * Accounts that somebody has named and that are not in the evidence. One whose logs stopped coming
 * looks like one that has nothing to fix.
 */
import type { GapCode } from './gap-codes.js';
import { accountSpan, expectedEnd } from './report/baseline/evidence.js';
import { accountIdsOf } from './report/merge/coverage.js';
import type { Report, ReportGap } from './report/schema.js';

const DAY_MS = 86_400_000;

/** Accounts that the config says must be there, to the end of the window. */
export function expectAccounts(report: Report, accounts: readonly string[]): Report {
  const seen = new Set(accountIdsOf(report));
  const gaps = accounts
    .toSorted()
    .flatMap((account) =>
      seen.has(account) ? cutShort(report, account) : [missing(account, 'run')],
    );
  return withGaps(report, gaps);
}

/** Accounts that were asked for by `--account`: a number mistyped finds nothing, and looks clean. */
export function expectAsked(report: Report, accounts: readonly string[]): Report {
  const seen = new Set(accountIdsOf(report));
  const gaps = [...new Set(accounts)]
    .filter((account) => !seen.has(account))
    .toSorted()
    .map((account) => missing(account, '--account'));
  return withGaps(report, gaps);
}

/** First: they say more than that nothing was seen. */
function withGaps(report: Report, gaps: readonly ReportGap[]): Report {
  if (gaps.length === 0) return report;
  const { coverage } = report;
  return {
    ...report,
    coverage: { ...coverage, complete: false, gaps: [...gaps, ...coverage.gaps] },
  };
}

function missing(subject: string, source: 'run' | '--account'): ReportGap {
  const who = source === 'run' ? 'The config' : source;
  const message = `${who} names this account, but no log of it was seen.`;
  return { source, code: 'account-missing' satisfies GapCode, subject, message };
}

function cutShort(report: Report, subject: string): ReportGap[] {
  const [, end] = accountSpan(report, subject) ?? [];
  if (end === undefined || expectedEnd(report, end) - end <= DAY_MS) return [];
  const last = new Date(end).toISOString().slice(0, 16).replace('T', ' ');
  const message = `The config names this account, but its evidence ends on ${last}, more than a day before the window does.`;
  return [{ source: 'run', code: 'account-cut-short' satisfies GapCode, subject, message }];
}
