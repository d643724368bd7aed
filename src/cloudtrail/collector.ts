/**
 * Gathers what records say into batches.
 */
import type { Batch, Hit, SeenClass, SeenEvents, Span, Window } from '../contracts.js';
import { wordsOf } from './event-id.js';
import { normalise, type StsEvent } from './normalise.js';
import { Rejections } from './rejections.js';

/** A few megabytes: a log of millions of calls must not be held in memory as a whole. */
const FULL_HITS = 4000;
const FULL_WORDS = 5 * 50_000;

export class Collector {
  readonly #window: Window;
  #hits: Hit[] = [];
  #words: number[] = [];
  #classes: SeenClass[] = [];
  readonly #classNumbers = new Map<string, number>();
  readonly #counted = new Map<number, number>();
  readonly #rejections = new Rejections();
  #spans: Span[] = [];

  constructor(window: Window) {
    this.#window = window;
  }

  /** Takes any value; what is not a record of STS is passed over. Never throws. */
  add(record: unknown): void {
    const result = normalise(record);
    if (result.kind === 'event') this.addEvent(result.event);
    if (result.kind === 'rejected') this.#rejections.add(result.rejection);
  }

  /** Takes an STS event; one outside the window is not counted anywhere. */
  addEvent(event: StsEvent): void {
    if (!within(this.#window, event.time)) return;
    const number = this.#classNumber({ accountId: event.accountId, evidence: event.evidence });
    const [first, last] = this.#spans[number] ?? [event.time, event.time];
    this.#spans[number] = [Math.min(first, event.time), Math.max(last, event.time)];
    if (event.eventId === null) this.#counted.set(number, (this.#counted.get(number) ?? 0) + 1);
    else {
      const [a, b, c, d] = wordsOf(event.eventId);
      this.#words.push(a, b, c, d, number);
    }
    if (event.hit !== null) this.#hits.push(event.hit);
  }

  /** The records that could not be used. */
  get rejections(): Rejections {
    return this.#rejections;
  }

  /** Whether so much was gathered that it should be handed on. */
  get isFull(): boolean {
    return this.#hits.length >= FULL_HITS || this.#words.length >= FULL_WORDS;
  }

  /** What was gathered since the last time. */
  drain(): Batch {
    const batch = { hits: this.#hits, seen: this.#seen() };
    this.#hits = [];
    this.#words = [];
    this.#classes = [];
    this.#classNumbers.clear();
    this.#counted.clear();
    this.#spans = [];
    return batch;
  }

  #seen(): SeenEvents {
    return {
      classes: this.#classes,
      identified: new Uint32Array(this.#words),
      counted: [...this.#counted],
      spans: this.#spans,
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
