/**
 * The innermost loop of the thorough way: finds where a JSON value ends.
 */

export const QUOTE = 0x22;
export const OPEN_BRACE = 0x7b;
export const OPEN_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_BRACE = 0x7d;
const CLOSE_BRACKET = 0x5d;
const NEWLINE = 0x0a;

/** Records and what wraps them are nothing like as deep; JSON.parse would fill the memory. */
const DEEPEST = 200;

export interface ValueState {
  depth: number;
  inString: boolean;
  /** A line ended inside a string, which JSON does not allow: the value was cut off there. */
  torn: boolean;
  tooDeep: boolean;
}

/**
 * Reads on from `at` and returns the place after the value's last byte, or the place to go on
 * from when the bytes end first. The value has ended when depth is 0 outside a string.
 */
export function endOfValue(bytes: Buffer, at: number, state: ValueState): number {
  let place = at;
  let { depth, inString } = state;
  let ended = false;
  for (; place < bytes.length && !ended && !state.torn && depth <= DEEPEST; place += 1) {
    const byte = bytes[place];
    if (inString) {
      if (byte === BACKSLASH) place += 1;
      else if (byte === NEWLINE) state.torn = true;
      else if (byte === QUOTE) {
        inString = false;
        ended = depth === 0;
      }
    } else if (byte === QUOTE) inString = true;
    else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth += 1;
    else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
      depth -= 1;
      ended = depth === 0;
    }
  }
  state.tooDeep = depth > DEEPEST;
  state.depth = depth;
  state.inString = inString;
  return place;
}
