/**
 * Inflating a file in one piece, which is several times as fast as in many.
 */
import { gunzipSync } from 'node:zlib';

/** A header of 10 bytes and a trailer of 8, with the inflated size in the last four. */
const SMALLEST_GZIP = 18;

/** Null when the content is damaged, or inflates to more than `most` bytes. */
export function inflateWhole(content: Buffer, most: number): Buffer | null {
  if (content.length < SMALLEST_GZIP) return null;
  const size = content.readUInt32LE(content.length - 4);
  if (size > most) return null;
  try {
    return gunzipSync(content, { chunkSize: Math.max(size + 1, 1 << 16), maxOutputLength: most });
  } catch {
    return null;
  }
}
