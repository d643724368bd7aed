import type { AwsManaged, Report } from '../schema.js';
import { combined, combinedCounts, type Counts, type From } from './counts.js';
import type { MayShare } from './overlap.js';

type Contribution = From<AwsManaged>;

/** Calls of AWS services are not kept by day: where windows overlap, the larger count stands. */
export function mergeAwsManaged(reports: readonly Report[], mayShare: MayShare): AwsManaged[] {
  const groups = new Map<string, [Contribution, ...Contribution[]]>();
  for (const [report, { awsManaged }] of reports.entries()) {
    for (const value of awsManaged) {
      const key = JSON.stringify([value.service, value.accountId]);
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [{ report, value }]);
      else group.push({ report, value });
    }
  }
  return [...groups.values()].map((group) => mergeOne(group, mayShare));
}

function mergeOne(
  contributions: readonly [Contribution, ...Contribution[]],
  mayShare: MayShare,
): AwsManaged {
  const [{ value: first }] = contributions;
  const all = contributions.map(({ value }) => value);
  const counts = (pick: (one: AwsManaged) => Counts): Record<string, number> =>
    combinedCounts(
      contributions.map(({ report, value }) => ({ report, value: pick(value) })),
      mayShare,
    );
  const calls = contributions.map(({ report, value }) => ({ report, value: value.calls }));
  return {
    service: first.service,
    accountId: first.accountId,
    calls: combined(calls, mayShare),
    firstSeen: all.map(({ firstSeen }) => firstSeen).reduce((a, b) => (a < b ? a : b)),
    lastSeen: all.map(({ lastSeen }) => lastSeen).reduce((a, b) => (a > b ? a : b)),
    operations: counts(({ operations }) => operations),
    servingRegions: counts(({ servingRegions }) => servingRegions),
    targetRoles: [...new Set(all.flatMap(({ targetRoles }) => targetRoles))].toSorted(),
  };
}
