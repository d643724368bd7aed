/**
 * What a source of AWS did and did not see, noted while it reads.
 */
import { lostCallsSentence } from '../cloudtrail/rejections.js';
import type { Deliveries } from '../cloudtrail/deliveries.js';
import type { Batch, Coverage, Gap } from '../contracts.js';
import type { GapCode } from '../gap-codes.js';
import { nameOf } from './name.js';

export class CoverageNotes {
  readonly #source: string;
  readonly #targets: readonly string[];
  readonly #gaps: Gap[] = [];
  readonly #notes = new Set<string>();
  readonly #accounts = new Set<string>();
  readonly #rejected: Record<string, number> = {};
  readonly #figures: Record<string, number> = {};
  readonly #deliveries: Deliveries[] = [];
  #read = false;

  /** `account` is the one that is read, where that is known beforehand. */
  constructor(source: string, targets: readonly string[], account?: string) {
    this.#source = nameOf(source, account);
    this.#targets = targets;
    if (account !== undefined) this.#accounts.add(account);
  }

  /** Whether anything was read. Until then, trouble is one of configuration. */
  get anythingRead(): boolean {
    return this.#read;
  }

  gap(code: GapCode, subject: string, message: string): void {
    this.#gaps.push({ code, subject, message });
  }

  note(sentence: string): void {
    this.#notes.add(sentence);
  }

  /** Adds to a count of the backend. */
  figure(name: string, by: number): void {
    this.#figures[name] = (this.#figures[name] ?? 0) + Math.round(by);
  }

  figureOf(name: string): number {
    return this.#figures[name] ?? 0;
  }

  /** Adds an account that is not vouched for by its events, since days between them were not seen. */
  paused(deliveries: Deliveries): void {
    this.#deliveries.push(deliveries);
  }

  reject(rejected: Readonly<Record<string, number>>): void {
    for (const [reason, count] of Object.entries(rejected)) {
      this.#rejected[reason] = (this.#rejected[reason] ?? 0) + count;
    }
  }

  /** Records of calls that cannot be shown, copies included. */
  lost(records: number, subject: string): void {
    if (records > 0) this.gap('lost-calls', subject, lostCallsSentence(records));
  }

  /** Notes what a batch covers and hands it on. */
  took(batch: Batch): Batch {
    this.#read = true;
    for (const { accountId } of batch.seen.classes) {
      if (accountId !== '') this.#accounts.add(accountId);
    }
    return batch;
  }

  result(interrupted: boolean): Coverage {
    if (interrupted) {
      this.gap('interrupted', this.#source, 'Reading was interrupted; evidence is missing.');
    }
    return {
      source: this.#source,
      targets: this.#targets,
      accounts: [...this.#accounts].toSorted(),
      // Calls to the global endpoint are logged in us-east-1, whatever Region served them.
      regions: ['us-east-1'],
      ...(this.#deliveries.length === 0 ? {} : { deliveries: this.#deliveries }),
      gaps: this.#gaps.toSorted((a, b) => compare(keyOf(a), keyOf(b))),
      notes: [...this.#notes],
      rejected: this.#rejected,
      figures: this.#figures,
    };
  }
}

function keyOf({ subject, code, message }: Gap): string {
  return JSON.stringify([subject, code, message]);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
