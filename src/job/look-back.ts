/**
 * Calls that were delivered late. CloudTrail promises no time of delivery, so a call may reach the
 * logs after the run that covers its time. The next run therefore reads from some time before its
 * window, and counts there what no run before has counted.
 */
import type { Batch, Context, Coverage, Hit, Source, Window } from '../contracts.js';
import { Counted } from './counted.js';

export class LookBack {
  /** Calls that were counted although they lie before the window. */
  lateCalls = 0;
  /** What this run has counted, as far back as the next one will look. */
  readonly counted = new Counted();
  readonly #before: Counted;
  readonly #late = new Set<string>();
  /** How much of the cells of earlier runs has been found again. */
  readonly #found = new Counted();
  readonly #from: number;
  readonly #rememberFrom: number;

  /**
   * `from` is where to look from, and `rememberFrom` where the next run will, both in seconds;
   * `before` is what earlier runs have counted since `from`.
   */
  constructor(before: Counted, span: { readonly from: number; readonly rememberFrom: number }) {
    this.#before = before;
    this.#from = span.from;
    this.#rememberFrom = span.rememberFrom;
  }

  /** The same source, read from further back, without the calls that were counted before. */
  over(source: Source): Source {
    const collect = (window: Window, context: Context): AsyncGenerator<Batch, Coverage, void> =>
      this.#collect(source, window, context);
    return { name: source.name, collect };
  }

  async *#collect(
    source: Source,
    window: Window,
    context: Context,
  ): AsyncGenerator<Batch, Coverage, void> {
    const batches = source.collect({ ...window, from: this.#from }, context);
    for (;;) {
      const next = await batches.next();
      if (next.done === true) return next.value;
      const hits = next.value.hits.flatMap((hit) => this.#uncounted(hit));
      for (const hit of hits) this.#noteLate(hit, window.from);
      yield { ...next.value, hits };
    }
  }

  #uncounted(hit: Hit): Hit[] {
    if (hit.lastSeen >= this.#rememberFrom) this.counted.add(hit);
    if (hit.eventId !== null) return this.#before.has(hit) ? [] : [hit];
    // A cell of today may come in several pieces, which together hold what was counted before.
    const known = Math.max(0, this.#before.callsOf(hit) - this.#found.callsOf(hit));
    this.#found.add({ ...hit, count: Math.min(hit.count, known) });
    const count = hit.count - known;
    return count > 0 ? [{ ...hit, count }] : [];
  }

  /** Copies of one call count once. */
  #noteLate(hit: Hit, windowStart: number | null): void {
    if (windowStart === null || hit.lastSeen >= windowStart) return;
    const id = hit.sharedEventId ?? hit.replacesEventId ?? hit.eventId;
    if (id !== null && this.#late.has(id)) return;
    if (id !== null) this.#late.add(id);
    this.lateCalls += hit.count;
  }
}
