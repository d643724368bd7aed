/**
 * Whether a caller calls more often than before, or less often.
 */
import type { WhatChanged } from '../annotation-schema.js';
import type { Report } from '../schema.js';
import { accountSpan, evidenceSpan } from './evidence.js';
import type { Lineage } from './lineages.js';
import { holdsDays, turnIn } from './turns.js';

const DAY_MS = 86_400_000;

/** Volume changes by chance; a change worth saying is by this factor... */
const FACTOR = 2;
/** ...and by this many calls. */
const FEWEST_CALLS = 10;

type Volume = Extract<WhatChanged, { readonly kind: 'volume' }>;

/** Calls per day, since windows differ in length; null when they cannot be compared, or differ little. */
export function volumeChange(
  now: Lineage,
  before: Lineage,
  reports: { readonly report: Report; readonly baseline: Report },
): Volume | null {
  const { report, baseline } = reports;
  const turn = Math.max(
    turnIn(report, now.findings),
    turnIn(baseline, before.findings),
    ...[now, before].map(({ longestSilenceDays }) => 1 + longestSilenceDays),
  );
  if (![report, baseline].every((one) => holdsDays(one, now.accountId, turn))) return null;
  const to = rateIn(report, now);
  const from = rateIn(baseline, before);
  const isEnough = (difference: number): boolean => difference * to.days >= FEWEST_CALLS;
  if (to.least >= from.most * FACTOR && isEnough(to.least - from.most)) {
    return { kind: 'volume', direction: 'up', from: rounded(from.most), to: rounded(to.least) };
  }
  if (to.most * FACTOR <= from.least && isEnough(from.least - to.most)) {
    return { kind: 'volume', direction: 'down', from: rounded(from.least), to: rounded(to.most) };
  }
  return null;
}

interface Rate {
  /** Those that are surely in the evidence. */
  readonly days: number;
  readonly least: number;
  readonly most: number;
}

/**
 * By the evidence of all accounts and by that of the caller's own: where few events tell how long
 * that is, the truth lies between.
 */
function rateIn(report: Report, lineage: Lineage): Rate {
  const all = evidenceSpan(report) ?? [0, 0];
  const own = accountSpan(report, lineage.accountId) ?? all;
  const [days = 0, most = 0] = [all, own]
    .map(([start, end]) => (end - start) / DAY_MS)
    .toSorted((a, b) => a - b);
  const calls = callsSince(lineage, all[0]);
  return { days, least: calls / most, most: calls / days };
}

/** A scheduled run counts late calls of the days before its window, too. */
function callsSince({ findings }: Lineage, start: number): number {
  const first = new Date(start).toISOString().slice(0, 10);
  return findings
    .flatMap(({ callsPerDay }) => Object.entries(callsPerDay))
    .reduce((sum, [day, calls]) => (day < first ? sum : sum + calls), 0);
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
