/**
 * Finds the places of one text in a stream of bytes, and looks at each byte once, however often it
 * is asked: damaged logs are asked about for every line.
 */
export class Finder {
  readonly #needle: Buffer;
  /** In bytes from the start of the stream: the last place found, and where the search came to. */
  #found = -1;
  #searched = 0;

  constructor(needle: Buffer) {
    this.#needle = needle;
  }

  /**
   * The first place from `from` on in `bytes`, which begin `before` bytes behind the start of the
   * stream; their length when there is none. To be asked with places that only go up.
   */
  find(bytes: Buffer, from: number, before: number): number {
    if (this.#found < before + from) this.#search(bytes, from, before);
    return this.#found < 0 ? bytes.length : this.#found - before;
  }

  #search(bytes: Buffer, from: number, before: number): void {
    const place = bytes.indexOf(this.#needle, Math.max(from, this.#searched - before));
    this.#found = place < 0 ? -1 : before + place;
    // A start that is cut by the end of the bytes is found with the next ones.
    this.#searched = place < 0 ? before + bytes.length - this.#needle.length + 1 : before + place;
  }
}
