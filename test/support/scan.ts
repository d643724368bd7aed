/**
 * Scans text as a log, whole or in pieces of a size.
 */
import { Collector } from '../../src/cloudtrail/collector.js';
import type { Batch } from '../../src/contracts.js';
import { Scan, type ScanResult } from '../../src/sources/files/scan.js';
import type { Json } from './records.js';

const ALWAYS = { from: null, to: null };

export type Scanned = ScanResult & { readonly batch: Batch };

export function scan(
  text: string | Buffer,
  pieceSize?: number,
  maxInflatedBytes = 1 << 30,
): Scanned {
  const collector = new Collector(ALWAYS);
  const reader = new Scan({ collector, limits: { maxInflatedBytes, wholeBytes: 1 << 26 } }, '-');
  const bytes = Buffer.from(text);
  if (pieceSize === undefined) reader.whole(bytes, true);
  else {
    for (let at = 0; at < bytes.length; at += pieceSize) {
      reader.piece(bytes.subarray(at, at + pieceSize));
    }
    reader.end();
  }
  return { ...reader.result(), batch: collector.drain() };
}

export const delivered = (...records: Json[]): string => JSON.stringify({ Records: records });
export const ids = ({ batch }: Scanned): (string | null)[] =>
  batch.hits.map(({ eventId }) => eventId);
