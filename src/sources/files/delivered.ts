/**
 * The fast path, for files as CloudTrail delivers them: one line of
 * `{"Records":[{"eventVersion":…},…]}`. Few records are calls of STS, so instead of parsing the
 * whole file it hops from one `eventSource` to the next, looks at its value, cuts the records of
 * STS out and reads those alone. It answers null when anything is not as expected; the file is
 * then parsed whole, and the two ways must give the same.
 */
import { normalise, type Normalised } from '../../cloudtrail/normalise.js';
import { glance } from './glance.js';
import {
  isSpace,
  OPENING,
  parseSlice,
  RECORD_START,
  type Slice,
  sliceAround,
} from './record-slice.js';
import { isManagementRead, isRecord } from './shapes.js';

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
const FIRST_RECORD = Buffer.concat([OPENING, RECORD_START]);
/** How calls to the global endpoint end as a rule: there is no need to glance at them. */
const GLOBAL_END = Buffer.from('"clientProvidedHostHeader":"sts.amazonaws.com"}}');
const ESCAPE = Buffer.from('\\u00');

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;

/** What a delivered log says. */
export interface Delivered {
  /** Its records of STS. */
  readonly records: readonly Normalised[];
  /** Whether a management event that reads is in it. */
  readonly showsTrail: boolean;
}

/** Null when the file needs the thorough way. */
export function readDelivered(bytes: Buffer): Delivered | null {
  const end = closingAt(bytes);
  if (end === null || hidesLetters(bytes)) return null;
  const records = recordsOfSts(bytes, end);
  const showsTrail = records === null ? null : holdsManagementRead(bytes, end);
  return records === null || showsTrail === null ? null : { records, showsTrail };
}

function recordsOfSts(bytes: Buffer, end: number): readonly Normalised[] | null {
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

/** Null when the slice is not a record. */
function readRecord(bytes: Buffer, slice: Slice): Normalised | null {
  const { start, end } = slice;
  const isCall = bytes.subarray(end - GLOBAL_END.length, end).equals(GLOBAL_END);
  const event = isCall ? null : glance(bytes.toString('latin1', start, end));
  if (event !== null) return { kind: 'event', event };
  const record = parseSlice(bytes, slice);
  return isRecord(record) ? normalise(record) : null;
}

/** In the order in which CloudTrail writes these keys of a record; an account is in between. */
const READ = Buffer.from('"readOnly":true,"eventType":"AwsApiCall","managementEvent":true,"recipientAccountId":"'); // prettier-ignore
const SOURCE_END = Buffer.from('.amazonaws.com","eventName":');
const OF_MANAGEMENT = Buffer.from('","eventCategory":"Management"');
const ACCOUNT_DIGITS = 12;
const MANAGEMENT = Buffer.from('"Management"');

/** Whether the first read is one, told without parsing it, as nearly always. */
function beginsWithOne(bytes: Buffer): boolean {
  const read = bytes.indexOf(READ);
  if (read < 0) return false;
  const before = bytes.subarray(bytes.lastIndexOf(RECORD_START, read), read);
  const category = read + READ.length + ACCOUNT_DIGITS;
  const after = bytes.subarray(category, category + OF_MANAGEMENT.length);
  return after.equals(OF_MANAGEMENT) && before.includes(SOURCE_END);
}

/** In one record, as the thorough way asks; most logs begin with one. Null when it cannot tell. */
function holdsManagementRead(bytes: Buffer, end: number): boolean | null {
  if (beginsWithOne(bytes)) return true;
  for (let at = bytes.indexOf(MANAGEMENT); at >= 0;) {
    const slice = sliceAround(bytes, at, end);
    if (slice === null) return null;
    const record = parseSlice(bytes, slice);
    if (!isRecord(record)) return null;
    if (isManagementRead(record)) return true;
    at = bytes.indexOf(MANAGEMENT, slice.end);
  }
  return false;
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

function pastSpace(bytes: Buffer, at: number): number {
  let place = at;
  while (isSpace(bytes[place])) place += 1;
  return place;
}
