/**
 * Row numbers sorted into buckets, in four bytes a row: an array for each bucket would take more
 * memory than the rows.
 */
export class Buckets {
  readonly #rows: Uint32Array;
  /** Where each bucket starts, and at last where the last one ends. */
  readonly #starts: Uint32Array;

  /** Sorts the rows from 0 to `rows`. `bucketOf` gives a number below `buckets`, or -1 for none. */
  constructor(rows: number, buckets: number, bucketOf: (row: number) => number) {
    const starts = new Uint32Array(buckets + 2);
    for (let row = 0; row < rows; row += 1) {
      const bucket = bucketOf(row);
      if (bucket >= 0) shift(starts, bucket + 2);
    }
    for (let bucket = 2; bucket < starts.length; bucket += 1) {
      starts[bucket] = (starts[bucket] ?? 0) + (starts[bucket - 1] ?? 0);
    }
    this.#rows = new Uint32Array(starts[buckets + 1] ?? 0);
    for (let row = 0; row < rows; row += 1) {
      const bucket = bucketOf(row);
      if (bucket >= 0) this.#rows[shift(starts, bucket + 1)] = row;
    }
    this.#starts = starts;
  }

  /** The rows of a bucket, in their order. */
  of(bucket: number): Uint32Array {
    return this.#rows.subarray(this.#starts[bucket], this.#starts[bucket + 1]);
  }
}

/** Adds one, and returns what was there before. */
function shift(counts: Uint32Array, place: number): number {
  const before = counts[place] ?? 0;
  counts[place] = before + 1;
  return before;
}
