import type { Merged } from '../annotation-schema.js';
import { type Contribution, mergeDays } from './findings.js';
import type { MayShare } from './overlap.js';

type Overlap = Merged['overlaps'][number];

/** By account, the days of which several reports may count the same calls. */
export function overlapsOf(
  groups: readonly (readonly Contribution[])[],
  mayShare: MayShare,
): Overlap[] {
  const overlaps = new Map<string, Overlap>();
  for (const contributions of groups) {
    const own = overlapOf(contributions, mayShare);
    if (own === null) continue;
    const known = overlaps.get(own.accountId);
    overlaps.set(own.accountId, known === undefined ? own : joined(known, own));
  }
  return [...overlaps.values()].toSorted((a, b) => (a.accountId < b.accountId ? -1 : 1));
}

/** Null when every call of the finding was surely counted once. */
function overlapOf(contributions: readonly Contribution[], mayShare: MayShare): Overlap | null {
  const [first] = contributions;
  if (first === undefined || contributions.length === 1) return null;
  const merged = Object.entries(mergeDays(contributions, mayShare));
  const days = merged
    .map(([day, calls]) => ({ day, calls, callsIfDistinct: sumOf(contributions, day) }))
    .filter(({ calls, callsIfDistinct }) => callsIfDistinct > calls);
  const [start] = days;
  const end = days.at(-1);
  if (start === undefined || end === undefined) return null;
  return {
    accountId: first.value.accountId,
    from: start.day,
    to: end.day,
    calls: days.reduce((sum, { calls }) => sum + calls, 0),
    callsIfDistinct: days.reduce((sum, { callsIfDistinct }) => sum + callsIfDistinct, 0),
  };
}

function sumOf(contributions: readonly Contribution[], day: string): number {
  return contributions.reduce((sum, { value }) => sum + (value.callsPerDay[day] ?? 0), 0);
}

function joined(a: Overlap, b: Overlap): Overlap {
  return {
    accountId: a.accountId,
    from: a.from < b.from ? a.from : b.from,
    to: a.to > b.to ? a.to : b.to,
    calls: a.calls + b.calls,
    callsIfDistinct: a.callsIfDistinct + b.callsIfDistinct,
  };
}
