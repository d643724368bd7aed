/**
 * How far each slice of time has been read, from the pages that a journal kept.
 */
import type { Bounded } from '../bounded.js';
import type { JournalPage } from './journal.js';

/** Events come minutes late, in seconds. A slice that was read sooner is read again. */
const SETTLED_AFTER = 3600;

export class Replay {
  readonly #next = new Map<string, string | null>();

  /** Follows the chain of tokens: a page whose predecessor is missing leads no further. */
  add({ from, to, token, nextToken, asked }: JournalPage): void {
    const key = keyOf({ from, to });
    const follows = token === null || this.#next.get(key) === token;
    if (!follows || this.isDone({ from, to })) return;
    if (nextToken === null && asked < to + SETTLED_AFTER) this.#next.delete(key);
    else this.#next.set(key, nextToken);
  }

  isDone(slice: Bounded): boolean {
    return this.#next.get(keyOf(slice)) === null;
  }

  /** The token to go on with; undefined to begin. */
  tokenOf(slice: Bounded): string | undefined {
    return this.#next.get(keyOf(slice)) ?? undefined;
  }
}

function keyOf({ from, to }: Bounded): string {
  return `${from} ${to}`;
}
