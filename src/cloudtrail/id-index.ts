/**
 * An exact index of event ids. Ten million ids take about 220 MB: 16 bytes an id and an
 * open-addressed table of row numbers, where a Set of strings would take over a gigabyte.
 */
import type { IdWords } from './event-id.js';
import { WordTable } from './word-table.js';

const SMALLEST = 1 << 10;

export class IdIndex {
  readonly #ids = new WordTable(4);
  /** Row number plus one; zero is free. Its length is a power of two. */
  #slots = new Uint32Array(SMALLEST);

  get size(): number {
    return this.#ids.length;
  }

  /** The number of the id: ids are numbered from 0 in the order they come. -1 when it is new. */
  find(words: IdWords): number {
    return (this.#slots[this.#slotOf(words)] ?? 0) - 1;
  }

  /** Adds an id that {@link find} did not know, and returns its number. */
  add(words: IdWords): number {
    if ((this.size + 1) * 4 > this.#slots.length * 3) this.#grow();
    const row = this.#ids.push(words);
    this.#slots[this.#slotOf(words)] = row + 1;
    return row;
  }

  #slotOf(words: IdWords): number {
    const mask = this.#slots.length - 1;
    let slot = mix(words) & mask;
    for (;;) {
      const row = (this.#slots[slot] ?? 0) - 1;
      if (row < 0 || this.#holds(row, words)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  #holds(row: number, words: IdWords): boolean {
    return (
      this.#ids.get(row, 0) === words[0] &&
      this.#ids.get(row, 1) === words[1] &&
      this.#ids.get(row, 2) === words[2] &&
      this.#ids.get(row, 3) === words[3]
    );
  }

  #grow(): void {
    this.#slots = new Uint32Array(this.#slots.length * 2);
    for (let row = 0; row < this.size; row += 1) {
      this.#slots[this.#slotOf(this.#wordsOf(row))] = row + 1;
    }
  }

  #wordsOf(row: number): IdWords {
    const word = (column: number): number => this.#ids.get(row, column);
    return [word(0), word(1), word(2), word(3)];
  }
}

/** Ids may come from counters instead of random numbers, so every bit takes part. */
function mix(words: IdWords): number {
  let hash = Math.imul(words[0] ^ (words[1] >>> 15), 0x85eb_ca6b);
  hash = Math.imul(hash ^ words[2] ^ (hash >>> 13), 0xc2b2_ae35);
  hash = Math.imul(hash ^ words[3] ^ (hash >>> 16), 0x27d4_eb2f);
  return (hash ^ (hash >>> 15)) >>> 0;
}
