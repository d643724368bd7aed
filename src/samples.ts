/**
 * What is kept of the details of calls: the kinds, and what is told of each.
 */

/** The kinds of detail kept as samples. Kept in this order everywhere. */
export const SAMPLE_KINDS = [
  'userAgents',
  'sourceAddresses',
  'sessionNames',
  'requestedSessionNames',
  'targetRoles',
  'issuedTo',
] as const;
export type SampleKind = (typeof SAMPLE_KINDS)[number];

/** Samples of these kinds say who or what called, so it matters how many calls carry each. */
export type CountedKind = 'userAgents' | 'sessionNames' | 'issuedTo';

/** Of these a call may carry none. */
export type OptionalKind = Exclude<CountedKind, 'userAgents'>;

/** Calls by sample, of those that are listed; under an empty text the calls that carry none. */
export type CellCounts = Readonly<Record<OptionalKind, ReadonlyMap<string, number>>>;

/** A value with the number of calls that carried it. */
export interface Sample {
  readonly value: string;
  readonly calls: number;
}

/** Number of distinct values: exact, or a lower bound when there were more than were kept. */
export interface Distinct {
  readonly count: number;
  readonly atLeast: boolean;
}

/** The first values in code-unit order, so that equal evidence gives equal samples. */
export type Samples = Readonly<
  Record<Exclude<SampleKind, CountedKind>, readonly string[]> &
    Record<CountedKind, readonly Sample[]>
>;

/** The values of one kind, in one shape for all kinds. */
export function sampleValues(samples: Samples, kind: SampleKind): readonly string[] {
  return samples[kind].map((sample) => (typeof sample === 'string' ? sample : sample.value));
}
