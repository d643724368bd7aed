/**
 * Gathers what records say into one batch.
 */
import type { Batch, Hit, SeenClass, SeenEvents, Window } from '../contracts.js';
import { wordsOf } from './event-id.js';
import { normalise, type StsEvent } from './normalise.js';

export class Collector {
  readonly #window: Window;
  readonly #hits: Hit[] = [];
  readonly #words: number[] = [];
  readonly #classes: SeenClass[] = [];
  readonly #classNumbers = new Map<string, number>();
  readonly #counted = new Map<number, number>();
  readonly #rejected: Record<string, number> = {};
  #lostCalls = 0;
  #first = Number.POSITIVE_INFINITY;
  #last = Number.NEGATIVE_INFINITY;

  constructor(window: Window) {
    this.#window = window;
  }

  /** Takes any value; what is not a record of STS is passed over. Never throws. */
  add(record: unknown): void {
    const result = normalise(record);
    if (result.kind === 'event') this.addEvent(result.event);
    if (result.kind !== 'rejected') return;
    const { reason, global } = result.rejection;
    this.#rejected[reason] = (this.#rejected[reason] ?? 0) + 1;
    if (global) this.#lostCalls += 1;
  }

  /** Takes an STS event; one outside the window is not counted anywhere. */
  addEvent(event: StsEvent): void {
    if (!within(this.#window, event.time)) return;
    this.#first = Math.min(this.#first, event.time);
    this.#last = Math.max(this.#last, event.time);
    const number = this.#classNumber({ accountId: event.accountId, evidence: event.evidence });
    if (event.eventId === null) this.#counted.set(number, (this.#counted.get(number) ?? 0) + 1);
    else this.#words.push(...wordsOf(event.eventId), number);
    if (event.hit !== null) this.#hits.push(event.hit);
  }

  /** Unusable STS records by reason. */
  get rejected(): Readonly<Record<string, number>> {
    return this.#rejected;
  }

  /** Unusable records that did reach the global endpoint: calls that the report cannot show. */
  get lostCalls(): number {
    return this.#lostCalls;
  }

  batch(): Batch {
    return { hits: this.#hits, seen: this.#seen() };
  }

  #seen(): SeenEvents {
    return {
      classes: this.#classes,
      identified: Uint32Array.from(this.#words),
      counted: [...this.#counted],
      span: Number.isFinite(this.#first) ? [this.#first, this.#last] : null,
    };
  }

  #classNumber(seenClass: SeenClass): number {
    const key = `${seenClass.evidence} ${seenClass.accountId}`;
    const known = this.#classNumbers.get(key);
    if (known !== undefined) return known;
    this.#classNumbers.set(key, this.#classes.length);
    return this.#classes.push(seenClass) - 1;
  }
}

function within(window: Window, time: number): boolean {
  return (window.from === null || time >= window.from) && (window.to === null || time < window.to);
}
