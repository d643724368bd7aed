import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { usableId, wordsOf } from '../../src/cloudtrail/event-id.js';
import { IdIndex } from '../../src/cloudtrail/id-index.js';

describe('IdIndex', () => {
  it('agrees with a Map on any ids', () => {
    const small = fc.integer({ min: 0, max: 3 });
    const word = fc.oneof(small, fc.integer({ min: 0, max: 0xffff_ffff }));
    const ids = fc.array(fc.tuple(word, word, word, word), { maxLength: 3000 });
    fc.assert(
      fc.property(ids, (list) => {
        const index = new IdIndex();
        const known = new Map<string, number>();
        for (const id of list) {
          const expected = known.get(id.join()) ?? -1;
          expect(index.find(id)).toBe(expected);
          if (expected < 0) known.set(id.join(), index.add(id));
        }
        expect(index.size).toBe(known.size);
      }),
      { numRuns: 40 },
    );
  });

  it('tells ids apart that differ in their last word alone', () => {
    const index = new IdIndex();
    for (let id = 0; id < 20_000; id += 1) index.add([1, 2, 3, id]);
    for (let id = 0; id < 20_000; id += 1) expect(index.find([1, 2, 3, id])).toBe(id);
  });

  it('finds every one of 200,000 ids again', () => {
    const index = new IdIndex();
    for (let id = 0; id < 200_000; id += 1) index.add([id, 0, 0, 1]);
    let found = 0;
    for (let id = 0; id < 200_000; id += 1) found += Number(index.find([id, 0, 0, 1]) === id);
    expect(found).toBe(200_000);
    expect(index.find([200_000, 0, 0, 1])).toBe(-1);
  });
});

describe('usableId', () => {
  it.each([
    ['-'],
    ['1111'],
    [''],
    [null],
    [7],
    ['XXXXXXXXXXX'],
    ['redacted'],
    ['00000000-0000-0000-0000-000000000000'],
    ['1491d7a5-EXAMPLE'],
  ])('refuses the placeholder %j', (value) => {
    expect(usableId(value)).toBeNull();
  });

  it('tells ids apart by all their digits, whatever their case', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.uuid(), (one, other) => {
        const words = (id: string): string => wordsOf(usableId(id) ?? '').join();
        expect(words(one.toUpperCase())).toBe(words(one));
        expect(words(one) === words(other)).toBe(one === other);
      }),
    );
  });
});
