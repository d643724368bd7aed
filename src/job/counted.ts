/**
 * Which calls the runs before have counted, as far back as the next run looks again. Calls with an
 * event id are remembered by it; an engine's cells, which have none, by what their calls share and
 * by how many there were on a day.
 */
import { z } from 'zod';
import type { Hit } from '../contracts.js';

const line = z.union([
  z.strictObject({ event: z.string(), at: z.int() }),
  z.strictObject({ shared: z.string(), account: z.string(), at: z.int() }),
  z.strictObject({ cell: z.string(), at: z.int(), calls: z.int() }),
]);
type Line = z.infer<typeof line>;

interface Cell {
  /** The last call, in seconds. */
  readonly at: number;
  readonly calls: number;
}

export class Counted {
  /** When each event happened, in seconds. */
  readonly #events = new Map<string, number>();
  /** Which account logged the copy that was counted, by the id that both copies share. */
  readonly #shared = new Map<string, { readonly account: string; readonly at: number }>();
  readonly #cells = new Map<string, Cell>();

  /** Throws when a line is not what `lines` wrote. */
  static parse(text: string): Counted {
    const counted = new Counted();
    for (const written of text.split('\n')) {
      if (written !== '') counted.#take(line.parse(JSON.parse(written)));
    }
    return counted;
  }

  add({ eventId, replacesEventId, sharedEventId, accountId, lastSeen, count, ...hit }: Hit): void {
    if (eventId === null) {
      const key = cellKey({ ...hit, replacesEventId, accountId, lastSeen });
      const known = this.#cells.get(key);
      const at = Math.max(lastSeen, known?.at ?? 0);
      this.#cells.set(key, { at, calls: count + (known?.calls ?? 0) });
      return;
    }
    this.#events.set(eventId, lastSeen);
    // What it replaces may come after it.
    if (replacesEventId !== null) this.#events.set(replacesEventId, lastSeen);
    if (sharedEventId !== null && !this.#shared.has(sharedEventId)) {
      this.#shared.set(sharedEventId, { account: accountId, at: lastSeen });
    }
  }

  /** Whether the event, the one it replaces, or another account's copy of it was counted. */
  has({ eventId, replacesEventId, sharedEventId, accountId }: Hit): boolean {
    return (
      this.hasEvent({ eventId }) ||
      (replacesEventId !== null && this.#events.has(replacesEventId)) ||
      this.hasOtherCopy({ sharedEventId, accountId })
    );
  }

  hasEvent({ eventId }: Pick<Hit, 'eventId'>): boolean {
    return eventId !== null && this.#events.has(eventId);
  }

  /** Whether the call was counted from another account's record of it. */
  hasOtherCopy({ sharedEventId, accountId }: Pick<Hit, 'sharedEventId' | 'accountId'>): boolean {
    const copy = sharedEventId === null ? undefined : this.#shared.get(sharedEventId);
    return copy !== undefined && copy.account !== accountId;
  }

  /** Number of events and cells. */
  get size(): number {
    return this.#events.size + this.#cells.size;
  }

  /** Calls of the cell that were counted. */
  callsOf(cell: Hit): number {
    return this.#cells.get(cellKey(cell))?.calls ?? 0;
  }

  /** Takes in what another remembers. Of a cell that both know, the larger count stands. */
  include(other: Counted): void {
    for (const entry of other.#entries()) this.#take(entry);
  }

  /** Everything from the given moment on, in seconds; a line each. */
  *lines(from: number): Generator<string> {
    for (const entry of this.#entries()) if (entry.at >= from) yield `${JSON.stringify(entry)}\n`;
  }

  *#entries(): Generator<Line> {
    for (const [event, at] of this.#events) yield { event, at };
    for (const [shared, { account, at }] of this.#shared) yield { shared, account, at };
    for (const [cell, { at, calls }] of this.#cells) yield { cell, at, calls };
  }

  #take(entry: Line): void {
    if ('event' in entry) {
      this.#events.set(entry.event, entry.at);
    } else if ('shared' in entry) {
      const { shared, account, at } = entry;
      this.#shared.set(shared, { account, at });
    } else {
      const { cell, at, calls } = entry;
      const known = this.#cells.get(cell);
      this.#cells.set(cell, { at: Math.max(at, known?.at ?? 0), calls: Math.max(calls, known?.calls ?? 0) }); // prettier-ignore
    }
  }
}

const DAY = 86_400;

/** What the calls of a cell share; a cell does not span days. */
function cellKey(hit: Omit<Hit, 'eventId' | 'sharedEventId' | 'count'>): string {
  return JSON.stringify([
    Math.floor(hit.lastSeen / DAY),
    hit.accountId,
    hit.principal.type,
    hit.principal.id,
    hit.awsService,
    hit.vpcEndpointId,
    hit.operation,
    hit.errorCode,
    hit.servingRegion,
    hit.tlsVersion,
    hit.signals,
    hit.disagrees,
    hit.userAgent,
  ]);
}
