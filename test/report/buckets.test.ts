import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Buckets } from '../../src/report/buckets.js';

it('holds every row in its bucket, in order, and leaves out those of none', () => {
  const assignment = fc.array(fc.integer({ min: -1, max: 5 }), { maxLength: 40 });
  fc.assert(
    fc.property(assignment, (bucketOf) => {
      const buckets = new Buckets(bucketOf.length, 6, (row) => bucketOf[row] ?? -1);
      for (let bucket = 0; bucket < 6; bucket += 1) {
        const expected = [...bucketOf.keys()].filter((row) => bucketOf[row] === bucket);
        expect([...buckets.of(bucket)]).toEqual(expected);
      }
    }),
  );
});
