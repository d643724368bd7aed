/**
 * Inflating piece by piece, so that memory stays bounded and nothing is lost but what is damaged.
 */
import { createGunzip, type Gunzip } from 'node:zlib';

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
