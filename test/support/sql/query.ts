/**
 * A query that an engine executes while a service is asked about it.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Loopback } from '../aws/loopback.js';
import type { Answer, Engine } from './engine.js';

/** A service of AWS over an engine of SQL. */
export interface SqlService extends Loopback {
  /** In the order in which they were started. */
  readonly queries: readonly Query[];
}

const PATIENCE = 1000;

export class Query {
  readonly text: string;
  result: Answer | null = null;
  /** Why it failed, or empty. */
  reason = '';
  /** So far, where the engine tells. */
  bytesRead = 0;
  readonly #cancelling = new AbortController();
  readonly #end: Promise<unknown>;

  constructor(engine: Engine, text: string) {
    this.text = text;
    const read = (bytes: number): void => void (this.bytesRead = bytes);
    this.#end = engine.run(text, { read, signal: this.#cancelling.signal }).then(
      (result) => (this.result = result),
      (error: unknown) => (this.reason = String(error)),
    );
  }

  get isRunning(): boolean {
    return this.result === null && this.reason === '';
  }

  get isCancelled(): boolean {
    return this.reason !== '' && this.#cancelling.signal.aborted;
  }

  /** Until it has ended; one that has is left as it is. */
  async cancel(): Promise<void> {
    this.#cancelling.abort();
    await this.#end;
  }

  /** Its end, or a second: whoever asks again and again on a clock of its own is held up meanwhile. */
  async soon(): Promise<void> {
    await Promise.race([this.#end, delay(PATIENCE, undefined, { ref: false })]);
  }
}
