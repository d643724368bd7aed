/**
 * Reads the bytes of one log, whole or in pieces, into what the audit counts.
 */
import { Collector } from '../../cloudtrail/collector.js';
import type { Batch, Window } from '../../contracts.js';
import { readDelivered } from './delivered.js';
import { isDigest, recordsIn } from './shapes.js';
import { type Damage, Splitter } from './splitter.js';

export interface ScanResult {
  readonly batch: Batch;
  readonly rejected: Readonly<Record<string, number>>;
  /** Records that reached the global endpoint but cannot be used. */
  readonly lostCalls: number;
  /** How often each kind of damage was met. */
  readonly damage: Readonly<Partial<Record<Damage, number>>>;
  /** `digest` is a file that CloudTrail writes beside its logs; `foreign` holds no record. */
  readonly content: 'log' | 'digest' | 'foreign';
}

export class Scan {
  readonly #collector: Collector;
  readonly #splitter: Splitter;
  readonly #damage: Partial<Record<Damage, number>> = {};
  #objects = 0;
  #records = 0;
  #digest = false;

  constructor(window: Window) {
    this.#collector = new Collector(window);
    this.#splitter = new Splitter(
      (bytes) => this.#addValue(bytes),
      (damage) => this.#addDamage(damage),
    );
  }

  /** Reads a whole log. */
  whole(bytes: Buffer): void {
    const delivered = readDelivered(bytes);
    if (delivered === null) {
      this.piece(bytes);
      this.end();
    } else {
      for (const event of delivered.events) this.#collector.addEvent(event);
      for (const record of delivered.records) this.#collector.add(record);
    }
  }

  /** Reads the next piece of a log that is too large to be read whole. */
  piece(bytes: Buffer): void {
    this.#splitter.push(bytes);
  }

  /** Ends a log that was read in pieces. */
  end(): void {
    this.#splitter.end();
  }

  result(): ScanResult {
    return {
      batch: this.#collector.batch(),
      rejected: this.#collector.rejected,
      lostCalls: this.#collector.lostCalls,
      damage: this.#damage,
      content: this.#content(),
    };
  }

  #content(): ScanResult['content'] {
    if (this.#objects === 0 || this.#records > 0) return 'log';
    return this.#digest ? 'digest' : 'foreign';
  }

  #addValue(bytes: Buffer): void {
    let value: unknown;
    try {
      value = JSON.parse(bytes.toString('utf8'));
    } catch {
      this.#addDamage('not-json');
      return;
    }
    if (typeof value === 'object') this.#objects += 1;
    if (isDigest(value)) this.#digest = true;
    for (const record of recordsIn(value)) {
      this.#records += 1;
      this.#collector.add(record);
    }
  }

  #addDamage(damage: Damage): void {
    this.#damage[damage] = (this.#damage[damage] ?? 0) + 1;
  }
}
