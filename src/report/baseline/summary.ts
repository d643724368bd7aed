import type { Absent, Change, Changes } from '../annotation-schema.js';
import type { Finding } from '../finding-schema.js';

type Summary = Pick<Changes, 'lineages' | 'gone' | 'quiet' | 'unconfirmed'>;

/** Counts callers by what became of them; `left` are those that are no longer there. */
export function summaryOf(findings: readonly Finding[], left: readonly Absent[]): Summary {
  const statuses = new Map(findings.map(({ lineage, change }) => [lineage, change?.status]));
  const now = (status: Change['status']): number =>
    [...statuses.values()].filter((one) => one === status).length;
  const gone = left.filter(({ status }) => status === 'gone');
  const quiet = left.filter(({ status }) => status === 'quiet');
  const unconfirmed = left.filter(({ status }) => status === 'unconfirmed');
  const lineages = {
    new: now('new'),
    persisting: now('persisting'),
    changed: now('changed'),
    regressed: now('regressed'),
    gone: gone.length,
    quiet: quiet.length,
    unconfirmed: unconfirmed.length,
  };
  return { lineages, gone, quiet, unconfirmed };
}
