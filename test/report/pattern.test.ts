import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matches } from '../../src/report/pattern.js';

describe('patterns', () => {
  it.each([
    ['arn:aws:iam::*:role/legacy-*', 'arn:aws:iam::111122223333:role/legacy-sync', true],
    ['*:role/*', 'arn:aws:iam::111122223333:role/path/with/slashes', true],
    ['AWS CLI v1*', 'AWS CLI v1 1.22.34 (botocore 1.24.34)', true],
    ['Boto3 (Python)', 'Boto3 (Python)', true],
    ['a.c', 'abc', false],
    ['v?', 'v1', true],
    ['v?', 'v10', false],
    ['!x', '!x', true],
    ['[ab]', 'a', false],
    ['*', '', true],
    ['', '', true],
    ['', 'a', false],
  ])('%s on %s is %s', (pattern, text, fits) => expect(matches(pattern, text)).toBe(fits));

  it('agree with the regular expression they stand for', () => {
    const units = fc.constantFrom('a', 'b', '*', '?', '.', '/', '\n');
    const texts = fc.string({ unit: units, maxLength: 12 });
    fc.assert(
      fc.property(texts, texts, (pattern, text) => {
        const source = pattern.replace(/[.*+?^${}()|[\]\\]/g, (char) =>
          char === '*' ? '[^]*' : char === '?' ? '[^]' : `\\${char}`,
        );
        expect(matches(pattern, text)).toBe(new RegExp(`^${source}$`).test(text));
      }),
    );
  });

  it('cannot be made slow', () => {
    expect(matches(`${'*a'.repeat(1000)}b`, 'a'.repeat(10_000))).toBe(false);
  });
});
