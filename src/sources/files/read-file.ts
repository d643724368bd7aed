/**
 * From a path to scanned bytes. Files of ordinary size are read whole, which is fastest; larger
 * ones in pieces. What is found is left in the collector; when that fills up meanwhile, readers
 * yield it.
 */
import { closeSync, createReadStream, fstatSync, openSync, readSync } from 'node:fs';
import { Readable } from 'node:stream';
import type { Batch, Gap } from '../../contracts.js';
import { isBug, messageOf } from '../../errors.js';
import { inflateWhole } from './inflate.js';
import { COARSE, FINE } from './inflate-pieces.js';
import { readGap, scanGaps } from './problems.js';
import { type Limits, type Reading, Scan, type ScanResult } from './scan.js';
import { formatOf, SNIFFED } from './sniff.js';
import { problemOfFormat, type Read, scanStream } from './stream.js';

/** How reading one file went. */
export interface FileOutcome {
  readonly path: string;
  readonly result: ScanResult;
  readonly gaps: readonly Gap[];
  /** Size on disk, and the size of what was scanned. */
  readonly bytes: number;
  readonly inflatedBytes: number;
}

export type FileReading = AsyncGenerator<Batch, FileOutcome, void>;

const SMALLEST_STORE = 1024 * 1024;

/**
 * Reads and scans one file. Files of ordinary size are done with at once, without the cost of a
 * promise for each of them; for others, what is to be awaited comes back. Whatever is wrong with a
 * file becomes a gap; only bugs are thrown.
 */
export function readLog(path: string, reading: Reading): FileOutcome | FileReading {
  const scan = new Scan(reading, path);
  let bytes = 0;
  try {
    const file = openSync(path, 'r');
    const status = fstatSync(file);
    bytes = status.size;
    if (!status.isFile() || bytes > reading.limits.wholeBytes) {
      const pieces = createReadStream(path, { fd: file, highWaterMark: 1 << 20 });
      return scanPieces({ path, bytes, pieces }, scan, reading);
    }
    return scanContent(path, readAndClose(file, bytes), scan, reading);
  } catch (error) {
    if (isBug(error)) throw error;
    const read: Read = { inflatedBytes: 0, problem: 'unreadable', detail: messageOf(error) };
    return outcomeOf({ path, bytes }, scan, read);
  }
}

/** Scans what was read whole elsewhere, under the name given. */
export function readContent(
  path: string,
  content: Buffer,
  reading: Reading,
): FileOutcome | FileReading {
  return scanContent(path, content, new Scan(reading, path), reading);
}

/** Reads and scans pieces, such as standard input, under the name given. */
export function readPieces(
  path: string,
  pieces: AsyncIterable<Buffer>,
  reading: Reading,
): FileReading {
  return scanPieces({ path, bytes: null, pieces }, new Scan(reading, path), reading);
}

/** What {@link readLog} gives, as a reading in any case. */
export async function* toReading(read: FileOutcome | FileReading): FileReading {
  return isReading(read) ? yield* read : read;
}

export function isReading(read: FileOutcome | FileReading): read is FileReading {
  return Symbol.asyncIterator in read;
}

/** Reused from file to file: nothing waits between reading a file and scanning it. */
let store = Buffer.alloc(0);

function readAndClose(file: number, size: number): Buffer {
  if (store.length < size) store = Buffer.allocUnsafeSlow(Math.max(size, SMALLEST_STORE));
  try {
    let length = 0;
    for (let read = -1; read !== 0 && length < size; length += read) {
      read = readSync(file, store, length, size - length, null);
    }
    return store.subarray(0, length);
  } finally {
    closeSync(file);
  }
}

function scanContent(
  path: string,
  content: Buffer,
  scan: Scan,
  reading: Reading,
): FileOutcome | FileReading {
  const text = inflated(content, reading.limits);
  const read = typeof text === 'string' ? null : scanWhole(text, text !== content, scan);
  const bytes = content.length;
  if (read !== null) return outcomeOf({ path, bytes }, scan, read);
  const chunkSize = text === 'damaged' ? FINE : COARSE;
  // From here on others may read, and into what the content is kept in.
  const pieces = Readable.from([Buffer.from(content)]);
  return scanPieces({ path, bytes, pieces }, scan, reading, chunkSize);
}

interface Pieces {
  readonly path: string;
  /** Size on disk; null for what has none, of which the size of the text is taken. */
  readonly bytes: number | null;
  readonly pieces: AsyncIterable<Buffer>;
}

async function* scanPieces(
  { path, bytes, pieces }: Pieces,
  scan: Scan,
  reading: Reading,
  chunkSize = COARSE,
): FileReading {
  const read = yield* scanStream(pieces, scan, reading, chunkSize);
  return outcomeOf({ path, bytes: bytes ?? read.inflatedBytes }, scan, read);
}

/** The content itself when it is not compressed. */
function inflated(content: Buffer, limits: Limits): Buffer | 'damaged' | 'large' {
  const isGzip = formatOf(content.subarray(0, SNIFFED)) === 'gzip';
  const most = Math.min(limits.wholeBytes, limits.maxInflatedBytes);
  return isGzip ? inflateWhole(content, most) : content;
}

/** Null when the text is better read in pieces, being in another encoding. */
function scanWhole(text: Buffer, isChecked: boolean, scan: Scan): Read | null {
  const format = formatOf(text.subarray(0, SNIFFED));
  const problem = problemOfFormat(format);
  if (problem === null && format !== 'text') return null;
  if (problem === null) scan.whole(text, isChecked);
  return { inflatedBytes: text.length, problem };
}

function outcomeOf(
  { path, bytes }: Pick<FileOutcome, 'path' | 'bytes'>,
  scan: Scan,
  { inflatedBytes, problem, detail }: Read,
): FileOutcome {
  const result = scan.result();
  const found = scanGaps(result, path, problem);
  const gaps = problem === null ? found : [readGap(problem, path, detail), ...found];
  return { path, result, gaps, bytes, inflatedBytes };
}
