import { isSeparator } from './user-agent.js';

/** A name that means something, alone or as the beginning of longer names. */
export interface Term<Meaning> {
  readonly name: string;
  readonly isBeginning: boolean;
  readonly meaning: Meaning;
}

/** The first two characters as one number; others than ASCII share places with ASCII ones. */
function pairOf(first: number, second: number): number {
  return ((first & 127) << 7) | (second & 127);
}

const PAIRS = 1 << 14;

/** `/`, `#`, a space, and what `charCodeAt` makes of the end. */
const AFTER_NAMES = [47, 35, 32, 0];

/**
 * Finds the terms in a text. Most words of a long user agent mean nothing, so a word is looked at
 * where it stands, by its first two characters, before any string is made of it.
 */
export class Vocabulary<Meaning> {
  readonly #terms: (Term<Meaning>[] | undefined)[] = Array.from({ length: PAIRS });

  /** Whole names win over beginnings, and the earlier of two terms wins. */
  constructor(terms: readonly Term<Meaning>[]) {
    const sorted = terms.toSorted((a, b) => Number(a.isBeginning) - Number(b.isBeginning));
    for (const term of sorted) this.#add(term);
  }

  #add(term: Term<Meaning>): void {
    const first = term.name.charCodeAt(0);
    // A name of one character is followed by a separator, by a space or by the end.
    const seconds = term.name.length > 1 ? [term.name.charCodeAt(1)] : AFTER_NAMES;
    for (const second of seconds) (this.#terms[pairOf(first, second)] ??= []).push(term);
  }

  /** The term that the word between `start` and `end` is or begins with. */
  find(text: string, start: number, end: number): Term<Meaning> | undefined {
    const terms = this.#terms[pairOf(text.charCodeAt(start), text.charCodeAt(start + 1))];
    if (terms === undefined) return undefined;
    for (const term of terms) {
      const behind = start + term.name.length;
      // The end of a name is the cheaper test, and fails for most.
      if (!term.isBeginning && behind !== end && !isSeparator(text.charCodeAt(behind))) continue;
      if (behind <= end && text.startsWith(term.name, start)) return term;
    }
    return undefined;
  }
}
