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
    parseInt(id.slice(0, 8), 16),
    parseInt(id.slice(9, 13) + id.slice(14, 18), 16),
    parseInt(id.slice(19, 23) + id.slice(24, 28), 16),
    parseInt(id.slice(28, 36), 16),
  ];
}
