/**
 * A window in stretches, the newest first, as LookupEvents goes: each is either kept from an earlier
 * run, as far as that had got, or still to be asked for. They neither overlap nor leave a gap.
 */
import type { Bounded } from '../bounded.js';
import type { KeptSlice } from './replay.js';

const DAY = 86_400;

export interface Stretch {
  /** The events that count. */
  readonly counted: Bounded;
  /** What is asked for, which page tokens are bound to. */
  readonly slice: Bounded;
  readonly kept: KeptSlice | null;
}

/** Days are UTC's, so that a run that goes on need not have the very same window. */
export function stretchesOf({ from, to }: Bounded, kept: readonly KeptSlice[]): Stretch[] {
  const first = Math.floor(from / DAY);
  const count = Math.ceil(to / DAY) - first;
  return Array.from({ length: count }, (_, index) => {
    const day = (first + count - 1 - index) * DAY;
    return ofDay({ from: Math.max(from, day), to: Math.min(to, day + DAY) }, kept);
  }).flat();
}

/** As much as possible of what was kept, from the start of the day on; the rest is asked for. */
function ofDay({ from, to }: Bounded, kept: readonly KeptSlice[]): Stretch[] {
  const stretches: Stretch[] = [];
  let start = from;
  while (start < to) {
    const slice = bestAt(start, kept);
    const end = Math.min(to, slice?.settled ?? to);
    const counted = { from: start, to: end };
    stretches.unshift({ counted, slice: slice?.slice ?? counted, kept: slice });
    start = end;
  }
  return stretches;
}

/** Those that were read to their end come first, then those that reach furthest. */
function bestAt(start: number, kept: readonly KeptSlice[]): KeptSlice | null {
  const fitting = kept.filter(({ slice, settled }) => slice.from <= start && settled > start);
  const best = fitting.toSorted(
    (a, b) => Number(b.next === null) - Number(a.next === null) || b.settled - a.settled,
  );
  return best[0] ?? null;
}
