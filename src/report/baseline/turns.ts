/**
 * How long a report must be to hold a whole turn of a caller. A part of one may be its busy part, or
 * its quiet one: who calls on Mondays calls seven times as often in the report of a Monday.
 */
import type { Finding } from '../finding-schema.js';
import type { Report } from '../schema.js';
import { accountSpan, evidenceSpan } from './evidence.js';
import { silenceBetween } from './lineages.js';

const DAY_MS = 86_400_000;
/** In days: a schedule does not start its jobs to the minute. */
const SLACK = 2 / 24;

type Calls = readonly Pick<Finding, 'callsPerDay'>[];

/** Whole days that a turn takes, as far as the report shows; its ends count as if they had calls. */
export function turnIn(report: Report, calls: Calls): number {
  const [start, end] = evidenceSpan(report) ?? [0, 0];
  const [before, after] = [start - DAY_MS, end].map((time) => new Date(time).toISOString());
  const days = calls.flatMap(({ callsPerDay }) => Object.keys(callsPerDay));
  const inside = [...new Set(days)].filter((day) => day > (before ?? '').slice(0, 10)).toSorted();
  return 1 + silenceBetween([(before ?? '').slice(0, 10), ...inside, (after ?? '').slice(0, 10)]);
}

/** Whether the evidence of the account surely holds so many days. */
export function holdsDays(report: Report, accountId: string, days: number): boolean {
  const all = evidenceSpan(report) ?? [0, 0];
  const own = accountSpan(report, accountId) ?? all;
  return Math.min(...[all, own].map(([start, end]) => (end - start) / DAY_MS)) + SLACK >= days;
}
