import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { stableText, withoutVersion } from '../../src/clients/volatile.js';

const number = (max: number): fc.Arbitrary<number> => fc.integer({ min: 1, max });
const padded = (max: number): fc.Arbitrary<string> =>
  number(max).map((value) => String(value).padStart(2, '0'));
const date = fc.tuple(fc.integer({ min: 2019, max: 2039 }), padded(12), padded(28));
const time = fc.tuple(padded(23), padded(59), padded(59));

/** What differs from run to run of one program, as programs put it into their names. */
const RUNS: Readonly<Record<string, fc.Arbitrary<string>>> = {
  'a date': date.map((parts) => `-${parts.join('-')}`),
  'a short date': date.map((parts) => `-${parts.join('')}`),
  'a time': fc.tuple(date, time).map(([day, clock]) => ` ${day.join('-')}T${clock.join(':')}Z`),
  'a short time': fc.tuple(date, time).map(([day, clock]) => `/${day.join('')}T${clock.join('')}Z`),
  'a pod': fc
    .tuple(fc.stringMatching(/^[2-9][bcdf][0-9a-f]{7}$/), fc.stringMatching(/^[a-z][2-9][b-d]{3}$/))
    .map((parts) => `-${parts.join('-')}`),
  'a short commit id': fc.stringMatching(/^[a-f][0-9][0-9a-f]{5}$/).map((id) => `/${id}`),
  'a process id': number(99_999).map((id) => ` pid/${id}`),
  'a host': fc
    .tuple(number(255), number(255), number(255), number(255))
    .map((parts) => ` ip-${parts.join('-')}`),
  'an epoch time': fc.integer({ min: 1_400_000_000, max: 1_999_999_999 }).map((id) => `-${id}`),
};

const WORDS = ['nightly', 'etl', 'payments', 'api', 'production', 'green', 'backends', 'worker', 'v2', 's3', 'ec2', 'x86', 'http2', 'utf8', 'kafka', 'facade', 'decade', 'deadbeef', 'us-east-1', 'eu-west-2'] as const; // prettier-ignore
const name = fc
  .array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 4 })
  .map((words) => words.join('-'));
const version = fc
  .tuple(number(30), number(400), number(400))
  .map((parts) => `/${parts.join('.')}`);

describe('stableText', () => {
  it.each(Object.entries(RUNS))('is the same whatever %s says', (_what, run) => {
    fc.assert(
      fc.property(name, run, run, (program, one, other) => {
        expect(stableText(program + one)).toBe(stableText(program + other));
        expect(stableText(program + one)).toBe(program);
      }),
    );
  });

  it('keeps every name and version of a program, so that no two of them become one', () => {
    fc.assert(
      fc.property(name, fc.option(version, { nil: '' }), (program, release) => {
        expect(stableText(program + release)).toBe(program + release);
      }),
    );
  });

  it.each([
    ['nightly-etl/1.0 2026-10-01T10:00:01Z', 'nightly-etl/1.0'],
    ['backup-20261001', 'backup'],
    ['worker-7c9d8f6b5-xk2l1', 'worker'],
    ['worker-7c9d8f6b5-xk2l1/1.2', 'worker/1.2'],
    ['etl/abc1234', 'etl'],
    ['foo user=alice job=12345678', 'foo user=alice job'],
    ['tool/1.0+abcdefa', 'tool/1.0'],
    ['backup20261001', 'backup'],
    // what may be a name stays
    ['facade2', 'facade2'],
    ['job-2', 'job-2'],
    ['run/1.2.3', 'run/1.2.3'],
    ['web-0', 'web-0'],
    ['team-prd24', 'team-prd24'],
    ['tenant-111122223333', 'tenant-111122223333'],
    ['job pid/12345 ip-10-0-1-23.eu-west-1.compute.internal', 'job'],
    ['release-20269999', 'release-20269999'],
    ['acme-broker/3.7.101.44', 'acme-broker/3.7.101.44'],
  ])('of %s is %s', (text, stable) => {
    expect(stableText(text)).toBe(stable);
  });
});

describe('withoutVersion', () => {
  it.each([
    ['payments-v1.4.2', 'payments'],
    ['payments-1.4.2-rc.1+build', 'payments'],
    ['payments_2.0', 'payments'],
    ['payments-v2', 'payments-v2'],
    ['tls1.2-proxy', 'tls1.2-proxy'],
    ['1.4.2', '1.4.2'],
  ])('of %s is %s', (text, rest) => {
    expect(withoutVersion(text)).toBe(rest);
  });
});
