/**
 * 32-bit digests of what a hit says. They order copies of one event that differ (one of them was
 * trimmed by hand, say), so that the copy that counts does not depend on the order of the files.
 */

/** Continues a digest with more text; the parts stay apart. */
export function digest(print: number, ...texts: readonly string[]): number {
  let hash = print;
  for (const text of texts) {
    for (let at = 0; at < text.length; at += 1) {
      hash = Math.imul(hash ^ text.charCodeAt(at), 0x0100_0193);
    }
    hash = Math.imul(hash ^ 0xff, 0x0100_0193);
  }
  return hash >>> 0;
}
