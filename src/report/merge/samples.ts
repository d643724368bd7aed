import type { Distinct, SampleKind, Samples } from '../../contracts.js';
import type { Finding } from '../finding-schema.js';
import type { Counts } from './counts.js';

/** As many as a report of one run shows. */
const SHOWN = 20;

/** The first values in code-unit order, like in a report of one run. */
export function mergeSamples(
  findings: readonly Finding[],
  addAll: (pick: (finding: Finding) => Counts) => Record<string, number>,
): Samples {
  const union = (kind: Exclude<SampleKind, 'userAgents'>): string[] =>
    valuesOf(findings, kind).slice(0, SHOWN);
  const agents = addAll(({ samples }) =>
    Object.fromEntries(samples.userAgents.map(({ value, calls }) => [value, calls])),
  );
  return {
    userAgents: Object.entries(agents)
      .map(([value, calls]) => ({ value, calls }))
      .toSorted((a, b) => (a.value < b.value ? -1 : 1))
      .slice(0, SHOWN),
    sourceAddresses: union('sourceAddresses'),
    sessionNames: union('sessionNames'),
    requestedSessionNames: union('requestedSessionNames'),
    targetRoles: union('targetRoles'),
    issuedTo: union('issuedTo'),
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

function valuesOf(findings: readonly Finding[], kind: SampleKind): string[] {
  const values = findings.flatMap(({ samples }) =>
    kind === 'userAgents' ? samples.userAgents.map(({ value }) => value) : samples[kind],
  );
  return [...new Set(values)].toSorted();
}
