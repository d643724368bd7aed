/**
 * Which log files of an account were read. Files that keep coming show that its trail was at work,
 * even where none of them holds an STS event.
 */
const DAY = 86_400;

/**
 * Log files of one account and Region that were read. Of sources without log files, `athena` states
 * accounts of which days between others have no partition, as no files. Times in seconds.
 */
export interface Deliveries {
  readonly accountId: string;
  readonly region: string;
  readonly files: number;
  /** When the first and the last of them were delivered; null when no name says. */
  readonly first: number | null;
  readonly last: number | null;
  /** Most UTC days in a row between the two on which none was delivered. */
  readonly longestPauseDays: number;
}

interface Count {
  readonly accountId: string;
  readonly region: string;
  files: number;
  first: number;
  last: number;
  /** UTC days with a delivery, as numbers since 1970. */
  readonly days: Set<number>;
}

export class DeliveryCounter {
  readonly #counts = new Map<string, Count>();

  /** `deliveredAt` in seconds; null when the file's name does not say. */
  add(accountId: string, region: string, deliveredAt: number | null): void {
    const key = `${accountId} ${region}`;
    const count = this.#counts.get(key) ?? { accountId, region, files: 0, first: Infinity, last: -Infinity, days: new Set() }; // prettier-ignore
    this.#counts.set(key, count);
    count.files += 1;
    if (deliveredAt === null) return;
    count.first = Math.min(count.first, deliveredAt);
    count.last = Math.max(count.last, deliveredAt);
    count.days.add(Math.floor(deliveredAt / DAY));
  }

  /** By account and Region, in order. */
  result(): readonly Deliveries[] {
    const counts = [...this.#counts].toSorted(([a], [b]) => (a < b ? -1 : 1));
    return counts.map(([, { accountId, region, files, first, last, days }]) => ({
      accountId,
      region,
      files,
      first: days.size === 0 ? null : first,
      last: days.size === 0 ? null : last,
      longestPauseDays: longestPause(days),
    }));
  }
}

/** Most days in a row that are missing between two of them. Days are numbers since 1970. */
export function longestPause(days: ReadonlySet<number>): number {
  const sorted = [...days].toSorted((a, b) => a - b);
  const pauses = sorted.slice(1).map((day, index) => day - (sorted[index] ?? day) - 1);
  return Math.max(0, ...pauses);
}
