import { beforeEach, describe, expect, it } from 'vitest';
import type { Report } from '../../src/report/schema.js';
import { stubAws } from '../support/aws/context.js';
import { LASTING, LIES, PASSING, repeatedPages, SAME_TOKEN, swappedPages, type Tamper } from '../support/aws/faults.js'; // prettier-ignore
import type { Fault } from '../support/aws/loopback.js';
import { type Backend, judge, run, UNDER_TEST } from './law.js';

beforeEach(stubAws);

const undisturbed = new Map<Backend, Promise<{ report: Report; calls: Map<string, number> }>>();

async function baseOf(backend: Backend): Promise<{ report: Report; calls: Map<string, number> }> {
  const known = undisturbed.get(backend);
  if (known !== undefined) return known;
  const made = run(backend).then(({ report, operations }) => {
    if (report === null) throw new Error(`${backend} needs no fault to fail`);
    const calls = new Map<string, number>();
    for (const name of operations) calls.set(name, (calls.get(name) ?? 0) + 1);
    return { report, calls };
  });
  undisturbed.set(backend, made);
  return made;
}

/** Tampers with the answers to an operation, those whose number it wants; with all of `null`. */
function at(operation: string | null, tamper: Tamper, wanted: (nth: number) => boolean): Fault {
  const asked = new Map<string, number>();
  return async (received, _, serve) => {
    const nth = (asked.get(received.operation) ?? 0) + 1;
    asked.set(received.operation, nth);
    const isMeant = operation === null || received.operation === operation;
    return isMeant && wanted(nth) ? tamper(await serve()) : null;
  };
}

/** One of each kind of what passes as a rule. */
const KINDS = new Set(['throttled', 'broken', 'reset in the middle']);
const STAYING = { ...LASTING, ...Object.fromEntries(Object.entries(PASSING).filter(([name]) => KINDS.has(name))) }; // prettier-ignore

/** The event history does not say how many events there are: of these it cannot be convicted. */
const BEYOND_LOOKUP = new Set(['a row too few', 'no rows', 'running again']);

for (const backend of UNDER_TEST) {
  describe(`${backend}: what passes changes nothing`, () => {
    for (const [name, tamper] of Object.entries(PASSING)) {
      it(`${name}, at the first two calls of every operation`, async () => {
        const { report } = await baseOf(backend);
        const disturbed = await run(
          backend,
          at(null, tamper, (nth) => nth <= 2),
        );
        expect(judge(disturbed, report)).toBe('same');
      });
    }

    it('pages in another order, and pages that come twice', async () => {
      const { report } = await baseOf(backend);
      for (const fault of [swappedPages(), repeatedPages()]) {
        expect(['same', 'incomplete']).toContain(judge(await run(backend, fault), report));
      }
    });
  });

  describe(`${backend}: what stays is said`, () => {
    for (const [name, tamper] of Object.entries(STAYING)) {
      it(`${name}, from the second call of an operation on`, async () => {
        const { report, calls } = await baseOf(backend);
        for (const [operation, count] of calls) {
          if (count < 2) continue;
          const disturbed = await run(
            backend,
            at(operation, tamper, (nth) => nth >= 2),
          );
          expect([operation, judge(disturbed, report)]).not.toEqual([operation, 'same']);
        }
      });

      it(`${name}, from the first call on`, async () => {
        const { report } = await baseOf(backend);
        const verdict = judge(
          await run(
            backend,
            at(null, tamper, () => true),
          ),
          report,
        );
        expect(verdict).toBe(name in LASTING ? 'refused' : 'incomplete');
      });
    }
  });

  describe(`${backend}: a lie is found out or harmless`, () => {
    for (const [name, tamper] of Object.entries(LIES)) {
      if (backend === 'lookup' && BEYOND_LOOKUP.has(name)) continue;
      it(`told: ${name}`, async () => {
        const { report, calls } = await baseOf(backend);
        for (const [operation, count] of calls) {
          const chosen = Math.min(2, count);
          judge(
            await run(
              backend,
              at(operation, tamper, (nth) => nth === chosen),
            ),
            report,
          );
        }
      });
    }

    it('the same page token for every page', async () => {
      const { report } = await baseOf(backend);
      expect(judge(await run(backend, SAME_TOKEN), report)).toBe('incomplete');
    });
  });
}
