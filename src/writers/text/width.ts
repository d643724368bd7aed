/**
 * How much room text takes on a terminal.
 */

/** Characters of two columns: East Asian scripts and pictures. */
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f000}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const COMBINING = /^\p{M}$/u;

export function widthOf(text: string): number {
  let width = 0;
  for (const char of text) width += charWidth(char);
  return width;
}

function charWidth(char: string): number {
  if (COMBINING.test(char)) return 0;
  return WIDE.test(char) ? 2 : 1;
}

/** Cut at the end, or at the start, with `…` in place of what is missing; then padded. */
export function fit(text: string, width: number, keep: 'start' | 'end' = 'start'): string {
  const missing = width - widthOf(text);
  if (missing >= 0) return text + ' '.repeat(missing);
  const chars = keep === 'start' ? Array.from(text) : Array.from(text).toReversed();
  const kept: string[] = [];
  let left = width - 1;
  for (const char of chars) {
    left -= charWidth(char);
    if (left < 0) break;
    kept.push(char);
  }
  const cut = keep === 'start' ? `${kept.join('')}…` : `…${kept.toReversed().join('')}`;
  return cut + ' '.repeat(Math.max(0, width - widthOf(cut)));
}

/** Lines of at most the width, broken at blanks; a longer word is broken where the line ends. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').flatMap((long) => pieces(long, width))) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (widthOf(longer) > width) lines.push(line);
    line = widthOf(longer) > width ? word : longer;
  }
  return [...lines, line];
}

function pieces(word: string, width: number): string[] {
  if (widthOf(word) <= width) return [word];
  const parts = [''];
  for (const char of word) {
    if (widthOf((parts.at(-1) ?? '') + char) > width) parts.push('');
    parts[parts.length - 1] += char;
  }
  return parts;
}
