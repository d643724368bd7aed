import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { clientKey, clientLineage, describeClient } from '../../src/clients/client-key.js';
import { CLIENTS } from '../../src/clients/knowledge.js';
import { parseUserAgent } from '../../src/clients/parse-client.js';
import { readWords } from '../../src/clients/reading.js';
import { stableText, withoutVolatile } from '../../src/clients/volatile.js';

/** A text that counts the characters that are looked at, copied or searched. */
class CountingText extends String {
  steps = 0;

  override charCodeAt(index: number): number {
    this.steps += 1;
    return super.charCodeAt(index);
  }

  override indexOf(searched: string, position = 0): number {
    const found = super.indexOf(searched, position);
    this.steps += (found < 0 ? this.length : found) - position + 1;
    return found;
  }

  override startsWith(searched: string, position = 0): boolean {
    this.steps += searched.length;
    return super.startsWith(searched, position);
  }

  override slice(start = 0, end = this.length): string {
    const part = super.slice(start, end);
    this.steps += part.length;
    return part;
  }
}

function stepsOf(work: (text: string) => unknown, text: string): number {
  const counting = new CountingText(text);
  work(counting as unknown as string);
  return counting.steps;
}

const SEEDS = [
  '(',
  ')',
  '((',
  '[',
  ']',
  ' ',
  '/',
  '#',
  '/#',
  'm/',
  'm/N,',
  'md/',
  'md/md/',
  'lang/',
  'a',
  'aws-cli/',
  'aws-cli/1',
  'Boto3/1 ',
  'aws-sdk-',
  'aws-sdk-go/',
  '0',
  '9',
  'f',
  '-',
  '00000000-',
  '00000000-0000-0000-0000-00000000000',
  '{"Version"',
  'eksctl/{',
  'exec-env/',
  'AWS_Lambda_',
  '.amazonaws.com',
  '\u0000',
  '\ud800',
  '😀',
  'İ',
  '(go1; ',
  'linux/v',
  '.',
  ',',
  '(a ',
  'a) ',
  'os/',
];

const token = fc.oneof(
  fc.constantFrom(...SEEDS),
  fc.constantFrom(
    ...CLIENTS.flatMap(({ tokens, sdk }) => [...(tokens ?? []), ...(sdk?.tokens ?? [])]),
  ),
  fc.string({ unit: 'binary', maxLength: 12 }),
);
const hostile = fc.array(token, { maxLength: 200 }).map((parts) => parts.join(''));

describe('hostile user agents', () => {
  it('never throw and always give short, usable names', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const { client, command } = parseUserAgent(text);
        expect(client.product.length).toBeGreaterThan(0);
        expect(client.product.length).toBeLessThanOrEqual(100);
        for (const value of [client.version, client.sdkVersion])
          expect(value ?? '0').toMatch(/^(?:dev|[0-9][0-9A-Za-z.+_-]{0,31})$/);
        for (const value of [client.executionEnvironment, client.applicationId, command])
          expect((value ?? '').length).toBeLessThanOrEqual(100);
        expect(JSON.parse(clientKey(client))).toHaveLength(8);
        expect(clientLineage(client).length + describeClient(client).length).toBeLessThan(2000);
      }),
      { numRuns: 2000 },
    );
  });

  it.each(SEEDS)('cost work in proportion to their length: %j', (seed) => {
    const unit = seed.repeat(Math.ceil(1000 / seed.length));
    for (const work of [(text: string) => readWords(text, true), withoutVolatile, stableText]) {
      const once = stepsOf(work, unit);
      const eightTimes = stepsOf(work, unit.repeat(8));
      expect(eightTimes).toBeLessThanOrEqual(9 * once + 100);
    }
  });

  it('cost work in proportion to their length, in any mixture', () => {
    fc.assert(
      fc.property(fc.array(token, { minLength: 20, maxLength: 60 }), (parts) => {
        const unit = parts.join('').padEnd(200, ' x');
        for (const work of [(text: string) => readWords(text, true), withoutVolatile]) {
          expect(stepsOf(work, unit.repeat(8))).toBeLessThanOrEqual(40 * unit.length * 8);
        }
      }),
    );
  });

  it('are read up to 1 KB', () => {
    expect(parseUserAgent(`${'x '.repeat(600)}aws-cli/1.2.3`).client.sdk).toBeNull();
  });
});
