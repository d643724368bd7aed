/**
 * Inflating in one piece, which is several times as fast as in many. Nothing here inflates to more
 * than it is allowed to.
 */
import { createGunzip, type Gunzip, gunzipSync } from 'node:zlib';

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

/** Pieces of output: what the last of them would have held is lost when the input is damaged. */
export const FINE = 64;
export const COARSE = 1 << 16;
/** Inflates to 17 MB at most. */
const INPUT = 1 << 14;

/**
 * Inflates pieces. Rejects when they are damaged, after what came before; also when something
 * follows that zlib passes over: it takes a zero byte after a member for padding.
 */
export async function* inflatePieces(
  pieces: AsyncIterable<Buffer>,
  chunkSize: number,
): AsyncGenerator<Buffer, void> {
  const inflating = new Inflating(chunkSize);
  let [length, lastNonZero] = [0, -1];
  try {
    for await (const piece of finelyAtEnd(pieces)) {
      const last = piece.findLastIndex((byte) => byte !== 0);
      if (last >= 0) lastNonZero = length + last;
      length += piece.length;
      yield* inflating.step((gunzip, done) => gunzip.write(piece, done));
    }
    // The stream says that it is done before it has looked at what is missing.
    yield* inflating.step((gunzip) => gunzip.end());
    if (lastNonZero >= inflating.bytesRead) throw new TrailingData();
  } finally {
    inflating.stop();
  }
}

/** zlib's stream, step by step: read as a stream, it drops what it holds when it fails. */
class Inflating {
  readonly #gunzip: Gunzip;
  #output: Buffer[] = [];
  readonly #failure: Promise<Error>;
  readonly #end: Promise<null>;
  #ended = false;

  constructor(chunkSize: number) {
    this.#gunzip = createGunzip({ chunkSize });
    this.#gunzip.on('data', (piece: Buffer) => this.#output.push(piece));
    this.#failure = new Promise((resolve) => this.#gunzip.once('error', resolve));
    this.#end = new Promise((resolve) => {
      this.#gunzip.once('end', () => {
        this.#ended = true;
        resolve(null);
      });
    });
  }

  get bytesRead(): number {
    return this.#gunzip.bytesWritten;
  }

  /** Yields what comes of a step, and throws when it fails. After the end of the data, nothing. */
  async *step(
    take: (gunzip: Gunzip, done: (failure?: Error | null) => void) => void,
  ): AsyncGenerator<Buffer, void> {
    if (this.#ended) return;
    const done = new Promise<Error | null>((resolve) => {
      take(this.#gunzip, (failure) => resolve(failure ?? null));
    });
    const failure = await Promise.race([this.#failure, this.#end, done]);
    const output = this.#output;
    this.#output = [];
    yield* output;
    if (failure !== null) throw failure;
  }

  stop(): void {
    this.#gunzip.destroy();
  }
}

/** Bytes at the end that are inflated one at a time. */
const TAIL = 1 << 10;

/** Most damage is at the end: data that is cut, a wrong checksum, something that follows. */
async function* finelyAtEnd(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let tail = Buffer.alloc(0);
  for await (const piece of pieces) {
    const all = Buffer.concat([tail, piece]);
    const end = Math.max(0, all.length - TAIL);
    yield* cut(all.subarray(0, end), INPUT);
    tail = all.subarray(end);
  }
  yield* cut(tail, 1);
}

function* cut(piece: Buffer, length: number): Generator<Buffer> {
  for (let at = 0; at < piece.length; at += length) yield piece.subarray(at, at + length);
}

/** Data after the end of what was compressed. */
export class TrailingData extends Error {
  constructor() {
    super('data that is no gzip follows');
  }
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
