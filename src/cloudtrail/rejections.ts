/**
 * STS records that cannot be used, counted by reason.
 */
import type { Rejection } from './normalise.js';
import { counted } from '../counted.js';

export class Rejections {
  readonly #byReason: Record<string, number> = {};
  #lostCalls = 0;

  add({ reason, global }: Rejection): void {
    this.#byReason[reason] = (this.#byReason[reason] ?? 0) + 1;
    if (global) this.#lostCalls += 1;
  }

  get byReason(): Readonly<Record<string, number>> {
    return this.#byReason;
  }

  get isEmpty(): boolean {
    return Object.keys(this.#byReason).length === 0;
  }

  /** Those that did reach the global endpoint: calls that the report cannot show. */
  get lostCalls(): number {
    return this.#lostCalls;
  }
}

/** For a gap. Records, since what has no readable time may have no readable id either. */
export function lostCallsSentence(count: number): string {
  const records = counted(count, 'record');
  return `${records} of calls to the global endpoint, copies included, without a readable event time: these calls are not in the report.`;
}
