/**
 * Finds the next of some texts in a stream of bytes, and looks at each byte once, however often it
 * is asked: damaged logs are asked about for every line.
 */
export class Finder {
  /** The length of the longest of the texts. */
  readonly longest: number;
  readonly #searches: readonly Search[];

  constructor(texts: readonly string[]) {
    this.#searches = texts.map((text) => ({ needle: Buffer.from(text), found: -1, reached: 0 }));
    this.longest = Math.max(...this.#searches.map(({ needle }) => needle.length));
  }

  /**
   * The first place from `from` on in `bytes`, which begin `before` bytes behind the start of the
   * stream; their length when there is none. To be asked with places that only go up.
   */
  find(bytes: Buffer, from: number, before: number): number {
    const places = this.#searches.map((search) => {
      if (search.found < before + from) advance(search, bytes, from, before);
      return search.found < 0 ? bytes.length : search.found - before;
    });
    return Math.min(...places);
  }
}

/** In bytes from the start of the stream. */
interface Search {
  readonly needle: Buffer;
  /** The last place found, or -1. */
  found: number;
  /** Where to go on. */
  reached: number;
}

function advance(search: Search, bytes: Buffer, from: number, before: number): void {
  const place = bytes.indexOf(search.needle, Math.max(from, search.reached - before));
  search.found = place < 0 ? -1 : before + place;
  // What the end of the bytes has cut is found with the next ones.
  search.reached = before + (place < 0 ? bytes.length - search.needle.length + 1 : place);
}
