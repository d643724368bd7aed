/**
 * Rows of unsigned 32-bit words, as many as come. Rows live in blocks that are never copied, so
 * growth costs no second copy of the table.
 */
const ROWS_A_BLOCK = 1 << 15;

export class WordTable {
  readonly #width: number;
  readonly #blocks: Uint32Array[] = [];
  #length = 0;

  constructor(width: number) {
    this.#width = width;
  }

  get length(): number {
    return this.#length;
  }

  /** Appends a row and returns its number. */
  push(row: ArrayLike<number>): number {
    if (this.#length % ROWS_A_BLOCK === 0) {
      this.#blocks.push(new Uint32Array(ROWS_A_BLOCK * this.#width));
    }
    this.#length += 1;
    this.set(this.#length - 1, row);
    return this.#length - 1;
  }

  set(row: number, words: ArrayLike<number>): void {
    this.#block(row).set(words, this.#offset(row));
  }

  put(row: number, column: number, word: number): void {
    this.#block(row)[this.#offset(row) + column] = word;
  }

  /** Throws a RangeError past the end. */
  get(row: number, column: number): number {
    return this.#block(row)[this.#offset(row) + column] ?? 0;
  }

  #block(row: number): Uint32Array {
    const block = this.#blocks[Math.floor(row / ROWS_A_BLOCK)];
    if (block === undefined || row >= this.#length) throw new RangeError(`no row ${row}`);
    return block;
  }

  #offset(row: number): number {
    return (row % ROWS_A_BLOCK) * this.#width;
  }
}
