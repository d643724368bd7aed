import type { Finding } from '../../../report/finding-schema.js';
import { RISK_TIERS, type RiskTier } from '../../../clients/advice.js';
import { tierOf } from '../../risk.js';

const DAY_MS = 86_400_000;
/** More bars than this are too thin to see. */
const MOST_BARS = 92;

export type CallsByTier = Readonly<Record<RiskTier, number>>;

export interface Bucket {
  /** First day, `YYYY-MM-DD`. */
  readonly day: string;
  readonly calls: CallsByTier;
}

export interface Buckets {
  /** Days in each: 1, or whole weeks. */
  readonly days: number;
  readonly buckets: readonly Bucket[];
}

/** Calls by day and risk without gaps, in buckets of as many weeks as it takes. */
export function inBuckets(findings: readonly Finding[]): Buckets {
  const all = findings.flatMap(({ callsPerDay }) => Object.keys(callsPerDay).map(dayNumber));
  const first = all.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const last = all.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const count = last - first + 1;
  const days = count <= MOST_BARS ? 1 : Math.ceil(count / MOST_BARS / 7) * 7;
  const buckets = Array.from({ length: Math.ceil(count / days) }, (_, index) => ({
    day: new Date((first + index * days) * DAY_MS).toISOString().slice(0, 10),
    calls: emptyTiers(),
  }));
  for (const finding of findings) {
    const tier = tierOf(finding);
    for (const [day, calls] of Object.entries(finding.callsPerDay)) {
      const bucket = buckets[Math.floor((dayNumber(day) - first) / days)];
      if (bucket !== undefined) bucket.calls[tier] += calls;
    }
  }
  return { days, buckets };
}

export function emptyTiers(): Record<RiskTier, number> {
  return { 'served-remote': 0, unknown: 0, 'served-local': 0, 'already-us-east-1': 0 };
}

export function sumOf(calls: CallsByTier): number {
  return RISK_TIERS.reduce((sum, tier) => sum + calls[tier], 0);
}

function dayNumber(day: string): number {
  return Date.parse(day) / DAY_MS;
}
