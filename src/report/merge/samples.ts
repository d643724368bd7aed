import {
  type CountedKind,
  type Distinct,
  type Sample,
  type SampleKind,
  type Samples,
  sampleValues,
} from '../../samples.js';
import type { Finding } from '../finding-schema.js';
import type { Counts } from './counts.js';

/** As many as a report of one run shows. */
const SHOWN = 20;

type ListedKind = Exclude<SampleKind, CountedKind>;

/** The first values in code-unit order, like in a report of one run. */
export function mergeSamples(
  findings: readonly Finding[],
  addAll: (pick: (finding: Finding) => Counts) => Record<string, number>,
): Samples {
  const union = (kind: ListedKind): string[] => valuesOf(findings, kind).slice(0, SHOWN);
  const counted = (kind: CountedKind): Sample[] =>
    Object.entries(addAll(({ samples }) => callsByValue(samples[kind])))
      .map(([value, calls]) => ({ value, calls }))
      .toSorted((a, b) => (a.value < b.value ? -1 : 1))
      .slice(0, SHOWN);
  return {
    userAgents: counted('userAgents'),
    sourceAddresses: union('sourceAddresses'),
    sessionNames: counted('sessionNames'),
    requestedSessionNames: union('requestedSessionNames'),
    targetRoles: union('targetRoles'),
    issuedTo: counted('issuedTo'),
  };
}
/** Exact when every report shows all its values; else at least the most that one of them had. */
export function mergeDistinct(findings: readonly Finding[]): Record<SampleKind, Distinct> {
  const distinct = (kind: SampleKind): Distinct => {
    const counts = findings.map((finding) => finding.distinct[kind]);
    const all = findings.every(
      ({ samples }, index) =>
        counts[index]?.atLeast === false && counts[index].count === samples[kind].length,
    );
    const values = valuesOf(findings, kind).length;
    return { count: Math.max(values, ...counts.map(({ count }) => count)), atLeast: !all };
  };
  return {
    userAgents: distinct('userAgents'),
    sourceAddresses: distinct('sourceAddresses'),
    sessionNames: distinct('sessionNames'),
    requestedSessionNames: distinct('requestedSessionNames'),
    targetRoles: distinct('targetRoles'),
    issuedTo: distinct('issuedTo'),
  };
}

function callsByValue(samples: readonly Sample[]): Counts {
  return Object.fromEntries(samples.map(({ value, calls }) => [value, calls]));
}

function valuesOf(findings: readonly Finding[], kind: SampleKind): string[] {
  return [...new Set(findings.flatMap(({ samples }) => sampleValues(samples, kind)))].toSorted();
}
