import type { Context } from '../../contracts.js';

/** Lets one caller through at a time, never sooner than `interval` milliseconds after the last. */
export class Pace {
  readonly #interval: number;
  #next = Number.NEGATIVE_INFINITY;

  constructor(interval: number) {
    this.#interval = interval;
  }

  async turn(context: Pick<Context, 'now' | 'sleep'>): Promise<void> {
    const wait = this.#next - context.now();
    if (wait > 0) await context.sleep(wait);
    this.#next = context.now() + this.#interval;
  }
}
