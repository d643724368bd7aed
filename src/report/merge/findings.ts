/**
 * One finding from what several reports say about it.
 */
import type { FindingFacts } from '../../contracts.js';
import { analyse } from '../analyse.js';
import type { Finding } from '../finding-schema.js';
import { locate } from '../location.js';
import { combined, combinedCounts, combinedDays, type Counts, type From } from './counts.js';
import type { MayShare } from './overlap.js';
import { mergeDistinct, mergeSamples } from './samples.js';

export type Contribution = From<Finding>;

/**
 * `contributions` are findings of one id, at most one from a report. Annotations are left out; the
 * judgements are made anew, with ages counted from `lastSeenAgainst`.
 */
export function mergeFinding(
  contributions: readonly [Contribution, ...Contribution[]],
  mayShare: MayShare,
  lastSeenAgainst: string,
): Finding {
  const [{ value: first }] = contributions;
  const { id, lineage } = first;
  const facts = mergeFacts(contributions, mayShare);
  return {
    id,
    lineage,
    ...facts,
    ...analyse(facts, { lastSeenAgainst, location: commonLocation(contributions) }),
  };
}

/**
 * An analysis may have known AWS's address ranges, which are not in the report. What the facts tell
 * by themselves is judged anew, for the counts of the whole.
 */
function commonLocation(contributions: readonly Contribution[]): Finding['location'] | undefined {
  const locations = contributions.map(({ value }) => value.location);
  if (contributions.every(({ value }) => isByFacts(value))) return undefined;
  const [first] = locations;
  const same = locations.every(
    ({ kind, region }) => kind === first?.kind && region === first.region,
  );
  return same ? first : undefined;
}

function isByFacts(finding: Finding): boolean {
  const { kind, region, confidence, explanation } = locate(finding);
  const known = finding.location;
  return (
    kind === known.kind &&
    region === known.region &&
    confidence === known.confidence &&
    explanation === known.explanation
  );
}

function mergeFacts(
  contributions: readonly [Contribution, ...Contribution[]],
  mayShare: MayShare,
): FindingFacts {
  const [{ value: first }] = contributions;
  const findings = contributions.map(({ value }) => value);
  const share = sharingDays(contributions, mayShare);
  const add = (pick: (finding: Finding) => number): number =>
    combined(picked(contributions, pick), share);
  const addAll = (pick: (finding: Finding) => Counts): Record<string, number> =>
    combinedCounts(picked(contributions, pick), share);
  const callsPerDay = mergeDays(contributions, mayShare);
  return {
    accountId: first.accountId,
    principal: first.principal,
    client: first.client,
    vpcEndpointId: first.vpcEndpointId,
    calls: Object.values(callsPerDay).reduce((sum, calls) => sum + calls, 0),
    firstSeen: findings.map(({ firstSeen }) => firstSeen).reduce((a, b) => (a < b ? a : b)),
    lastSeen: findings.map(({ lastSeen }) => lastSeen).reduce((a, b) => (a > b ? a : b)),
    signals: { ...first.signals, ...addAll(({ signals }) => signals) },
    disagreements: add(({ disagreements }) => disagreements),
    operations: addAll(({ operations }) => operations),
    errors: addAll(({ errors }) => errors),
    callsPerDay,
    servingRegions: addAll(({ servingRegions }) => servingRegions),
    tlsVersions: addAll(({ tlsVersions }) => tlsVersions),
    longestSessionSeconds: longestSession(findings),
    distinct: mergeDistinct(findings),
    samples: mergeSamples(findings, addAll),
    callsWithout: {
      sessionNames: add(({ callsWithout }) => callsWithout.sessionNames),
      issuedTo: add(({ callsWithout }) => callsWithout.issuedTo),
    },
  };
}

/** Days are what reports tell apart: of each day that two may share, the larger count stands. */
export function mergeDays(
  contributions: readonly Contribution[],
  mayShare: MayShare,
): Record<string, number> {
  return combinedDays(
    picked(contributions, ({ callsPerDay }) => callsPerDay),
    mayShare,
  );
}

/**
 * Other counts are not kept by day. Two reports that share a day with calls may share any of them,
 * so the larger stands, which is the least that there can have been.
 */
function sharingDays(contributions: readonly Contribution[], mayShare: MayShare): MayShare {
  const days = new Map(
    contributions.map(({ report, value }) => [report, Object.keys(value.callsPerDay)]),
  );
  const shares = (a: number, b: number): boolean =>
    days.get(a)?.some((day) => days.get(b)?.includes(day) === true && mayShare(a, b, day)) ?? false;
  return shares;
}

function picked<T>(
  contributions: readonly Contribution[],
  pick: (finding: Finding) => T,
): From<T>[] {
  return contributions.map(({ report, value }) => ({ report, value: pick(value) }));
}

function longestSession(findings: readonly Finding[]): number | null {
  const known = findings.flatMap(({ longestSessionSeconds }) => longestSessionSeconds ?? []);
  return known.length === 0 ? null : Math.max(...known);
}
