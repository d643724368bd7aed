import fc from 'fast-check';
import { expect, it } from 'vitest';
import { pack, unpack } from '../../../src/sources/files/packed.js';
import type { FileOutcome } from '../../../src/sources/files/read-file.js';
import { UNREMARKABLE } from '../../../src/sources/files/scan.js';

const SIZE = fc.integer({ min: 0, max: 2 ** 45 });
const GAP = fc.record({
  code: fc.constantFrom('corrupt' as const, 'no-records' as const),
  subject: fc.string(),
  message: fc.string(),
});
const OUTCOME: fc.Arbitrary<FileOutcome> = fc.record({
  path: fc.string(),
  result: fc.constantFrom(UNREMARKABLE, { ...UNREMARKABLE, lostCalls: 2, showsTrail: false }),
  gaps: fc.array(GAP, { maxLength: 2 }),
  bytes: SIZE,
  inflatedBytes: SIZE,
});

it('says of every file what was found in it, once it has been between threads', () => {
  fc.assert(
    fc.property(fc.array(OUTCOME), (outcomes) => {
      const received = structuredClone(pack(outcomes));
      const paths = outcomes.map(({ path }) => path);
      expect(unpack(paths, received)).toEqual(outcomes);
    }),
  );
});
