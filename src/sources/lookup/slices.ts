import type { Bounded } from '../bounded.js';

const DAY = 86_400;

/**
 * The UTC days of a window, the newest first, as LookupEvents goes. A day that was read whole is the
 * same slice in every run, so a resumed run need not have the very same window.
 */
export function slicesOf({ from, to }: Bounded): Bounded[] {
  const first = Math.floor(from / DAY);
  const count = Math.ceil(to / DAY) - first;
  return Array.from({ length: count }, (_, index) => {
    const day = (first + count - 1 - index) * DAY;
    return { from: Math.max(from, day), to: Math.min(to, day + DAY) };
  });
}
