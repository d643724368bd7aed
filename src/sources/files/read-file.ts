/**
 * From a path to scanned bytes. Files of ordinary size are read whole, which is fastest; larger
 * ones in pieces.
 */
import { createReadStream, readFileSync, statSync } from 'node:fs';
import { Readable } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import type { Gap, Window } from '../../contracts.js';
import { messageOf } from '../../errors.js';
import { readGap, scanGaps } from './problems.js';
import { Scan, type ScanResult } from './scan.js';
import { formatOf, SNIFFED } from './sniff.js';
import { type Limits, problemOfFormat, type Read, scanStream } from './stream.js';

export interface FileOutcome {
  readonly path: string;
  readonly result: ScanResult;
  readonly gaps: readonly Gap[];
  /** Size on disk, and the size of what was scanned. */
  readonly bytes: number;
  readonly inflatedBytes: number;
}

/** CloudTrail's files are at most 50 MB inflated. */
const READ_WHOLE = 64 * 1024 * 1024;

/** Reads and scans one file. Whatever is wrong with it becomes a gap; only bugs are thrown. */
export async function readLog(path: string, window: Window, limits: Limits): Promise<FileOutcome> {
  const scan = new Scan(window);
  const read = await readInto(scan, path, limits);
  return outcomeOf(path, scan.result(), read);
}

/** Reads and scans pieces, such as standard input, under the name given. */
export async function readPieces(
  name: string,
  pieces: AsyncIterable<Buffer>,
  window: Window,
  limits: Limits,
): Promise<FileOutcome> {
  const scan = new Scan(window);
  const read = await scanStream(pieces, scan, limits);
  return outcomeOf(name, scan.result(), { ...read, bytes: read.inflatedBytes });
}

type FileRead = Read & { readonly bytes: number };

async function readInto(scan: Scan, path: string, limits: Limits): Promise<FileRead> {
  let bytes = 0;
  try {
    const status = statSync(path);
    bytes = status.size;
    if (!status.isFile() || bytes > READ_WHOLE) {
      const pieces = createReadStream(path, { highWaterMark: 1 << 20 });
      return { bytes, ...(await scanStream(pieces, scan, limits)) };
    }
    const content = readFileSync(path);
    const read =
      scanWhole(content, scan, limits) ?? (await scanStream(once(content), scan, limits));
    return { bytes, ...read };
  } catch (error) {
    return { bytes, inflatedBytes: 0, problem: 'unreadable', detail: messageOf(error) };
  }
}

function once(content: Buffer): AsyncIterable<Buffer> {
  return Readable.from([content]);
}

/** Null when the content is better read in pieces: damaged, too large, or in another encoding. */
function scanWhole(content: Buffer, scan: Scan, limits: Limits): Read | null {
  const isGzip = formatOf(content.subarray(0, SNIFFED)) === 'gzip';
  const bytes = isGzip ? inflate(content, Math.min(READ_WHOLE, limits.maxInflatedBytes)) : content;
  if (bytes === null) return null;
  const format = formatOf(bytes.subarray(0, SNIFFED));
  const problem = problemOfFormat(format);
  if (problem === null && format !== 'text') return null;
  if (problem === null) scan.whole(bytes);
  return { inflatedBytes: bytes.length, problem };
}

/** The size in the last four bytes lets the inflater work in one piece. */
function inflate(content: Buffer, most: number): Buffer | null {
  if (content.length < 18) return null;
  const size = content.readUInt32LE(content.length - 4);
  if (size > most) return null;
  try {
    const chunkSize = Math.max(size + 1, 1 << 16);
    return gunzipSync(content, { chunkSize, maxOutputLength: most });
  } catch {
    return null;
  }
}

function outcomeOf(path: string, result: ScanResult, read: FileRead): FileOutcome {
  const { bytes, inflatedBytes, problem, detail } = read;
  const gaps = scanGaps(result, path);
  if (problem !== null) gaps.unshift(readGap(problem, path, detail));
  return { path, result, gaps, bytes, inflatedBytes };
}
