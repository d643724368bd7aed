/**
 * How many STS events were looked at, and how many of them can tell the endpoint. Events are
 * counted once, by id, up to a number of ids that bounds memory; past it the counts are of records
 * as read, copies included, and are marked so.
 */
import type { IdWords } from '../cloudtrail/event-id.js';
import { formatTime } from '../cloudtrail/event-time.js';
import { IdIndex } from '../cloudtrail/id-index.js';
import type { Evidence, SeenClass, SeenEvents, Span } from '../contracts.js';

/** About 100 MB of ids. */
const MOST_IDS = 4_000_000;

export interface AccountSeen {
  readonly accountId: string;
  readonly stsEvents: number;
  readonly assessable: number;
  readonly notAssessable: number;
  /** Of those, calls that AWS services made: CloudTrail never logs their endpoint. */
  readonly notAssessableByAwsServices: number;
  readonly firstEvent: string | null;
  readonly lastEvent: string | null;
}

export interface Seen extends Omit<AccountSeen, 'accountId'> {
  /** False when there were too many events to tell copies apart: the numbers are upper bounds. */
  readonly exact: boolean;
  readonly accounts: readonly AccountSeen[];
}

interface Count {
  readonly seenClass: SeenClass;
  distinct: number;
  read: number;
  span: Span;
}

export class SeenCounter {
  readonly #ids = new IdIndex();
  readonly #counts = new Map<string, Count>();
  readonly #mostIds: number;
  #exact = true;

  constructor(mostIds = MOST_IDS) {
    this.#mostIds = mostIds;
  }

  add({ classes, identified, counted, spans }: SeenEvents): void {
    const counts = classes.map((seenClass) => this.#countOf(seenClass));
    for (const [index, count] of counts.entries())
      count.span = joined(count.span, spans[index] ?? null);
    const salts = classes.map(saltOf);
    for (const [index, events] of counted) {
      const count = counts[index];
      if (count !== undefined) this.#addUnidentified(count, events);
    }
    for (let at = 0; at < identified.length; at += 5) {
      const index = identified[at + 4] ?? 0;
      const count = counts[index];
      if (count !== undefined) this.#addIdentified(count, idAt(identified, at, salts[index] ?? 0));
    }
  }

  result(): Seen {
    const counts = [...this.#counts.values()];
    const accountIds = [...new Set(counts.map(({ seenClass }) => seenClass.accountId))].toSorted();
    return {
      ...this.#sums(counts),
      exact: this.#exact,
      accounts: accountIds.map((accountId) => this.#account(accountId, counts)),
    };
  }

  #account(accountId: string, counts: readonly Count[]): AccountSeen {
    const own = counts.filter(({ seenClass }) => seenClass.accountId === accountId);
    return { accountId, ...this.#sums(own) };
  }

  #addUnidentified(count: Count, events: number): void {
    count.read += events;
    count.distinct += events;
  }

  #addIdentified(count: Count, id: IdWords): void {
    count.read += 1;
    if (!this.#exact || this.#ids.find(id) >= 0) return;
    if (this.#ids.size >= this.#mostIds) {
      this.#exact = false;
      return;
    }
    this.#ids.add(id);
    count.distinct += 1;
  }

  #countOf(seenClass: SeenClass): Count {
    const key = JSON.stringify([seenClass.accountId, seenClass.evidence]);
    const known = this.#counts.get(key);
    if (known !== undefined) return known;
    const count: Count = { seenClass, distinct: 0, read: 0, span: null };
    this.#counts.set(key, count);
    return count;
  }

  #sums(counts: readonly Count[]): Omit<AccountSeen, 'accountId'> {
    const of = (...kinds: Evidence[]): number =>
      counts
        .filter(({ seenClass }) => kinds.includes(seenClass.evidence))
        .reduce((sum, count) => sum + (this.#exact ? count.distinct : count.read), 0);
    const span = counts.reduce<Span>((sum, count) => joined(sum, count.span), null);
    return {
      stsEvents: of('assessable', 'aws-service', 'missing'),
      assessable: of('assessable'),
      notAssessable: of('aws-service', 'missing'),
      notAssessableByAwsServices: of('aws-service'),
      firstEvent: span === null ? null : formatTime(span[0]),
      lastEvent: span === null ? null : formatTime(span[1]),
    };
  }
}

function joined(a: Span, b: Span): Span {
  return a === null || b === null ? (a ?? b) : [Math.min(a[0], b[0]), Math.max(a[1], b[1])];
}

/**
 * The class is part of the key: of two copies that disagree about it, both count, whichever comes
 * first.
 */
function idAt(words: Uint32Array, at: number, salt: number): IdWords {
  const word = (column: number): number => words[at + column] ?? 0;
  return [word(0), word(1), word(2), (word(3) ^ salt) >>> 0];
}

function saltOf({ accountId, evidence }: SeenClass): number {
  let salt = 0;
  for (const char of accountId + evidence) salt = Math.imul(salt ^ char.charCodeAt(0), 0x0100_0193);
  return salt;
}
