/**
 * Inflating in one piece, which is several times as fast as in many. Nothing here inflates to more
 * than it is allowed to.
 */
import { gunzipSync } from 'node:zlib';
import { ReusedInflate } from './reused-inflate.js';

/** Deflate cannot do better: https://zlib.net/zlib_tech.html */
const HIGHEST_RATIO = 1032;

/** A header of 10 bytes and a trailer of 8, with the inflated size in the last four. */
const SMALLEST_GZIP = 18;

/** `large` is content that inflates to more than `most` bytes. */
export function inflateWhole(content: Buffer, most: number): Buffer | 'damaged' | 'large' {
  if (content.length < SMALLEST_GZIP) return 'damaged';
  const size = content.readUInt32LE(content.length - 4);
  // What follows the compressed data may stand where the size should be.
  if (size > content.length * HIGHEST_RATIO) return 'damaged';
  if (size > most) return 'large';
  return reused.inflate(content, size) ?? gunzip(content, size, most);
}

const reused = new ReusedInflate();

function gunzip(content: Buffer, size: number, most: number): Buffer | 'damaged' | 'large' {
  const chunkSize = Math.max(size + 1, 1 << 16);
  try {
    const inflated: unknown = gunzipSync(content, { chunkSize, maxOutputLength: most, info: true });
    if (!isInflated(inflated)) return 'damaged';
    const { buffer, engine } = inflated;
    return isZero(content.subarray(engine.bytesWritten)) ? buffer : 'damaged';
  } catch (error) {
    return error instanceof RangeError ? 'large' : 'damaged';
  }
}

/** What `info: true` makes of the result; the types of Node.js do not tell. */
function isInflated(value: unknown): value is { buffer: Buffer; engine: { bytesWritten: number } } {
  return typeof value === 'object' && value !== null && 'buffer' in value && 'engine' in value;
}

function isZero(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === 0);
}

/** CloudWatch Logs sends at most 1 MB compressed to a subscriber. */
const LARGEST_PAYLOAD = 16 * 1024 * 1024;

/** Inflates payloads until they add up to more than `most` bytes: many small bombs are one. */
export class Payloads {
  #left: number;

  constructor(most: number) {
    this.#left = most;
  }

  /** Null when the payload is damaged, or too large by itself or after the ones before. */
  inflate(base64: string): string | null {
    const most = Math.min(LARGEST_PAYLOAD, this.#left);
    try {
      const bytes = gunzipSync(Buffer.from(base64, 'base64'), { maxOutputLength: most });
      this.#left -= bytes.length;
      return bytes.toString('utf8');
    } catch {
      return null;
    }
  }
}
