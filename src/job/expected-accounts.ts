import { accountIdsOf } from '../report/merge/coverage.js';
import type { Report } from '../report/schema.js';

/** An account whose logs stopped coming looks like one that has nothing to fix. */
export function expectAccounts(report: Report, accounts: readonly string[]): Report {
  const seen = new Set(accountIdsOf(report));
  const missing = accounts.filter((account) => !seen.has(account)).toSorted();
  if (missing.length === 0) return report;
  const gaps = missing.map((subject) => ({
    source: 'run',
    code: 'account-missing',
    subject,
    message: 'The config names this account, but no log of it was seen.',
  }));
  const { coverage } = report;
  return {
    ...report,
    coverage: { ...coverage, complete: false, gaps: [...coverage.gaps, ...gaps] },
  };
}
