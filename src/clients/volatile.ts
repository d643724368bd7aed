/**
 * Takes out of a text what changes from run to run, so that groups do not split by it: UUIDs, dates
 * and times, names of hosts and pods, commit ids, long numbers, random ids, numbers of builds and
 * jobs. Where a part could as well be a name, it stays: a group too many is seen and mended, while
 * two owners in one group are not.
 */

const LONGEST = 100;

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

/** Shapes that change from run to run, matched where a run of letters and digits starts. All are bounded. */
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/iy;
/** 2026-10-01, 20261001, and either with a time. */
const DATE =
  /20\d\d(-?)(?:0[1-9]|1[0-2])\1(?:0[1-9]|[12]\d|3[01])(?:[T_-]?[0-2]\d(?:[:-]?[0-5]\d){1,2}(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?)?(?![0-9A-Za-z])/y;
/** A host of EC2. */
const HOST = /ip-\d{1,3}-\d{1,3}-\d{1,3}-\d{1,3}(?:\.[a-z0-9-]{1,20}){0,3}(?![0-9A-Za-z])/y;
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

const DIGIT_2 = 50;
const LETTER_I = 105;

/** Where a volatile shape that starts here ends; -1 when none does. Most runs fit none by their length. */
function endOfVolatile(text: string, start: number, { end, hexadecimal }: Run): number {
  const length = end - start;
  const first = text.charCodeAt(start);
  if (first === DIGIT_2) {
    const date = endOfShape(text, start, DATE);
    if (date >= 0) return date;
  }
  if (first === LETTER_I && length === 2) return endOfShape(text, start, HOST);
  if (length < 8 || length > 10 || text.charCodeAt(end) !== HYPHEN) return -1;
  const uuid = length === 8 && hexadecimal ? endOfShape(text, start, UUID) : -1;
  return uuid >= 0 ? uuid : endOfPod(text, start);
}

/** Words before a number that only counts. */
const COUNTED =
  /(?:^|[^A-Za-z])(?:build|job|run|pipeline|attempt|task|pid|ci|pr|mr|execution)[-_=:/#]$/i;
const LONGEST_COUNTED = 12;

const SHORTEST_COUNTED = 4;

/** `build-8472`, but neither `job-2` nor `task-500`, which may be names, nor the version in `run/1.2`. */
function isCounter(text: string, start: number, end: number): boolean {
  if (end - start < SHORTEST_COUNTED || text.startsWith('.', end)) return false;
  return COUNTED.test(text.slice(Math.max(0, start - LONGEST_COUNTED), start));
}

/** Seconds since 1970 from 2014 to 2033, or their thousandths and less. Other numbers may be ids of owners. */
const EPOCH = /^1[4-9]\d{8}(?:\d{3}){0,3}$/;
const LONGEST_EPOCH = 19;

function isEpoch(text: string, start: number, end: number): boolean {
  return end - start <= LONGEST_EPOCH && EPOCH.test(text.slice(start, end));
}

/** What people call things: `facade2`, `cafe2024`. Commit ids seldom look so. */
const WORD_AND_NUMBER = /^[A-Za-z]{3,}\d+$/;
const PLUS = 43;
const SLASH = 47;

/** Commit ids have seven hexadecimal characters and more; behind a plus they are build metadata. */
function isCommit(text: string, start: number, { end, digits }: Run): boolean {
  const length = end - start;
  if (length >= 12) return true;
  if (length < 7) return false;
  const before = text.charCodeAt(start - 1);
  if (digits === 0) return before === PLUS;
  // Where a version belongs nobody puts a name.
  return before === SLASH || !WORD_AND_NUMBER.test(text.slice(start, end));
}

/** Random ids have twenty characters and more. */
function isVolatile(text: string, start: number, run: Run): boolean {
  const length = run.end - start;
  if (run.digits === length)
    return length >= 20 || isEpoch(text, start, run.end) || isCounter(text, start, run.end);
  if (run.hexadecimal && isCommit(text, start, run)) return true;
  return length >= 20 && run.digits > 0;
}

const GLUED_DATE = /^[A-Za-z]+(?=20\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$)/;
const DATE_DIGITS = 8;

/** Where the date starts in `backup20261001`; the end of the run when there is none. */
function startOfGluedDate(text: string, start: number, { end, digits }: Run): number {
  if (digits !== DATE_DIGITS || end - start > LONGEST) return end;
  const letters = GLUED_DATE.exec(text.slice(start, end))?.[0].length;
  return letters === undefined ? end : start + letters;
}

const JOINTS: ReadonlySet<string> = new Set('-_.:@');

/** The text without its volatile runs, and without the separator that joined each to what stays. */
export function withoutVolatile(text: string): string {
  let kept = '';
  let from = 0;
  let index = 0;
  while (index < text.length) {
    const run = runAt(text, index);
    const shape = run.end === index ? -1 : endOfVolatile(text, index, run);
    const end = shape < 0 ? run.end : shape;
    if (shape >= 0 || (run.end > index && isVolatile(text, index, run))) {
      const isJoint = kindOf(text.charCodeAt(end)) === 0 && JOINTS.has(text.charAt(index - 1));
      kept += text.slice(from, isJoint ? index - 1 : index);
      from = end;
    } else if (run.end > index) {
      const date = startOfGluedDate(text, index, run);
      if (date < run.end) {
        kept += text.slice(from, date);
        from = run.end;
      }
    }
    index = end === index ? index + 1 : end;
  }
  return from === 0 ? text : kept + text.slice(from);
}

/** Words that differ between calls of one program: feature letters, session and process ids. */
const VOLATILE_WORDS = ['m/', 'sid/', 'md/run_id#', 'md/attempt#', 'pid/', 'pid=', 'pid:', 'pid#'];

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

/** Eight hexadecimal digits that tell long texts apart: FNV-1a, since it need not withstand anybody. */
function fingerprint(text: string): string {
  let hash = 0x811c_9dc5;
  for (let index = 0; index < text.length; index += 1)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x0100_0193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}

/** What stays the same of an unknown user agent; of more than 100 characters a beginning and a hash. */
export function stableText(text: string): string {
  let kept = '';
  for (let start = 0; start < text.length;) {
    const space = text.indexOf(' ', start);
    const end = space < 0 ? text.length : space;
    const word = stableWord(text.slice(start, end));
    if (word !== '') kept += kept === '' ? word : ` ${word}`;
    start = end + 1;
  }
  if (kept.length <= LONGEST) return kept;
  // Versions apart, so that a release keeps the lineage.
  return `${cap(kept, LONGEST - 10)}… ${fingerprint(kept.replace(/[0-9.]+/g, (run) => (run.includes('.') ? '' : run)))}`;
}

/** `payments-v1.4.2` gives `payments`, so that a release of the program makes no new caller. */
export function withoutVersion(name: string): string {
  return name.replace(/[-_@:/ ]v?\d+\.\d[\w.+-]*$/, '') || name;
}
