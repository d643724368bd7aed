/**
 * 32-bit digests of what a hit says. They order copies of one event that differ (one of them was
 * trimmed by hand, say), so that the copy that counts does not depend on the order of the files.
 */

/** Continues a digest with one more text; the parts stay apart. */
export function digest(print: number, text: string): number {
  let hash = print;
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x0100_0193);
  }
  return Math.imul(hash ^ 0xff, 0x0100_0193) >>> 0;
}

/** Continues a digest with a number of 32 bits. */
export function digestNumber(print: number, value: number): number {
  return Math.imul(print ^ value ^ (value >>> 15), 0x0100_0193) >>> 0;
}
