/**
 * Cuts single records out of a log as CloudTrail delivers it, without parsing what is around them.
 */

/** How the array of records begins. */
export const OPENING = Buffer.from('{"Records":[');
/** Cannot occur inside a JSON string, where its quotes would be escaped. */
export const RECORD_START = Buffer.from('{"eventVersion":');

/** How a record goes on, in the form in which CloudTrail delivers it. */
const WHOLE_START = /^\{"eventVersion":"[\d.]{1,8}","userIdentity":/;
const LONGEST_START = 48;

const COMMA = 0x2c;
const BRACKET = 0x5b;
const BRACE_END = 0x7d;

/** Of the record in the log: its first byte, and the one behind its last. */
export interface Slice {
  readonly start: number;
  readonly end: number;
}

/** The record around a place; null when it does not stand where records do. `closing` ends the array. */
export function sliceAround(bytes: Buffer, at: number, closing: number): Slice | null {
  const start = bytes.lastIndexOf(RECORD_START, at);
  if (start < 0 || !followsRecord(bytes, start)) return null;
  const next = bytes.indexOf(RECORD_START, at);
  if (next < 0) return { start, end: closing };
  const comma = beforeSpace(bytes, next);
  const isBetween = bytes[comma] === COMMA && beginsRecord(bytes, next);
  return isBetween ? { start, end: comma } : null;
}

/** A list inside a record may hold what looks like one, but it does not go on like one. */
function beginsRecord(bytes: Buffer, start: number): boolean {
  return WHOLE_START.test(bytes.toString('latin1', start, start + LONGEST_START));
}

/** A record that is nested in another one does not follow the opening or a whole record. */
function followsRecord(bytes: Buffer, start: number): boolean {
  const before = beforeSpace(bytes, start);
  if (bytes[before] === BRACKET) return before === OPENING.length - 1;
  return bytes[before] === COMMA && bytes[beforeSpace(bytes, before)] === BRACE_END;
}

/** Null when the slice is no JSON. */
export function parseSlice(bytes: Buffer, { start, end }: Slice): unknown {
  try {
    return JSON.parse(bytes.toString('utf8', start, end));
  } catch {
    return null;
  }
}

/** The place of the last byte before `at` that is not white space. */
function beforeSpace(bytes: Buffer, at: number): number {
  let place = at - 1;
  while (isSpace(bytes[place])) place -= 1;
  return place;
}

export function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
