import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gzipSync } from 'node:zlib';
import { ReusedInflate } from '../../../src/sources/files/reused-inflate.js';

const BYTES = fc.uint8Array({ maxLength: 5000 }).map((bytes) => Buffer.from(bytes));

/** As `gzip` writes it, which keeps the name of the file. */
function named(gzip: Buffer, name: string): Buffer {
  const header = Buffer.from(gzip.subarray(0, 10));
  header[3] = 8;
  return Buffer.concat([header, Buffer.from(`${name}\0`), gzip.subarray(10)]);
}

describe('a reused stream', () => {
  it('inflates one gzip after another to what was compressed', () => {
    const reused = new ReusedInflate();
    fc.assert(
      fc.property(BYTES, fc.boolean(), (bytes, isNamed) => {
        const gzip = isNamed ? named(gzipSync(bytes), 'a.json') : gzipSync(bytes);
        expect(reused.inflate(gzip, bytes.length)).toEqual(bytes);
      }),
    );
  });

  it('gives nothing that its checksum does not vouch for, and goes on after damage', () => {
    const reused = new ReusedInflate();
    fc.assert(
      fc.property(BYTES, fc.nat(), fc.integer({ min: 1, max: 255 }), (bytes, at, change) => {
        const gzip = gzipSync(bytes);
        const damaged = Buffer.from(gzip);
        const place = 10 + (at % (gzip.length - 10));
        damaged[place] = (damaged[place] ?? 0) ^ change;
        expect([null, bytes]).toContainEqual(reused.inflate(damaged, bytes.length));
        expect(reused.inflate(gzip, bytes.length)).toEqual(bytes);
      }),
    );
  });

  it('does not take what an earlier copy left behind for a damaged one', () => {
    const reused = new ReusedInflate();
    const gzip = gzipSync('0123456789');
    reused.inflate(gzip, 10);
    const damaged = Buffer.from(gzip);
    damaged[10] = 0xff;
    expect(reused.inflate(damaged, 10)).toBeNull();
  });

  it.each([
    ['of a larger size', (gzip: Buffer) => gzip, 9],
    ['of a smaller size', (gzip: Buffer) => gzip, 11],
    ['cut short', (gzip: Buffer) => gzip.subarray(0, -1), 10],
    ['with something behind it', (gzip: Buffer) => Buffer.concat([gzip, Buffer.from('x')]), 10],
    ['of two members', (gzip: Buffer) => Buffer.concat([gzip, gzip]), 20],
    ['of a header alone', (gzip: Buffer) => gzip.subarray(0, 18), 10],
    ['with a name that does not end', (gzip: Buffer) => named(gzip.subarray(0, 10), 'a'), 10],
  ])('leaves a gzip %s to others', (_what, change, size) => {
    expect(new ReusedInflate().inflate(change(gzipSync('0123456789')), size)).toBeNull();
  });

  it('leaves everything to others where Node.js is made otherwise', () => {
    const gzip = gzipSync('0123456789');
    expect(new ReusedInflate(() => null).inflate(gzip, 10)).toBeNull();
  });
});
