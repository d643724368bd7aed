import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KEPT_LIMIT, KeptValues } from '../../src/report/kept-values.js';

function keep(values: readonly string[]): KeptValues {
  const kept = new KeptValues();
  values.forEach((value, index) => kept.numberOf(value, index + 1));
  return kept;
}

describe('KeptValues', () => {
  it('keeps the first values in code-unit order, whatever the order they come in', () => {
    const values = fc.uniqueArray(fc.string({ maxLength: 6 }), { minLength: 90, maxLength: 140 });
    fc.assert(
      fc.property(values, (list) => {
        const expected = list.toSorted((a, b) => (a < b ? -1 : 1)).slice(0, KEPT_LIMIT);
        expect(
          keep(list)
            .all()
            .map(({ value }) => value),
        ).toEqual(expected);
      }),
    );
  });

  it('says when there were more than it keeps', () => {
    const values = Array.from({ length: KEPT_LIMIT + 1 }, (_, index) => `v${index}`);
    expect(keep(values.slice(1)).hasOverflowed).toBe(false);
    expect(keep(values).hasOverflowed).toBe(true);
  });

  it('gives a value the same number again', () => {
    const kept = new KeptValues();
    expect([kept.numberOf('b', 1), kept.numberOf('a', 2), kept.numberOf('b', 3)]).toEqual([
      1, 2, 1,
    ]);
  });

  it('cuts what is longer than any field of CloudTrail', () => {
    expect(keep(['x'.repeat(5000)]).all()[0]?.value).toHaveLength(1024);
  });

  it('cuts no character in two', () => {
    expect(keep([`${'x'.repeat(1023)}😀`]).all()[0]?.value).toBe('x'.repeat(1023));
  });
});
