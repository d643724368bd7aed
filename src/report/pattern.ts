/**
 * Patterns as people know them from IAM policies: `*` stands for any text, `?` for one character,
 * and everything else for itself. Names are not paths, so the rules of file globs (about slashes,
 * dots and brackets) would only surprise.
 */

/** Time grows with text times pattern at worst, whatever the pattern is. */
export function matches(pattern: string, text: string): boolean {
  let star = -1;
  let resume = 0;
  let at = 0;
  let place = 0;
  while (place < text.length) {
    const wanted = pattern[at];
    if (wanted === '*') {
      star = at;
      resume = place;
      at += 1;
    } else if (wanted === '?' || wanted === text[place]) {
      at += 1;
      place += 1;
    } else if (star >= 0) {
      at = star + 1;
      resume += 1;
      place = resume;
    } else {
      return false;
    }
  }
  return /^\**$/.test(pattern.slice(at));
}

/** Whether any of the patterns fits any of the texts. */
export function matchesAny(patterns: readonly string[], texts: readonly string[]): boolean {
  return patterns.some((pattern) => texts.some((text) => matches(pattern, text)));
}
