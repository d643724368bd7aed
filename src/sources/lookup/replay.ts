/**
 * How far each slice of time has been read, from the pages that a journal kept.
 */
import type { Bounded } from '../bounded.js';
import type { JournalPage } from './journal.js';

/** Events come minutes late, in seconds: what was asked for sooner is asked for again. */
export const SETTLED_AFTER = 3600;

/** What is known of a slice that a run began. */
export interface KeptSlice {
  readonly slice: Bounded;
  /** All events before this moment had come when the slice was asked for. */
  readonly settled: number;
  /** The token to go on with; null when it was read to its end. */
  readonly next: string | null;
  /** Pages go from new to old: how far they have come. */
  readonly oldest: number;
  /** Its pages, by their number in the journal. */
  readonly pages: readonly number[];
}

export class Replay {
  readonly #slices = new Map<string, KeptSlice & { readonly pages: number[] }>();
  #count = 0;

  /** Follows the chain of tokens: a page whose predecessor is missing leads no further. */
  add({
    from,
    to,
    token,
    nextToken,
    oldest,
    asked,
  }: Omit<JournalPage, 'records' | 'unreadable'>): void {
    const number = this.#count;
    this.#count += 1;
    const key = `${from} ${to}`;
    const known = this.#slices.get(key);
    if (known?.next === null) return;
    if (token === null) {
      const settled = Math.min(to, asked - SETTLED_AFTER);
      this.#slices.set(key, {
        slice: { from, to },
        settled,
        next: nextToken,
        oldest: oldest ?? to,
        pages: [number],
      });
    } else if (known?.next === token) {
      known.pages.push(number);
      this.#slices.set(key, { ...known, next: nextToken, oldest: oldest ?? known.oldest });
    }
  }

  get slices(): readonly KeptSlice[] {
    return [...this.#slices.values()];
  }
}
