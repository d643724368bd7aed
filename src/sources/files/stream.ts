/**
 * Scans a log that comes in pieces: a large file, standard input, an object of a bucket. Memory
 * stays bounded whatever the size.
 */
import type { Batch } from '../../contracts.js';
import { isBug, messageOf } from '../../errors.js';
import { COARSE, inflatePieces, TrailingData } from './inflate-pieces.js';
import type { ReadProblem } from './problems.js';
import type { Limits, Reading, Scan } from './scan.js';
import { type Format, formatOf, SNIFFED } from './sniff.js';

/** How reading went. What was read before a problem counts. */
export interface Read {
  readonly inflatedBytes: number;
  readonly problem: ReadProblem | null;
  readonly detail?: string;
}

type Pieces = AsyncIterable<Buffer>;

/**
 * Scans all pieces; yields what was found whenever it is much. Problems of the log become part of
 * the result; errors of the stream too.
 */
export async function* scanStream(
  pieces: Pieces,
  scan: Scan,
  { collector, limits }: Reading,
  chunkSize = COARSE,
): AsyncGenerator<Batch, Read, void> {
  let inflatedBytes = 0;
  try {
    for await (const piece of textOf(pieces, { limits, chunkSize })) {
      inflatedBytes += piece.length;
      scan.piece(piece);
      if (collector.isFull) yield collector.drain();
    }
  } catch (error) {
    if (isBug(error)) throw error;
    scan.end();
    return { inflatedBytes, ...problemOf(error) };
  }
  scan.end();
  return { inflatedBytes, problem: null };
}

/** Thrown for a log that cannot be read, or not to its end. */
class Unfit extends Error {
  readonly problem: ReadProblem;

  constructor(problem: ReadProblem) {
    super(problem);
    this.problem = problem;
  }
}

/** A format that cannot be scanned, as a problem; null when it can be. */
export function problemOfFormat(format: Format): ReadProblem | null {
  if (format === 'empty') return 'empty-file';
  if (format === 'other') return 'unsupported-format';
  return format === 'event-history-csv' ? format : null;
}

/** A download may be compressed once more on the way; a gzip that holds itself has no end. */
const MOST_LAYERS = 2;

interface Inflating {
  readonly limits: Limits;
  readonly chunkSize: number;
}

async function* textOf(pieces: Pieces, how: Inflating, layers = 0): AsyncGenerator<Buffer> {
  const { head, all } = await peek(pieces);
  const format = formatOf(head);
  const problem = layers > MOST_LAYERS ? 'unsupported-format' : problemOfFormat(format);
  if (problem !== null) throw new Unfit(problem);
  if (format === 'gzip') {
    yield* textOf(upTo(how.limits, inflatePieces(all, how.chunkSize)), how, layers + 1);
  } else if (format === 'text') yield* all;
  else yield* decode(all, format);
}

async function* upTo({ maxInflatedBytes }: Limits, pieces: Pieces): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const piece of pieces) {
    bytes += piece.length;
    if (bytes > maxInflatedBytes) throw new Unfit('too-large');
    yield piece;
  }
}

async function* decode(pieces: Pieces, encoding: Format): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder(encoding);
  for await (const piece of pieces) yield Buffer.from(decoder.decode(piece, { stream: true }));
  yield Buffer.from(decoder.decode());
}

/** The first bytes, and the pieces with those bytes in front again. */
async function peek(pieces: Pieces): Promise<{ head: Buffer; all: AsyncGenerator<Buffer> }> {
  const iterator = pieces[Symbol.asyncIterator]();
  let head = Buffer.alloc(0);
  let next = await iterator.next();
  while (next.done !== true) {
    head = Buffer.concat([head, next.value]);
    if (head.length >= SNIFFED) break;
    next = await iterator.next();
  }
  return { head: head.subarray(0, SNIFFED), all: resume(head, iterator) };
}

async function* resume(head: Buffer, iterator: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  try {
    if (head.length > 0) yield head;
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) {
      yield next.value;
    }
  } finally {
    await iterator.return?.();
  }
}

function problemOf(error: unknown): { problem: ReadProblem | null; detail?: string } {
  // That the run was interrupted is said once, not for each log.
  if (error instanceof Error && error.name === 'AbortError') return { problem: null };
  if (error instanceof Unfit) return { problem: error.problem };
  if (error instanceof TrailingData) return { problem: 'corrupt', detail: error.message };
  const detail = messageOf(error);
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return { problem: code.startsWith('Z_') ? 'corrupt' : 'unreadable', detail };
}
