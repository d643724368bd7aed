/**
 * Cutting time into pieces that neither overlap nor leave a gap. All are half-open, in whole
 * seconds.
 */
import type { Bounded } from '../bounded.js';

const DAY = 86_400;
/** Enough to show progress, to lose little to an interruption, and to keep results small. */
const MOST_PIECES = 32;
/**
 * Events are found by the time they were logged, which is minutes after they happened. A day covers
 * late ones, but never more than the window again, which would double the cost.
 */
const LATEST_DELIVERY = DAY;

/**
 * The pieces to ask for, so that events of the window are in one of them, but for those from before
 * `oldest`. `now` and `oldest` in seconds.
 */
export function piecesOf({ from, to }: Bounded, now: number, oldest = 0): Bounded[] {
  const end = Math.max(to, Math.min(lateUntil({ from, to }), now));
  const start = Math.max(from, oldest);
  const days = Math.ceil((end - start) / DAY);
  return split({ from: start, to: end }, Math.min(MOST_PIECES, days));
}

/** Until when events of a window are looked for among those that were logged. */
export function lateUntil({ from, to }: Bounded): number {
  return to + Math.min(LATEST_DELIVERY, to - from);
}

/** Equal parts, as far as seconds can be divided; one second cannot. */
export function split({ from, to }: Bounded, parts: number): Bounded[] {
  const count = Math.max(1, Math.min(parts, to - from));
  const bound = (part: number): number => from + Math.floor(((to - from) * part) / count);
  return Array.from({ length: count }, (_, part) => ({ from: bound(part), to: bound(part + 1) }));
}
