import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KeptSlice } from '../../../src/sources/lookup/replay.js';
import { stretchesOf } from '../../../src/sources/lookup/stretches.js';

const DAY = 86_400;
const MOST = 5 * DAY;

const span = fc
  .tuple(fc.integer({ min: 0, max: MOST }), fc.integer({ min: 1, max: MOST }))
  .map(([from, length]) => ({ from, to: from + length }));

/** Slices that earlier runs of any window began: within one day, settled up to somewhere. */
const kept: fc.Arbitrary<KeptSlice> = fc
  .tuple(span, fc.double({ min: -0.5, max: 1, noNaN: true }), fc.boolean())
  .map(([{ from, to }, share, done]) => {
    const slice = { from, to: Math.min(to, (Math.floor(from / DAY) + 1) * DAY) };
    const settled = Math.floor(slice.from + (slice.to - slice.from) * share);
    return { slice, settled, next: done ? null : 'token', oldest: slice.to, pages: [] };
  });

describe('stretches', () => {
  it('cover the window once, the newest first, whatever was kept', () => {
    fc.assert(
      fc.property(span, fc.array(kept, { maxLength: 12 }), (window, slices) => {
        const counted = stretchesOf(window, slices).map((stretch) => stretch.counted);
        expect(counted[0]?.to).toBe(window.to);
        expect(counted.at(-1)?.from).toBe(window.from);
        counted.slice(1).forEach(({ to }, place) => expect(to).toBe(counted[place]?.from));
        for (const { from, to } of counted) expect(to).toBeGreaterThan(from);
      }),
    );
  });

  it('take from a kept slice only what had settled in it, and each slice once', () => {
    fc.assert(
      fc.property(span, fc.array(kept, { maxLength: 12 }), (window, slices) => {
        const stretches = stretchesOf(window, slices);
        for (const { counted, slice, kept: from } of stretches) {
          expect(counted.from).toBeGreaterThanOrEqual(slice.from);
          expect(counted.to).toBeLessThanOrEqual(from?.settled ?? slice.to);
        }
        const used = stretches.flatMap((stretch) => stretch.kept ?? []);
        expect(new Set(used).size).toBe(used.length);
      }),
    );
  });
});
