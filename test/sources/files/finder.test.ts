import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Finder } from '../../../src/sources/files/finder.js';

describe('Finder', () => {
  it('finds what indexOf finds, in a stream whose beginning is forgotten', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 60 });
    fc.assert(
      fc.property(text, fc.array(fc.nat(8)), (content, steps) => {
        const whole = Buffer.from(content);
        const finder = new Finder(['aba', 'bbb']);
        let [from, end] = [0, 0];
        for (const [index, step] of steps.entries()) {
          end = Math.min(whole.length, end + step);
          const bytes = whole.subarray(from, end);
          const place = bytes.toString().search(/aba|bbb/);
          expect(finder.find(bytes, 0, from)).toBe(place < 0 ? bytes.length : place);
          if (index % 2 === 1) from = Math.min(end, from + step);
        }
      }),
    );
  });
});
