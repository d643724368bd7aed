/**
 * Patterns as people know them from IAM policies: `*` stands for any text, `?` for one character,
 * and everything else for itself. Names are not paths, so the rules of file globs (about slashes,
 * dots and brackets) would only surprise.
 */

/** Time grows with text times pattern at worst, whatever the pattern is. */
export function matches(pattern: string, text: string): boolean {
  if (!/[*?]/.test(pattern)) return pattern === text;
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (!isAt(first, text, 0)) return false;
  if (last === undefined) return first.length === text.length;
  const end = text.length - last.length;
  let place = first.length;
  // The earliest place is as good as any, since what follows may lie anywhere after it.
  for (const part of rest) {
    const found = find(part, text, place);
    if (found < 0) return false;
    place = found + part.length;
  }
  return place <= end && isAt(last, text, end);
}

/** Where a part without `*` is found, from the given place on; -1 when it is not. */
function find(part: string, text: string, from: number): number {
  if (!part.includes('?')) return text.indexOf(part, from);
  for (let place = from; place + part.length <= text.length; place += 1) {
    if (isAt(part, text, place)) return place;
  }
  return -1;
}

function isAt(part: string, text: string, place: number): boolean {
  if (!part.includes('?')) return text.startsWith(part, place);
  if (place + part.length > text.length) return false;
  for (let index = 0; index < part.length; index += 1) {
    if (part[index] !== '?' && part[index] !== text[place + index]) return false;
  }
  return true;
}

/** Whether any of the patterns fits any of the texts. */
export function matchesAny(patterns: readonly string[], texts: readonly string[]): boolean {
  return patterns.some((pattern) => texts.some((text) => matches(pattern, text)));
}
