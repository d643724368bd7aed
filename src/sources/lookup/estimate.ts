/**
 * How long a run will take, from the part of the window that was read and the pages that took.
 */
import type { Context } from '../../contracts.js';
import type { Bounded } from '../bounded.js';
import type { CoverageNotes } from '../coverage.js';

/** Enough pages for a guess, and soon enough for a warning. */
const FIRST_GUESS = 20;
/** Pages of an hour, at two requests a second. */
const PAGES_AN_HOUR = 7200;

export class Estimate {
  readonly #window: Bounded;
  readonly #context: Context;
  #pages = 0;
  #warning: string | null = null;

  constructor(window: Bounded, context: Context) {
    this.#window = window;
    this.#context = context;
  }

  /** A page was read, whose oldest event is of this time: pages go from new to old. */
  add(oldest: number, coverage: CoverageNotes): void {
    this.#pages += 1;
    const { from, to } = this.#window;
    const share = Math.max(0, Math.min(1, (to - oldest) / (to - from)));
    const total = share > 0 ? Math.max(this.#pages, Math.round(this.#pages / share)) : null;
    if (this.#pages === FIRST_GUESS && total !== null) this.#warn(total, coverage);
    this.#context.progress({
      source: 'lookup',
      unit: 'pages',
      done: this.#pages,
      total,
      bytes: 0,
      totalBytes: null,
      ...(this.#warning === null ? {} : { detail: this.#warning }),
    });
  }

  #warn(total: number, coverage: CoverageNotes): void {
    const hours = total / PAGES_AN_HOUR;
    if (hours < 1) return;
    this.#warning = `a busy account: athena, insights or files s3:// would be faster`;
    coverage.note(
      `This account has many STS events: reading them took an estimated ${hours.toFixed(1)} hours at two requests a second. A trail read with athena, insights or files s3:// is faster.`,
    );
  }
}
