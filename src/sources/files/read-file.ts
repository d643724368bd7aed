/**
 * From a path to scanned bytes. Files of ordinary size are read whole, which is fastest; larger
 * ones in pieces. What is found is left in the collector; when that fills up meanwhile, readers
 * yield it.
 */
import { closeSync, createReadStream, fstatSync, openSync, readSync } from 'node:fs';
import { Readable } from 'node:stream';
import type { Batch, Gap } from '../../contracts.js';
import { messageOf } from '../../errors.js';
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

/** Reads and scans one file. Whatever is wrong with it becomes a gap; only bugs are thrown. */
export async function* readLog(path: string, reading: Reading): FileReading {
  const scan = new Scan(reading, path);
  const read = yield* readInto(scan, path, reading);
  return outcomeOf(path, scan.result(), read);
}

/** Scans what was read whole elsewhere, under the name given. */
export async function* readContent(name: string, content: Buffer, reading: Reading): FileReading {
  const scan = new Scan(reading, name);
  const read = yield* scanContent(content, scan, reading);
  return outcomeOf(name, scan.result(), { ...read, bytes: content.length });
}

/** Reads and scans pieces, such as standard input, under the name given. */
export async function* readPieces(
  name: string,
  pieces: AsyncIterable<Buffer>,
  reading: Reading,
): FileReading {
  const scan = new Scan(reading, name);
  const read = yield* scanStream(pieces, scan, reading);
  return outcomeOf(name, scan.result(), { ...read, bytes: read.inflatedBytes });
}

type FileRead = Read & { readonly bytes: number };

async function* readInto(
  scan: Scan,
  path: string,
  reading: Reading,
): AsyncGenerator<Batch, FileRead, void> {
  let bytes = 0;
  try {
    const file = openSync(path, 'r');
    const status = fstatSync(file);
    bytes = status.size;
    const isSmall = status.isFile() && bytes <= reading.limits.wholeBytes;
    const read = isSmall
      ? scanContent(readAndClose(file, bytes), scan, reading)
      : scanStream(createReadStream(path, { fd: file, highWaterMark: 1 << 20 }), scan, reading);
    return { bytes, ...(yield* read) };
  } catch (error) {
    return { bytes, inflatedBytes: 0, problem: 'unreadable', detail: messageOf(error) };
  }
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

async function* scanContent(
  content: Buffer,
  scan: Scan,
  reading: Reading,
): AsyncGenerator<Batch, Read, void> {
  const text = inflated(content, reading.limits);
  const read = typeof text === 'string' ? null : scanWhole(text, text !== content, scan);
  if (read !== null) return read;
  const chunkSize = text === 'damaged' ? FINE : COARSE;
  // From here on others may read, and into what the content is kept in.
  return yield* scanStream(Readable.from([Buffer.from(content)]), scan, reading, chunkSize);
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

function outcomeOf(path: string, result: ScanResult, read: FileRead): FileOutcome {
  const { bytes, inflatedBytes, problem, detail } = read;
  const found = scanGaps(result, path, problem);
  const gaps = problem === null ? found : [readGap(problem, path, detail), ...found];
  return { path, result, gaps, bytes, inflatedBytes };
}
