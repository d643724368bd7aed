/**
 * How long a run will take, from the part of the window that was read and the pages that took.
 */
import type { Context } from '../../contracts.js';
import type { CoverageNotes } from '../coverage.js';
import type { Stretch } from './stretches.js';

/** Enough pages for a guess, and soon enough for a warning. */
const FIRST_GUESS = 20;
/** Pages of an hour, at two requests a second. */
const PAGES_AN_HOUR = 7200;

export class Estimate {
  /** Seconds of time that are asked for: in all, and of stretches that were read. */
  readonly #seconds: number;
  #read = 0;
  readonly #context: Context;
  #pages = 0;
  #warning: string | null = null;

  constructor(stretches: readonly Stretch[], context: Context) {
    this.#seconds = stretches.reduce((sum, stretch) => sum + secondsOf(stretch), 0);
    this.#context = context;
  }

  /** A page of a stretch was read, whose oldest event is of this time: pages go from new to old. */
  add(stretch: Stretch, oldest: number, coverage: CoverageNotes): void {
    this.#pages += 1;
    const ofStretch = Math.max(0, Math.min(secondsOf(stretch), startOf(stretch) - oldest));
    const share = Math.min(1, (this.#read + ofStretch) / this.#seconds);
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

  /** A stretch was read to its end. */
  finish(stretch: Stretch): void {
    this.#read += secondsOf(stretch);
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

/** Where reading begins, or goes on. */
function startOf({ counted, kept }: Stretch): number {
  return Math.min(counted.to, kept?.oldest ?? counted.to);
}

function secondsOf(stretch: Stretch): number {
  return Math.max(0, startOf(stretch) - stretch.counted.from);
}
