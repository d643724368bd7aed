/**
 * The oldest events of a slice that have come: a second look at the rest of the slice must show
 * these and nothing else, or the server has kept something back.
 */
import type { Event } from '@aws-sdk/client-cloudtrail';
import { parseEventTime } from '../../cloudtrail/event-time.js';
import { fieldsOf, textOf } from '../../cloudtrail/fields.js';

export class Tail {
  #oldest: number | null = null;
  #keys = new Set<string>();

  /** Second of the oldest event; null when none has come whose time is known. */
  get oldest(): number | null {
    return this.#oldest;
  }

  /** How many events of that second are known. */
  get size(): number {
    return this.#keys.size;
  }

  add(event: Event): void {
    const [time, key] = [timeOf(event), keyOf(event)];
    if (time === null || (this.#oldest !== null && time > this.#oldest)) return;
    if (time !== this.#oldest) this.#keys = new Set();
    this.#oldest = time;
    this.#keys.add(key);
  }

  /** Of events as old as the oldest. One without a time is no sign of anything. */
  lacks(event: Event): boolean {
    return timeOf(event) !== null && !this.#keys.has(keyOf(event));
  }
}

/** Seconds; the record has the time as well, and events may come without their own. */
export function timeOf({ EventTime, CloudTrailEvent }: Event): number | null {
  if (EventTime !== undefined) return Math.floor(EventTime.getTime() / 1000);
  return parseEventTime(fieldsOf(recordOf(CloudTrailEvent))['eventTime']);
}

/** Equal for copies of one event; '' when nothing tells it from others. */
export function keyOf({ EventId, CloudTrailEvent }: Event): string {
  return EventId ?? textOf(fieldsOf(recordOf(CloudTrailEvent))['eventID']) ?? CloudTrailEvent ?? '';
}

export function recordOf(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return null;
  }
}
