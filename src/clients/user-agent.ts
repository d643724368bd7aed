/**
 * The words of a user agent. Every family and era of AWS software writes words with a space between
 * them, `name/value` (old), `category/name#value` (2.0 and 2.1) or a name alone, and comments in
 * parentheses. Each character is read a fixed number of times, so hostile text costs no more than
 * honest text.
 */

/** CloudTrail cuts a user agent at 1 KB; a longer text is not from CloudTrail. */
export const LONGEST_USER_AGENT = 1024;

const HASH = 35;
const OPEN = 40;
const SLASH = 47;

/** The text without surrounding space and without the one pair of brackets of older events. */
export function unwrap(userAgent: string): string {
  const text = userAgent.slice(0, LONGEST_USER_AGENT).trim();
  if (!text.startsWith('[')) return text;
  return text.endsWith(']') ? text.slice(1, -1) : text.slice(1);
}

/** Whether the character ends a name. */
export function isSeparator(code: number): boolean {
  return code === SLASH || code === HASH;
}

/** Where the first separator between `start` and `end` stands; `end` when there is none. */
export function separatorIn(text: string, start: number, end: number): number {
  let index = start;
  while (index < end && !isSeparator(text.charCodeAt(index))) index += 1;
  return index;
}

export function isComment(text: string, start: number): boolean {
  return text.charCodeAt(start) === OPEN;
}

/** Where the next `mark` from `start` on stands; the end of the text when there is none. */
function next(text: string, mark: string, start: number): number {
  const index = text.indexOf(mark, start);
  return index < 0 ? text.length : index;
}

/**
 * Hands the start and end of every word of the text to `visit`, in order. A comment is a word that
 * starts with its parenthesis and ends before the closing one. Indices, since most words are not
 * worth a string.
 */
export function scan(text: string, visit: (start: number, end: number) => void): void {
  for (let start = 0, end = 0; start < text.length; start = end + 1) {
    end = next(text, isComment(text, start) ? ')' : ' ', start);
    if (end > start) visit(start, end);
  }
}
