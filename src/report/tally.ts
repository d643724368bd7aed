/**
 * The counts of one group, filled row by row when the ledger is closed.
 */
import { formatDay, formatTime } from '../cloudtrail/event-time.js';
import type { FindingFacts, Signal } from '../contracts.js';
import type { Distinct, Sample, SampleKind, Samples } from '../samples.js';
import type { Cell, Group } from './group.js';
import { KEPT_LIMIT } from './kept-values.js';

/** Keys come from logs, where `__proto__` may occur: a Map takes any key. */
type Counts = Map<string, number>;

/** Calls that are alike. */
export interface Entry {
  readonly count: number;
  readonly firstSeen: number;
  readonly lastSeen: number;
  /** 0 when no session length was asked for. */
  readonly durationSeconds: number;
}

export class Tally {
  readonly group: Group;
  readonly #parts: readonly Group[];
  #calls = 0;
  #firstSeen = Number.POSITIVE_INFINITY;
  #lastSeen = 0;
  #longest = 0;
  #disagreements = 0;
  readonly #signals: Record<Signal, number> = {
    'host-header': 0,
    'served-host': 0,
    'endpoint-type': 0,
  };
  readonly #operations: Counts = new Map();
  readonly #errors: Counts = new Map();
  readonly #days = new Map<number, number>();
  readonly #servingRegions: Counts = new Map();
  readonly #tlsVersions: Counts = new Map();
  readonly #callsBySample = new Map<number, number>();
  readonly #callsWithout: Record<SampleKind, number> = byKind(() => 0);

  /** `parts` are the groups that are counted as this one, which is among them. */
  constructor(group: Group, parts: readonly Group[]) {
    this.group = group;
    this.#parts = parts;
  }

  get calls(): number {
    return this.#calls;
  }

  add(cell: Cell, entry: Entry): void {
    const { count } = entry;
    this.#calls += count;
    this.#firstSeen = Math.min(this.#firstSeen, entry.firstSeen);
    this.#lastSeen = Math.max(this.#lastSeen, entry.lastSeen);
    this.#longest = Math.max(this.#longest, entry.durationSeconds);
    if (cell.disagrees) this.#disagreements += count;
    for (const signal of cell.signals) this.#signals[signal] += count;
    bump(this.#operations, cell.operation, count);
    if (cell.errorCode !== null) bump(this.#errors, cell.errorCode, count);
    bump(this.#servingRegions, cell.servingRegion ?? 'unknown', count);
    bump(this.#tlsVersions, cell.tlsVersion ?? 'unknown', count);
    const day = Math.floor(entry.firstSeen / 86_400);
    this.#days.set(day, (this.#days.get(day) ?? 0) + count);
  }

  /** `number` is that of a kept value; 0 for calls without one. */
  addSample(kind: SampleKind, number: number, calls: number): void {
    if (number === 0) this.#callsWithout[kind] += calls;
    else this.#callsBySample.set(number, (this.#callsBySample.get(number) ?? 0) + calls);
  }

  facts(): FindingFacts {
    const { accountId, principal, client, vpcEndpointId } = this.group;
    const live = this.#liveSamples();
    return {
      accountId,
      principal,
      client,
      vpcEndpointId,
      calls: this.#calls,
      firstSeen: formatTime(this.#firstSeen),
      lastSeen: formatTime(this.#lastSeen),
      signals: this.#signals,
      disagreements: this.#disagreements,
      operations: sorted(this.#operations),
      errors: sorted(this.#errors),
      callsPerDay: this.#callsPerDay(),
      servingRegions: sorted(this.#servingRegions),
      tlsVersions: sorted(this.#tlsVersions),
      longestSessionSeconds: this.#longest || null,
      distinct: byKind((kind) => this.#distinct(kind, live[kind].length)),
      samples: toSamples(live),
      callsWithout: {
        sessionNames: this.#callsWithout.sessionNames,
        issuedTo: this.#callsWithout.issuedTo,
      },
    };
  }

  #liveSamples(): Record<SampleKind, Sample[]> {
    return byKind((kind) => {
      const calls: Counts = new Map();
      for (const { value, number } of this.#parts.flatMap((part) => part.kept[kind].all())) {
        const count = this.#callsBySample.get(number);
        if (count !== undefined) bump(calls, value, count);
      }
      const samples = [...calls].map(([value, count]) => ({ value, calls: count }));
      return samples.toSorted((a, b) => (a.value < b.value ? -1 : 1)).slice(0, KEPT_LIMIT);
    });
  }

  #distinct(kind: SampleKind, live: number): Distinct {
    const overflowed = this.#parts.some((part) => part.kept[kind].hasOverflowed);
    return { count: live, atLeast: overflowed || (this.#parts.length > 1 && live >= KEPT_LIMIT) };
  }

  #callsPerDay(): Record<string, number> {
    const days = [...this.#days].toSorted(([a], [b]) => a - b);
    return Object.fromEntries(days.map(([day, calls]) => [formatDay(day * 86_400), calls]));
  }
}

/** How many samples of a kind a report shows. Their distinct number is given beside them. */
const SHOWN = 20;

function toSamples(live: Record<SampleKind, Sample[]>): Samples {
  const shown = (kind: SampleKind): string[] =>
    live[kind].slice(0, SHOWN).map(({ value }) => value);
  return {
    userAgents: live.userAgents.slice(0, SHOWN),
    sourceAddresses: shown('sourceAddresses'),
    sessionNames: live.sessionNames.slice(0, SHOWN),
    requestedSessionNames: shown('requestedSessionNames'),
    targetRoles: shown('targetRoles'),
    issuedTo: live.issuedTo.slice(0, SHOWN),
  };
}

function byKind<T>(make: (kind: SampleKind) => T): Record<SampleKind, T> {
  return {
    userAgents: make('userAgents'),
    sourceAddresses: make('sourceAddresses'),
    sessionNames: make('sessionNames'),
    requestedSessionNames: make('requestedSessionNames'),
    targetRoles: make('targetRoles'),
    issuedTo: make('issuedTo'),
  };
}

function bump(counts: Counts, key: string, by: number): void {
  counts.set(key, (counts.get(key) ?? 0) + by);
}

function sorted(counts: Counts): Record<string, number> {
  return Object.fromEntries([...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
