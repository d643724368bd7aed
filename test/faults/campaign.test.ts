/**
 * Random faults at random calls, over random evidence. `npm run test:faults` looks much longer.
 */
import fc from 'fast-check';
import { beforeEach, expect, it } from 'vitest';
import { stubAws } from '../support/aws/context.js';
import { LASTING, LIES, PASSING, type Tamper } from '../support/aws/faults.js';
import type { Fault } from '../support/aws/loopback.js';
import { stsEvents } from '../support/events.js';
import { judge, run, UNDER_TEST } from './law.js';

beforeEach(stubAws);

const isLong = process.env['MODE'] === 'campaign';
const RUNS = isLong ? 500 : 15;
const TIME = isLong ? 900_000 : 60_000;

const EVENTS = stsEvents();
/** Lies of which only sources can convict a server to which it states numbers. */
const UNSTATED = new Set(['a row too few', 'no rows', 'running again', 'no page token']);

const fault = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...Object.entries(PASSING)) },
  { weight: 1, arbitrary: fc.constantFrom(...Object.entries(LASTING)) },
  { weight: 2, arbitrary: fc.constantFrom(...Object.entries(LIES)) },
);
const plan = fc.dictionary(
  fc.integer({ min: 1, max: 40 }).map((number) => `${number}`),
  fault,
  { minKeys: 1, maxKeys: 6 },
);

for (const backend of UNDER_TEST) {
  it(
    `the law of sources: ${backend}`,
    async () => {
      const property = fc.asyncProperty(
        fc.subarray(EVENTS, { minLength: 1 }),
        plan,
        async (records, faults) => {
          const { report } = await run(backend, undefined, records);
          expect(report).not.toBeNull();
          if (report === null) return;
          judge(await run(backend, scheduled(faults), records), report);
        },
      );
      await fc.assert(property, { numRuns: RUNS, interruptAfterTimeLimit: TIME - 10_000 });
    },
    TIME,
  );

  const scheduled =
    (faults: Readonly<Record<string, [string, Tamper]>>): Fault =>
    async (_, number, serve) => {
      const [name, tamper] = faults[String(number)] ?? [];
      const isBeyond = backend === 'lookup' && UNSTATED.has(name ?? '');
      return tamper === undefined || isBeyond ? null : tamper(await serve());
    };
}
