/**
 * Reads the bytes of one log, whole or in pieces, into what the audit counts.
 */
import type { Collector } from '../../cloudtrail/collector.js';
import { normalise, type Normalised } from '../../cloudtrail/normalise.js';
import { Rejections } from '../../cloudtrail/rejections.js';
import { readDelivered } from './delivered.js';
import { Payloads } from './inflate.js';
import { isDigest, isOwnReport, recordsIn, type Unwrapping } from './shapes.js';
import { type Damage, Splitter } from './splitter.js';

/** What a log was like, beside the events in it. */
export interface ScanResult {
  readonly rejected: Readonly<Record<string, number>>;
  /** Records that reached the global endpoint but cannot be used. */
  readonly lostCalls: number;
  /** How often each kind of damage was met. */
  readonly damage: Readonly<Partial<Record<Damage, number>>>;
  /** `digest` is a file that CloudTrail writes beside its logs; `foreign` holds no record. */
  readonly content: 'log' | 'digest' | 'own-report' | 'foreign';
}

/** Most bytes that one compressed log may inflate to: a guard against gzip bombs. */
export interface Limits {
  readonly maxInflatedBytes: number;
}

/** What all logs of a run, or of a thread, are read with. */
export interface Reading {
  /** Takes the events of all of them. Whoever reads the logs empties it. */
  readonly collector: Collector;
  readonly limits: Limits;
}

export class Scan {
  readonly #collector: Collector;
  readonly #unwrapping: Unwrapping;
  readonly #splitter: Splitter;
  readonly #rejections = new Rejections();
  readonly #damage: Partial<Record<Damage, number>> = {};
  #values = 0;
  #objects = 0;
  #records = 0;
  #other: 'digest' | 'own-report' | null = null;
  #isDelivered = false;

  constructor({ collector, limits }: Reading) {
    this.#collector = collector;
    const payloads = new Payloads(limits.maxInflatedBytes);
    this.#unwrapping = {
      inflate: (base64) => payloads.inflate(base64),
      lost: (damage) => this.#addDamage(damage),
    };
    this.#splitter = new Splitter(
      (bytes) => this.#addValue(bytes),
      (damage) => this.#addDamage(damage),
    );
  }

  /**
   * Reads a whole log. The fast path looks at few of its bytes, so it is taken only when something
   * else vouches for the rest, as the checksum of gzip does.
   */
  whole(bytes: Buffer, isChecked: boolean): void {
    const delivered = isChecked ? readDelivered(bytes) : null;
    if (delivered === null) {
      this.piece(bytes);
      this.end();
    } else {
      this.#isDelivered = true;
      for (const record of delivered) this.#take(record);
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
      rejected: this.#rejections.byReason,
      lostCalls: this.#rejections.lostCalls,
      damage: this.#damage,
      content: this.#content(),
    };
  }

  #content(): ScanResult['content'] {
    if (this.#records > 0 || this.#isDelivered) return 'log';
    const { opened } = this.#splitter;
    if (this.#objects === 0 && opened === 'container') return 'log';
    if (this.#values === 0 && opened === 'array') return 'log';
    return this.#other ?? 'foreign';
  }

  #addValue(bytes: Buffer): void {
    let value: unknown;
    try {
      value = JSON.parse(bytes.toString('utf8'));
    } catch {
      this.#addDamage('not-json');
      return;
    }
    this.#values += 1;
    if (typeof value === 'object') this.#objects += 1;
    if (isDigest(value)) this.#other = 'digest';
    if (isOwnReport(value)) this.#other = 'own-report';
    for (const record of recordsIn(value, this.#unwrapping)) {
      this.#records += 1;
      this.#take(normalise(record));
    }
  }

  #take(result: Normalised): void {
    if (result.kind === 'event') this.#collector.addEvent(result.event);
    if (result.kind === 'rejected') this.#rejections.add(result.rejection);
  }

  #addDamage(damage: Damage): void {
    this.#damage[damage] = (this.#damage[damage] ?? 0) + 1;
  }
}
