/**
 * Log fields are written by callers. Each output has one place where they are made harmless.
 */

/**
 * Control characters, line separators, invisible marks (some turn the direction of text, some hide
 * text), halves of surrogate pairs, and code points that are no characters. On a terminal they could
 * move the cursor or hide what stands there; XML and HTML cannot hold some of them at all.
 */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/gu;

/** Text that stays on its line and cannot steer a terminal; escapes are shown as `\u{1b}`. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (char) => `\\u{${char.codePointAt(0)?.toString(16)}}`);
}

/**
 * JSON that is as safe to print as it is lossless: what JSON.stringify leaves in a string and a
 * terminal could obey is written as an escape.
 */
export function jsonText(value: unknown, indent = 0): string {
  return JSON.stringify(value, null, indent).replace(UNPRINTABLE_IN_JSON, escapedUnits);
}

/** JSON.stringify has taken care of the first 32 control characters and of halves of pairs. */
const UNPRINTABLE_IN_JSON = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/gu;

function escapedUnits(char: string): string {
  const units = Array.from({ length: char.length }, (_, at) => char.charCodeAt(at));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
}
