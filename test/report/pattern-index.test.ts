import fc from 'fast-check';
import { expect, it } from 'vitest';
import { matchesAny } from '../../src/report/pattern.js';
import { PatternIndex } from '../../src/report/pattern-index.js';

const NAMES = ['account', 'principal'] as const;

const characters = (...more: string[]): fc.Arbitrary<string> => fc.constantFrom('a', 'b', 'c', '/', ...more); // prettier-ignore
const texts = fc.array(fc.string({ unit: characters(), maxLength: 16 }), { maxLength: 3 });
const pattern = fc.string({ unit: characters('*', '?', 'a', 'b'), maxLength: 14 });
const patterns = fc.option(fc.oneof(pattern, fc.array(pattern, { maxLength: 3 })), {
  nil: undefined,
});
const entries = fc.array(fc.record({ account: patterns, principal: patterns }), { maxLength: 12 });

it('an index of patterns finds what comparing every entry finds', () => {
  fc.assert(
    fc.property(entries, fc.record({ account: texts, principal: texts }), (list, caller) => {
      const fitting = list.flatMap((entry, at) => {
        const fits = NAMES.every((name) => {
          const own = entry[name];
          return own === undefined || matchesAny([own].flat(), caller[name]);
        });
        return fits ? [at] : [];
      });
      expect(new PatternIndex(list, NAMES).fitting(caller)).toEqual(fitting);
    }),
    { numRuns: 2000 },
  );
});
