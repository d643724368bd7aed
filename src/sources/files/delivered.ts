/**
 * The fast path, for files as CloudTrail delivers them: one line of
 * `{"Records":[{"eventVersion":…},…]}`. Few records are calls of STS, so instead of parsing the
 * whole file it hops from one `eventSource` to the next, looks at its value, cuts the records of
 * STS out and reads those alone. It answers null when anything is not as expected; the file is
 * then parsed whole, and the two ways must give the same.
 */
import { normalise, type Normalised } from '../../cloudtrail/normalise.js';
import { glance } from './glance.js';
import { isRecord } from './shapes.js';

const OPENING = Buffer.from('{"Records":[');
const CLOSING = ']}';
const EMPTY = '{"Records":[]';
/**
 * The end of the key `eventSource`. Short needles that begin with a rare letter are found twice as
 * fast as the name of the service, although every record has one.
 */
const KEY_END = Buffer.from('Source');
const STS_VALUE = Buffer.from('"sts.amazonaws.com"');
/** White space and colon between key and value never take more than this in one line. */
const LOOKAHEAD = 64;
/** Cannot occur inside a JSON string, where its quotes would be escaped. */
const RECORD_START = Buffer.from('{"eventVersion":');
const FIRST_RECORD = Buffer.concat([OPENING, RECORD_START]);
/** How calls to the global endpoint end as a rule: there is no need to glance at them. */
const GLOBAL_END = Buffer.from('"clientProvidedHostHeader":"sts.amazonaws.com"}}');
const ESCAPE = Buffer.from('\\u00');

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const BRACKET = 0x5b;
const BRACE_END = 0x7d;

/** The records of STS; null when the file needs the thorough way. */
export function readDelivered(bytes: Buffer): readonly Normalised[] | null {
  const end = closingAt(bytes);
  if (end === null || hidesLetters(bytes)) return null;
  const records: Normalised[] = [];
  for (let at = bytes.indexOf(KEY_END); at >= 0;) {
    let next = at + KEY_END.length;
    // An escaped quote belongs to JSON inside a string, which may hold a record too.
    if (bytes[next] === BACKSLASH && mentionsSts(bytes, next)) return null;
    const value = bytes[next] === QUOTE ? valueAt(bytes, next + 1) : 0;
    // Notifications such as those of `aws:kinesis` may hold logs of their own.
    if (value > 0 && bytes[value + 4] === COLON) return null;
    if (value > 0 && isSts(bytes, value)) {
      const slice = sliceAround(bytes, at, end);
      const record = slice === null ? null : readRecord(bytes, slice);
      if (slice === null || record === null) return null;
      records.push(record);
      next = slice.end;
    }
    at = bytes.indexOf(KEY_END, next);
  }
  return records;
}

interface Slice {
  readonly start: number;
  readonly end: number;
}

/** Null when the slice is not a record. */
function readRecord(bytes: Buffer, { start, end }: Slice): Normalised | null {
  const isCall = bytes.subarray(end - GLOBAL_END.length, end).equals(GLOBAL_END);
  const event = isCall ? null : glance(bytes.toString('latin1', start, end));
  if (event !== null) return { kind: 'event', event };
  const record = parse(bytes, start, end);
  return isRecord(record) ? normalise(record) : null;
}

/** Where the value of a key begins, after a colon with any white space; 0 when none follows. */
function valueAt(bytes: Buffer, afterKey: number): number {
  // As CloudTrail writes it. This runs for every record.
  if (bytes[afterKey] === COLON && bytes[afterKey + 1] === QUOTE) return afterKey + 1;
  const colon = pastSpace(bytes, afterKey);
  return bytes[colon] === COLON ? pastSpace(bytes, colon + 1) : 0;
}

function isSts(bytes: Buffer, value: number): boolean {
  // The second letter is compared first: most services do not share it.
  if (bytes[value + 2] !== STS_VALUE[2]) return false;
  return bytes.subarray(value, value + STS_VALUE.length).equals(STS_VALUE);
}

function mentionsSts(bytes: Buffer, from: number): boolean {
  return bytes.toString('latin1', from, from + LOOKAHEAD).includes('sts.amazonaws.com');
}

/** Where the array of records ends, or null when the file does not have the delivered form. */
function closingAt(bytes: Buffer): number | null {
  const first = bytes.subarray(0, OPENING.length + RECORD_START.length);
  if (!first.equals(FIRST_RECORD) && !first.toString('latin1').startsWith(EMPTY)) return null;
  let end = bytes.length;
  while (isSpace(bytes[end - 1])) end -= 1;
  return bytes.toString('latin1', end - CLOSING.length, end) === CLOSING
    ? end - CLOSING.length
    : null;
}

/** Letters may be written as `\u0073`; no known writer does so, but then the needle is blind. */
function hidesLetters(bytes: Buffer): boolean {
  for (let at = bytes.indexOf(ESCAPE); at >= 0; at = bytes.indexOf(ESCAPE, at + 4)) {
    const code = Number.parseInt(bytes.toString('latin1', at + 4, at + 6), 16);
    if (/[A-Za-z0-9.]/.test(String.fromCharCode(code))) return true;
  }
  return false;
}

function sliceAround(bytes: Buffer, at: number, closing: number): Slice | null {
  const start = bytes.lastIndexOf(RECORD_START, at);
  if (start < 0 || !followsRecord(bytes, start)) return null;
  const next = bytes.indexOf(RECORD_START, at);
  if (next < 0) return { start, end: closing };
  const comma = beforeSpace(bytes, next);
  return bytes[comma] === COMMA ? { start, end: comma } : null;
}

/** A record that is nested in another one does not follow the opening or a whole record. */
function followsRecord(bytes: Buffer, start: number): boolean {
  const before = beforeSpace(bytes, start);
  if (bytes[before] === BRACKET) return before === OPENING.length - 1;
  return bytes[before] === COMMA && bytes[beforeSpace(bytes, before)] === BRACE_END;
}

function parse(bytes: Buffer, start: number, end: number): unknown {
  try {
    return JSON.parse(bytes.toString('utf8', start, end));
  } catch {
    return null;
  }
}

function pastSpace(bytes: Buffer, at: number): number {
  let place = at;
  while (isSpace(bytes[place])) place += 1;
  return place;
}

/** The place of the last byte before `at` that is not white space. */
function beforeSpace(bytes: Buffer, at: number): number {
  let place = at - 1;
  while (isSpace(bytes[place])) place -= 1;
  return place;
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
