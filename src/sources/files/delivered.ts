/**
 * The fast path, for files as CloudTrail delivers them: one line of
 * `{"Records":[{"eventVersion":…},…]}`. Few records are calls of STS, so instead of parsing the
 * whole file it hops from one `sts.amazonaws.com` to the next, cuts the record around it out and
 * parses that slice alone. It answers null when anything is not as expected; the file is then
 * parsed whole, and the two ways must give the same.
 */
import type { StsEvent } from '../../cloudtrail/normalise.js';
import { glance } from './glance.js';

const OPENING = Buffer.from('{"Records":[');
const CLOSING = ']}';
const NEEDLE = Buffer.from('sts.amazonaws.com');
/** Cannot occur inside a JSON string, where its quotes would be escaped. */
const RECORD_START = Buffer.from('{"eventVersion":');
const ESCAPE = Buffer.from('\\u00');

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const BRACKET = 0x5b;
const BRACE_END = 0x7d;

export interface Delivered {
  /** Events that were told at a glance; none of them is a hit. */
  readonly events: readonly StsEvent[];
  /** Records that mention STS, parsed. */
  readonly records: readonly unknown[];
}

/** Null when the file needs the thorough way. */
export function readDelivered(bytes: Buffer): Delivered | null {
  const end = closingAt(bytes);
  if (end === null || hidesLetters(bytes)) return null;
  const events: StsEvent[] = [];
  const records: unknown[] = [];
  for (let at = bytes.indexOf(NEEDLE); at >= 0;) {
    let next = at + NEEDLE.length;
    // A quote that is escaped belongs to JSON inside a string, which may hold a record too.
    if (bytes[next] === BACKSLASH) return null;
    if (bytes[next] === QUOTE && bytes[at - 1] === QUOTE) {
      const slice = sliceAround(bytes, at, end);
      if (slice === null) return null;
      const event = glance(bytes.toString('latin1', slice.start, slice.end));
      const record = event === null ? parse(bytes, slice.start, slice.end) : null;
      if (event !== null) events.push(event);
      else if (record === null) return null;
      else records.push(record);
      next = slice.end;
    }
    at = bytes.indexOf(NEEDLE, next);
  }
  return { events, records };
}

/** Where the array of records ends, or null when the file does not have the delivered form. */
function closingAt(bytes: Buffer): number | null {
  if (!bytes.subarray(0, OPENING.length).equals(OPENING)) return null;
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

function sliceAround(
  bytes: Buffer,
  at: number,
  closing: number,
): { start: number; end: number } | null {
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

/** The place of the last byte before `at` that is not white space. */
function beforeSpace(bytes: Buffer, at: number): number {
  let place = at - 1;
  while (isSpace(bytes[place])) place -= 1;
  return place;
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
