/**
 * Scans text as a log, whole or in pieces of a size.
 */
import { Scan, type ScanResult } from '../../src/sources/files/scan.js';
import type { Json } from './records.js';

const ALWAYS = { from: null, to: null };

export function scan(text: string | Buffer, pieceSize?: number): ScanResult {
  const reader = new Scan(ALWAYS);
  const bytes = Buffer.from(text);
  if (pieceSize === undefined) reader.whole(bytes);
  else {
    for (let at = 0; at < bytes.length; at += pieceSize) {
      reader.piece(bytes.subarray(at, at + pieceSize));
    }
    reader.end();
  }
  return reader.result();
}

export const delivered = (...records: Json[]): string => JSON.stringify({ Records: records });
export const ids = ({ batch }: ScanResult): (string | null)[] =>
  batch.hits.map(({ eventId }) => eventId);
