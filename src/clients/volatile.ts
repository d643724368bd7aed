/**
 * Takes out of a text what changes from run to run, so that groups do not split by it: UUIDs, long
 * hexadecimal and long decimal numbers, random ids.
 */

const HEX = 1;
const DIGIT = 2;
const LETTER = 4;

/** What a character is, as a set of the bits above; 0 ends a run. */
function kindOf(code: number): number {
  if (code >= 48 && code <= 57) return DIGIT | HEX;
  const lower = code | 32;
  if (lower >= 97 && lower <= 102) return LETTER | HEX;
  return lower > 102 && lower <= 122 ? LETTER : 0;
}

interface Run {
  readonly end: number;
  readonly digits: number;
  readonly hexadecimal: boolean;
}

function runAt(text: string, start: number): Run {
  let end = start;
  let digits = 0;
  let hexadecimal = true;
  for (; end < text.length; end += 1) {
    const kind = kindOf(text.charCodeAt(end));
    if (kind === 0) break;
    if (kind & DIGIT) digits += 1;
    if (!(kind & HEX)) hexadecimal = false;
  }
  return { end, digits, hexadecimal };
}

const UUID_LENGTH = 36;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Where a UUID that starts here ends; -1 when none does. */
function endOfUuid(text: string, start: number): number {
  const end = start + UUID_LENGTH;
  return text.charCodeAt(start + 8) === 45 && UUID.test(text.slice(start, end)) ? end : -1;
}

/** Epoch times have nine digits and more, commit ids eight hexadecimal ones, random ids twenty. */
function isVolatile(run: Run, length: number): boolean {
  const letters = length - run.digits;
  if (letters === 0) return length >= 9;
  if (run.hexadecimal && length >= (run.digits > 0 ? 8 : 12)) return true;
  return length >= 20 && run.digits > 0;
}

/** The text without its volatile runs; the separators around them stay. */
export function withoutVolatile(text: string): string {
  let kept = '';
  let from = 0;
  let index = 0;
  while (index < text.length) {
    const run = runAt(text, index);
    const uuid = run.end - index >= 8 ? endOfUuid(text, index) : -1;
    const end = uuid < 0 ? run.end : uuid;
    if (uuid >= 0 || isVolatile(run, run.end - index)) {
      kept += text.slice(from, index);
      from = end;
    }
    index = end === index ? index + 1 : end;
  }
  return from === 0 ? text : kept + text.slice(from);
}

/** Words that differ between calls of one program: feature letters and session ids. */
const VOLATILE_WORDS = ['m/', 'sid/', 'md/run_id#', 'md/attempt#'];
const LONGEST = 100;

const EDGE = /^[-_./#:;,=@+*~ ]$/;

/** Without the separators that a removed run leaves at the edges. */
function trimEdges(word: string): string {
  let start = 0;
  let end = word.length;
  while (start < end && EDGE.test(word.charAt(start))) start += 1;
  while (end > start && EDGE.test(word.charAt(end - 1))) end -= 1;
  return word.slice(start, end);
}

/** At most `limit` UTF-16 units, never half a character. */
function cap(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const last = text.charCodeAt(limit - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? limit - 1 : limit).trimEnd();
}

function stableWord(word: string): string {
  if (VOLATILE_WORDS.some((start) => word.startsWith(start))) return '';
  const stable = withoutVolatile(word);
  return stable === word ? word : trimEdges(stable);
}

/** What stays the same of an unknown user agent, at most 100 characters; '' when nothing does. */
export function stableText(text: string): string {
  let kept = '';
  for (let start = 0; start < text.length && kept.length <= LONGEST;) {
    const space = text.indexOf(' ', start);
    const end = space < 0 ? text.length : space;
    const word = stableWord(text.slice(start, end));
    if (word !== '') kept += kept === '' ? word : ` ${word}`;
    start = end + 1;
  }
  return cap(kept, LONGEST);
}
