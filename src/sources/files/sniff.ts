/**
 * What bytes are, told by how they begin; names of files cannot be relied on.
 */

export type Format = 'empty' | 'gzip' | 'text' | 'utf-16le' | 'utf-16be' | 'event-history-csv' | 'other'; // prettier-ignore

/** Bytes that suffice to tell the format. */
export const SNIFFED = 512;
/** Bytes in which a log that has lost its beginning shows a key of a record. */
export const SNIFFED_FOR_KEYS = 65_536;

/** How CloudTrail's own logs begin: most need no further look. */
const DELIVERED = Buffer.from('{"Records":[');

export function formatOf(head: Buffer): Format {
  if (head.length === 0) return 'empty';
  if (head.subarray(0, DELIVERED.length).equals(DELIVERED)) return 'text';
  if (head[0] === 0x1f && head[1] === 0x8b) return 'gzip';
  const wide = wideEncodingOf(head);
  if (wide !== null) {
    return isEventHistory(new TextDecoder(wide).decode(head)) ? 'event-history-csv' : wide;
  }
  const text = head
    .toString('latin1')
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .trimStart();
  if (isEventHistory(text)) return 'event-history-csv';
  return isBinary(text) ? 'other' : 'text';
}

/** As spreadsheets on Windows save text, told by the mark at its beginning. */
function wideEncodingOf(head: Buffer): 'utf-16le' | 'utf-16be' | null {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  return head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : null;
}

/** What a file of unknown name may be: `packed` is in a compression that cannot be read here. */
export type Likeness = 'log' | 'packed' | 'no-log';

export function likenessOf(head: Buffer): Likeness {
  if (PACKED.some((magic) => head.subarray(0, magic.length).equals(magic))) return 'packed';
  const format = formatOf(head);
  if (format === 'empty' || format === 'other') return 'no-log';
  if (format !== 'text') return 'log';
  const text = head.toString('latin1');
  return /^(?:\u00ef\u00bb\u00bf)?\s*[{[]/.test(text) || CUT_LOG.test(text) ? 'log' : 'no-log';
}

/** How zstd, xz, bzip2, lz4 and Parquet begin. */
const PACKED = ['28b52ffd', 'fd377a585a00', '425a68', '04224d18', '50415231'].map((hex) =>
  Buffer.from(hex, 'hex'),
);

/** A log whose beginning is lost still has the keys of a record. */
const CUT_LOG =
  /"(?:eventVersion|userIdentity|sessionContext|accessKeyId|eventTime|eventSource|awsRegion)"\s*:/;

/** The console's download has a header such as `Event ID,Event name,Event time,Event source,…`. */
function isEventHistory(text: string): boolean {
  const header = (text.split('\n', 1)[0] ?? '').toLowerCase();
  return !/^[{[]/.test(text) && header.includes('event time') && header.includes('event source');
}

/** Archives, Parquet and other compressions hold NUL or other control bytes early on. */
function isBinary(text: string): boolean {
  return /[\u0000-\u0008\u000e-\u001f]/.test(text.slice(0, 256)) || text.startsWith('PAR1');
}
