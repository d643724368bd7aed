/**
 * Adding what reports counted. Counts that may be of the same calls are not added: the larger one
 * stands for both.
 */
import { linkedParts, type MayShare } from './overlap.js';

export type Counts = Readonly<Record<string, number>>;

/** A value with the index of the report that it comes from. */
export interface From<T> {
  readonly report: number;
  readonly value: T;
}

/** The sum over reports that cannot hold the same calls of the largest among those that can. */
export function combined(values: readonly From<number>[], mayShare: MayShare): number {
  const parts = linkedParts(values, (a, b) => mayShare(a.report, b.report));
  return parts
    .map((part) => Math.max(...part.map(({ value }) => value)))
    .reduce((sum, value) => sum + value, 0);
}

/** The same, key by key; keys in order. */
export function combinedCounts(
  counts: readonly From<Counts>[],
  mayShare: MayShare,
): Record<string, number> {
  const keys = [...new Set(counts.flatMap(({ value }) => Object.keys(value)))].toSorted();
  return Object.fromEntries(keys.map((key) => [key, combined(present(counts, key), mayShare)]));
}

/** Counts by day: only what two reports say about a day that both cover can be the same. */
export function combinedDays(
  counts: readonly From<Counts>[],
  mayShare: MayShare,
): Record<string, number> {
  const days = [...new Set(counts.flatMap(({ value }) => Object.keys(value)))].toSorted();
  return Object.fromEntries(
    days.map((day) => [day, combined(present(counts, day), (a, b) => mayShare(a, b, day))]),
  );
}

function present(counts: readonly From<Counts>[], key: string): From<number>[] {
  return counts
    .filter(({ value }) => Object.hasOwn(value, key))
    .map(({ report, value }) => ({ report, value: value[key] ?? 0 }));
}

export function added(counts: readonly Counts[]): Record<string, number> {
  return combinedCounts(
    counts.map((value, report) => ({ report, value })),
    () => false,
  );
}
