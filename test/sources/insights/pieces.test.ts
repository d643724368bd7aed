import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { piecesOf, split } from '../../../src/sources/insights/pieces.js';

const window = fc
  .tuple(fc.integer({ min: 1, max: 2_000_000_000 }), fc.integer({ min: 1, max: 40_000_000 }))
  .map(([from, length]) => ({ from, to: from + length }));

const ends = ({ from, to }: { from: number; to: number }): [number, number] => [from, to];

describe('pieces of time', () => {
  it('neither overlap nor leave a gap, however often they are split', () => {
    fc.assert(
      fc.property(window, fc.array(fc.tuple(fc.nat(50), fc.integer({ min: 1, max: 9 }))), (whole, cuts) => {
        let pieces = [whole];
        for (const [at, parts] of cuts) {
          const place = at % pieces.length;
          const piece = pieces[place] ?? whole;
          pieces = [...pieces.slice(0, place), ...split(piece, parts), ...pieces.slice(place + 1)];
        }
        const ranges = pieces.map(ends);
        expect(ranges[0]?.[0]).toBe(whole.from);
        expect(ranges.at(-1)?.[1]).toBe(whole.to);
        ranges.slice(1).forEach(([start], at) => expect(start).toBe(ranges[at]?.[1]));
        for (const [start, end] of ranges) expect(end).toBeGreaterThan(start);
      }),
    );
  });

  it('reach a day past the window for late events, but not past now, nor twice the window', () => {
    fc.assert(
      fc.property(window, fc.integer({ min: -200_000, max: 200_000 }), (whole, after) => {
        const now = whole.to + after;
        const pieces = piecesOf(whole, now);
        const end = pieces.at(-1)?.to ?? 0;
        const latest = whole.to + Math.min(86_400, whole.to - whole.from);
        expect(pieces[0]?.from).toBe(whole.from);
        expect(end).toBe(Math.max(whole.to, Math.min(now, latest)));
        expect(pieces.length).toBeLessThanOrEqual(32);
      }),
    );
  });
}); // prettier-ignore
