/**
 * Tolerant reading of records. Exports, SIEMs and masking tools change the types of fields, so no
 * field is trusted to have the documented type, and nothing here throws.
 */

export type Fields = Readonly<Record<string, unknown>>;

const NONE: Fields = Object.freeze({});

/** The fields of an object; of a string that holds one (as some exports write it); else none. */
export function fieldsOf(value: unknown): Fields {
  if (typeof value === 'string' && /^\s*\{/.test(value)) return openText(value);
  return isFields(value) ? value : NONE;
}

/** A non-empty string, else null. */
export function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function openText(text: string): Fields {
  try {
    const value: unknown = JSON.parse(text);
    return isFields(value) ? value : NONE;
  } catch {
    return NONE;
  }
}
