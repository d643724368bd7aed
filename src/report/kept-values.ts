/** Distinct values beyond this number are not told apart: their count becomes "at least". */
export const KEPT_LIMIT = 100;
/** CloudTrail cuts its text fields at 1 KB; nothing longer is worth keeping from other logs. */
const LONGEST_VALUE = 1024;

/** The number of a value that was there but is not kept. */
const NOT_KEPT = 0xffff_ffff;

/**
 * The first values in code-unit order, each with a number. Which values stay does not depend on
 * the order in which they come, so equal evidence gives equal samples.
 */
export class KeptValues {
  readonly #values: string[] = [];
  readonly #numbers: number[] = [];
  #overflowed = false;

  /** The number of the value, never 0; `next` is used when it is new. */
  numberOf(value: string, next: number): number {
    const text = value.length > LONGEST_VALUE ? cut(value) : value;
    const place = this.#placeOf(text);
    if (this.#values[place] === text) return this.#numbers[place] ?? NOT_KEPT;
    if (this.#values.length >= KEPT_LIMIT) this.#overflowed = true;
    if (place >= KEPT_LIMIT) return NOT_KEPT;
    this.#values.splice(place, 0, text);
    this.#numbers.splice(place, 0, next);
    this.#values.length = Math.min(this.#values.length, KEPT_LIMIT);
    this.#numbers.length = this.#values.length;
    return next;
  }

  /** The kept values, in order. */
  all(): { value: string; number: number }[] {
    return this.#values.map((value, place) => ({
      value,
      number: this.#numbers[place] ?? NOT_KEPT,
    }));
  }

  /** Whether there were more values than are kept. */
  get hasOverflowed(): boolean {
    return this.#overflowed;
  }

  #placeOf(text: string): number {
    let low = 0;
    let high = this.#values.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#values[middle] ?? '') < text) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Half of a surrogate pair is no text: other programs refuse a report with one. */
function cut(text: string): string {
  const last = text.charCodeAt(LONGEST_VALUE - 1);
  return text.slice(0, last >= 0xd800 && last < 0xdc00 ? LONGEST_VALUE - 1 : LONGEST_VALUE);
}
