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

/**
 * The least that there can have been: the largest sum over reports of which no two can hold the same
 * calls. Reports are numbered in the order in which their events end.
 */
export function combined(values: readonly From<number>[], mayShare: MayShare): number {
  const parts = linkedParts(values, (a, b) => mayShare(a.report, b.report));
  return parts.map((part) => largestApart(part, mayShare)).reduce((sum, value) => sum + value, 0);
}

interface Apart {
  readonly sum: number;
  readonly reports: readonly number[];
}

/** For each report, the best set of earlier ones that are apart is carried on with it. */
function largestApart(part: readonly From<number>[], mayShare: MayShare): number {
  const best: Apart[] = [{ sum: 0, reports: [] }];
  for (const { report, value } of part.toSorted((a, b) => a.report - b.report)) {
    const before = best.find(({ reports }) => reports.every((other) => !mayShare(report, other)));
    const { sum, reports } = before ?? { sum: 0, reports: [] };
    best.push({ sum: sum + value, reports: [...reports, report] });
    best.sort((a, b) => b.sum - a.sum);
  }
  return best[0]?.sum ?? 0;
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
