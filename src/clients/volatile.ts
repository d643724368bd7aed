/**
 * Takes out of a text what changes from run to run, so that groups do not split by it: UUIDs, dates
 * and times, names of hosts and pods, commit ids, long numbers, random ids.
 */

const HEX = 1;
const DIGIT = 2;
const LETTER = 4;
const HYPHEN = 45;

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

/**
 * Shapes that change from run to run, each matched where a run of letters and digits starts. All are
 * bounded, so none reads on.
 */
const SHAPES: readonly RegExp[] = [
  /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/iy,
  // 2026-10-01, 20261001, and either with a time
  /20\d\d(-?)(?:0[1-9]|1[0-2])\1(?:0[1-9]|[12]\d|3[01])(?:[T_-]?[0-2]\d(?:[:-]?[0-5]\d){1,2}(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?)?(?![0-9A-Za-z])/y,
  // a host of EC2
  /ip-\d{1,3}-\d{1,3}-\d{1,3}-\d{1,3}(?:\.[a-z0-9-]{1,20}){0,3}(?![0-9A-Za-z])/y,
];

/** The two random parts that end the name of a Deployment's pod. */
const POD = /([a-z0-9]{8,10})-([a-z0-9]{5})(?![0-9A-Za-z-])/y;
/** Random parts have digits, or none of the letters that could make a word. */
const NO_WORD = /\d|^[bcdfghjklmnpqrstvwxz]+$/;

function endOfShape(text: string, start: number, shape: RegExp): number {
  shape.lastIndex = start;
  return shape.test(text) ? shape.lastIndex : -1;
}

function endOfPod(text: string, start: number): number {
  if (text.charCodeAt(start - 1) !== HYPHEN) return -1;
  POD.lastIndex = start;
  const [, replicaSet = '', pod = ''] = POD.exec(text) ?? [];
  return NO_WORD.test(replicaSet) && NO_WORD.test(pod) ? POD.lastIndex : -1;
}

/** Where a volatile shape that starts here ends; -1 when none does. */
function endOfVolatile(text: string, start: number): number {
  for (const shape of SHAPES) {
    const end = endOfShape(text, start, shape);
    if (end >= 0) return end;
  }
  return endOfPod(text, start);
}

/** Epoch times have nine digits and more, commit ids seven hexadecimal ones, random ids twenty. */
function isVolatile(run: Run, length: number): boolean {
  const letters = length - run.digits;
  if (letters === 0) return length >= 9;
  if (run.hexadecimal && length >= (run.digits > 0 ? 7 : 12)) return true;
  return length >= 20 && run.digits > 0;
}

const JOINTS: ReadonlySet<string> = new Set('-_.:@');

/** The text without its volatile runs, and without the separator that joined each to what stays. */
export function withoutVolatile(text: string): string {
  let kept = '';
  let from = 0;
  let index = 0;
  while (index < text.length) {
    const run = runAt(text, index);
    const shape = run.end === index ? -1 : endOfVolatile(text, index);
    const end = shape < 0 ? run.end : shape;
    if (shape >= 0 || isVolatile(run, run.end - index)) {
      const isJoint = kindOf(text.charCodeAt(end)) === 0 && JOINTS.has(text.charAt(index - 1));
      kept += text.slice(from, isJoint ? index - 1 : index);
      from = end;
    }
    index = end === index ? index + 1 : end;
  }
  return from === 0 ? text : kept + text.slice(from);
}

/** Words that differ between calls of one program: feature letters, session and process ids. */
const VOLATILE_WORDS = ['m/', 'sid/', 'md/run_id#', 'md/attempt#', 'pid/', 'pid=', 'pid:', 'pid#'];
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

/** `payments-v1.4.2` gives `payments`, so that a release of the program makes no new caller. */
export function withoutVersion(name: string): string {
  return name.replace(/[-_@:/ ]v?\d+\.\d[\w.+-]*$/, '') || name;
}
