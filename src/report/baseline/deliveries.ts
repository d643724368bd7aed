/**
 * What log files show of an account whether or not they hold an STS event: that its trail was at
 * work. CloudTrail delivers none while nothing happens, so a day without one shows nothing.
 */
import type { Report } from '../schema.js';

/** The only Region in which calls to the global endpoint are logged. */
export const REGION = 'us-east-1';

const DAY_MS = 86_400_000;

/** In milliseconds. */
export interface Times {
  readonly first: number;
  readonly last: number;
}

type Delivered = NonNullable<Report['sources'][number]['deliveries']>[number];

/** The last time during which logs of the account were delivered every day; null without any. */
export function deliveredTo(report: Report, accountId: string): Times | null {
  const steady = deliveriesOf(report, accountId).filter((one) => one.longestPauseDays === 0);
  return lastTimes(steady);
}

/** The same, days without a log notwithstanding. */
export function deliveredSometimes(report: Report, accountId: string): Times | null {
  return lastTimes(deliveriesOf(report, accountId));
}

/**
 * Whether all that was read of the account in the Region are log files that say when they came.
 * Its events then show nothing that they do not, and may be of other Regions.
 */
export function isKnownByFiles(report: Report, accountId: string): boolean {
  const others = report.sources.some(
    ({ accounts, deliveries = [] }) =>
      accounts.includes(accountId) && !deliveries.some((one) => one.accountId === accountId),
  );
  return !others && deliveredSometimes(report, accountId) !== null;
}

function lastTimes(deliveries: readonly Delivered[]): Times | null {
  return deliveries
    .flatMap(({ first, last }) =>
      first === null || last === null ? [] : { first: Date.parse(first), last: Date.parse(last) },
    )
    .toSorted((a, b) => a.first - b.first)
    .reduce<Times | null>(joined, null);
}

/** The two as one, or the later one when a day lies between them. */
export function joined(a: Times | null, b: Times | null): Times | null {
  if (a === null || b === null) return a ?? b;
  const [early, late] = a.first <= b.first ? [a, b] : [b, a];
  if (dayOf(late.first) - dayOf(early.last) > 1) return late;
  return { first: early.first, last: Math.max(early.last, late.last) };
}

export function longestPause(report: Report, accountId: string): number {
  return Math.max(0, ...deliveriesOf(report, accountId).map((one) => one.longestPauseDays));
}

/** In the Region that decides; several sources may have read files of the account. */
export function deliveriesOf({ sources }: Report, accountId: string): readonly Delivered[] {
  return sources
    .flatMap(({ deliveries = [] }) => deliveries)
    .filter((one) => one.accountId === accountId && one.region === REGION);
}

function dayOf(time: number): number {
  return Math.floor(time / DAY_MS);
}
