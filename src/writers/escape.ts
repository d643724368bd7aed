/**
 * Log fields are written by callers. Each output has one place where they are made harmless.
 */

/**
 * Control characters (also of Unicode's second block), line separators, and the marks that turn
 * the direction of text. On a terminal they could move the cursor or hide what stands there.
 */
const UNPRINTABLE =
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** Text that stays on its line and cannot steer a terminal; escapes are shown as `\u{1b}`. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (char) => `\\u{${char.charCodeAt(0).toString(16)}}`);
}
