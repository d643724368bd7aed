/**
 * Calls that were delivered late. CloudTrail promises no time of delivery, so a call may reach the
 * logs after the run that covers its time. The next run therefore reads some time before its window
 * again, and counts there what no run before has counted.
 */
import type { Batch, Context, Coverage, Hit, SeenEvents, Source, Window } from '../contracts.js';
import { Counted } from './counted.js';

export interface LateCaller {
  readonly accountId: string;
  readonly principal: string;
  readonly calls: number;
}

export class LookBack {
  /** Calls that were counted although they lie before the window. */
  lateCalls = 0;
  /** What this run has counted, as far back as the next one will look. */
  readonly counted = new Counted();
  readonly #before: Counted;
  readonly #rememberFrom: number;
  readonly #late = new Set<string>();
  /** By caller, calls that were counted from the record of the account called. */
  readonly #callers = new Map<string, LateCaller>();
  /** How much of the cells of earlier runs has been found again. */
  readonly #found = new Counted();

  /** `before` is what earlier runs have counted; the next run looks back to `rememberFrom`. */
  constructor(before: Counted, rememberFrom: number) {
    this.#before = before;
    this.#rememberFrom = rememberFrom;
  }

  /** The same source; what it finds is remembered. */
  over(source: Source): Source {
    const take = this.#remember.bind(this);
    return {
      name: source.name,
      async *collect(window, context) {
        return yield* mapHits(source.collect(window, context), (hit) => {
          take(hit);
          return [hit];
        });
      },
    };
  }

  /**
   * The same source over the time from `from` to the window. What it sees there is no evidence of
   * the window, so it counts neither events nor accounts.
   */
  before(source: Source, from: number): Source {
    const take = this.#uncounted.bind(this);
    return {
      name: source.name,
      async *collect(window: Window, context: Context): AsyncGenerator<Batch, Coverage, void> {
        const earlier = source.collect({ from, to: window.from }, context);
        const coverage = yield* mapHits(earlier, take, NOTHING_SEEN);
        const notes = [...coverage.notes, NOTE];
        return { ...coverage, accounts: [], deliveries: [], rejected: {}, notes };
      },
    };
  }

  /** Who turned out to have made calls that earlier runs counted; in order. */
  get lateCallers(): readonly LateCaller[] {
    return [...this.#callers].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, caller]) => caller);
  }

  #remember(hit: Hit): void {
    if (hit.lastSeen >= this.#rememberFrom) this.counted.add(hit);
  }

  #uncounted(hit: Hit): Hit[] {
    if (this.#namesCaller(hit)) this.#noteCaller(hit);
    this.#remember(hit);
    const count = hit.count - this.#known(hit);
    if (count <= 0) return [];
    this.#noteLate(hit, count);
    return [{ ...hit, count }];
  }

  /** The first time that the caller's own record is read; its event is remembered from then on. */
  #namesCaller(hit: Hit): boolean {
    if (hit.copy !== 'caller' || !this.#before.hasOtherCopy(hit)) return false;
    return !this.#before.hasEvent(hit) && !this.counted.hasEvent(hit);
  }

  #noteCaller({ accountId, principal, count }: Hit): void {
    const key = JSON.stringify([accountId, principal.id]);
    const calls = count + (this.#callers.get(key)?.calls ?? 0);
    this.#callers.set(key, { accountId, principal: principal.id, calls });
  }

  /** How many calls of the hit were counted before. */
  #known(hit: Hit): number {
    if (hit.eventId !== null) return this.#before.has(hit) ? hit.count : 0;
    // Calls that are alike may come in several cells, which together hold what was counted.
    const left = Math.max(0, this.#before.callsOf(hit) - this.#found.callsOf(hit));
    const known = Math.min(hit.count, left);
    this.#found.add({ ...hit, count: known });
    return known;
  }

  /** Copies of one call count once. */
  #noteLate(hit: Hit, count: number): void {
    const id = hit.sharedEventId ?? hit.replacesEventId ?? hit.eventId;
    if (id !== null && this.#late.has(id)) return;
    if (id !== null) this.#late.add(id);
    this.lateCalls += count;
  }
}

const NOTE = 'Read once more, for calls from before the window that were delivered late.';
const NOTHING_SEEN: SeenEvents = { classes: [], identified: new Uint32Array(), counted: [], spans: [] }; // prettier-ignore

async function* mapHits(
  batches: AsyncGenerator<Batch, Coverage, void>,
  take: (hit: Hit) => Hit[],
  seen?: SeenEvents,
): AsyncGenerator<Batch, Coverage, void> {
  for (;;) {
    const next = await batches.next();
    if (next.done === true) return next.value;
    yield { hits: next.value.hits.flatMap(take), seen: seen ?? next.value.seen };
  }
}
