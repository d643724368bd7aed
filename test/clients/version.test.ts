import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { isAtLeast, majorMinor, readVersion } from '../../src/clients/version.js';

describe('readVersion', () => {
  it.each([
    ['1.2.3', '1.2.3'],
    ['v2.13.4', '2.13.4'],
    ['1.2.3,', '1.2.3'],
    ['2.0.0.rc4', '2.0.0.rc4'],
    ['1.2 (x)', '1.2'],
    ['dev', 'dev'],
    ['develop', null],
    ['', null],
    ['x1', null],
    ['UNAVAILABLE', null],
  ])('reads %j as %j', (text, version) => {
    expect(readVersion(text)).toBe(version);
  });

  it('never reads more than 32 characters', () => {
    expect(readVersion('1'.repeat(100))).toHaveLength(32);
  });
});

describe('isAtLeast', () => {
  it.each([
    ['1.40.0', '1.40.0', true],
    ['1.39.99', '1.40.0', false],
    ['1.100.0', '1.40.0', true],
    ['2', '1.40.0', true],
    ['1.40', '1.40.0', true],
    ['3.7.500.0', '3.7.500.0', true],
    ['3.7.499.99', '3.7.500.0', false],
    ['2.0.0.rc4', '2.0.0', true],
    ['dev', '1.0', false],
  ])('%s >= %s is %s', (version, bound, expected) => {
    expect(isAtLeast(version, bound)).toBe(expected);
  });

  it('orders as number triples do', () => {
    const triple = fc.tuple(fc.nat(200), fc.nat(200), fc.nat(200));
    fc.assert(
      fc.property(triple, triple, (left, right) => {
        const weigh = ([a, b, c]: readonly [number, number, number]): number =>
          (a * 1000 + b) * 1000 + c;
        expect(isAtLeast(left.join('.'), right.join('.'))).toBe(weigh(left) >= weigh(right));
      }),
    );
  });
});

describe('majorMinor', () => {
  it.each([
    ['3.10.6', '3.10'],
    ['3.10', '3.10'],
    ['21', '21'],
  ])('%s is %s', (version, expected) => {
    expect(majorMinor(version)).toBe(expected);
  });
});
