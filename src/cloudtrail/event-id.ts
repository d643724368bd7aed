/**
 * Event ids as four 32-bit words: 16 bytes an id where a string in a Set takes about 100.
 */

export type IdWords = readonly [number, number, number, number];

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const NIL = '00000000-0000-0000-0000-000000000000';

/**
 * The id in lower case, or null when it cannot serve as a key. Masked and hand-made records share
 * placeholders (`-`, `1111`, the nil UUID); merging by those would lose calls.
 */
export function usableId(value: unknown): string | null {
  return typeof value === 'string' && UUID.test(value) && value !== NIL
    ? value.toLowerCase()
    : null;
}

/** The words of an id that {@link usableId} has accepted. */
export function wordsOf(id: string): IdWords {
  return [
    hexAt(id, 0, 8),
    hexAt(id, 9, 4) * 0x1_0000 + hexAt(id, 14, 4),
    hexAt(id, 19, 4) * 0x1_0000 + hexAt(id, 24, 4),
    hexAt(id, 28, 8),
  ];
}

/** The number that lower-case hexadecimal digits stand for. This runs for every STS event. */
function hexAt(text: string, start: number, digits: number): number {
  let number = 0;
  for (let at = start; at < start + digits; at += 1) {
    const code = text.charCodeAt(at);
    number = number * 16 + (code < LETTER_A ? code - DIGIT_0 : code - LETTER_A + 10);
  }
  return number;
}

const DIGIT_0 = 0x30;
const LETTER_A = 0x61;
