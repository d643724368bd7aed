import type { FindingFacts } from '../../src/contracts.js';
import type { OptionalKind, Sample, SampleKind } from '../../src/samples.js';
import { SAMPLE_KINDS } from '../../src/samples.js';

import { parseClient } from '../../src/clients/parse-client.js';

const ROLE = {
  type: 'role',
  id: 'arn:aws:iam::111122223333:role/app',
  accountId: '111122223333',
} as const;

export const EKS =
  'arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/ABC123';

export interface FactsOptions extends Partial<
  Omit<FindingFacts, 'samples' | 'distinct' | 'client'>
> {
  readonly userAgent?: string;
  readonly samples?: Partial<Record<SampleKind, readonly string[]>>;
  /** Calls by sample, under an empty text those without one. */
  readonly counted?: Partial<Record<OptionalKind, Readonly<Record<string, number>>>>;
}

/** All calls carry a sample, the first one the rest of them. */
function shareOut(values: readonly string[], calls: number): Sample[] {
  const rest = Math.max(1, calls - values.length + 1);
  return values.map((value, at) => ({ value, calls: at > 0 ? 1 : rest }));
}

/** The facts of a finding: a role in eu-west-1 unless told otherwise. */
export function makeFacts({
  userAgent = 'Boto3/1.26.1 Python/3.9.1 Linux/5 Botocore/1.29.1',
  samples = {},
  counted = {},
  servingRegions = { 'eu-west-1': 120 },
  ...rest
}: FactsOptions = {}): FindingFacts {
  const kept = { userAgents: [userAgent], ...samples };
  const byKind = <Value>(of: (kind: SampleKind) => Value): Record<SampleKind, Value> =>
    Object.fromEntries(SAMPLE_KINDS.map((kind) => [kind, of(kind)])) as Record<SampleKind, Value>;
  const calls = Object.values(servingRegions).reduce((sum, count) => sum + count, 0);
  const countsOf = (kind: OptionalKind): Sample[] =>
    Object.entries(counted[kind] ?? {}).map(([value, count]) => ({ value, calls: count }));
  const sample = (kind: OptionalKind): Sample[] =>
    counted[kind] === undefined
      ? shareOut(kept[kind] ?? [], calls)
      : countsOf(kind).filter(({ value }) => value !== '');
  const without = (kind: OptionalKind): number =>
    counted[kind]?.[''] ?? (sample(kind).length === 0 ? calls : 0);
  const all = {
    ...byKind((kind) => kept[kind] ?? []),
    userAgents: shareOut(kept.userAgents, calls),
    sessionNames: sample('sessionNames'),
    issuedTo: sample('issuedTo'),
  };
  return {
    accountId: '111122223333',
    principal: ROLE,
    client: parseClient(userAgent),
    vpcEndpointId: null,
    calls,
    firstSeen: '2026-11-01T00:00:00Z',
    lastSeen: '2026-11-20T10:00:00Z',
    signals: { 'host-header': 120, 'served-host': 0, 'endpoint-type': 120 },
    disagreements: 0,
    operations: { AssumeRole: 120 },
    errors: {},
    callsPerDay: { '2026-11-01': 60, '2026-11-20': 60 },
    servingRegions,
    tlsVersions: { 'TLSv1.3': 120 },
    longestSessionSeconds: 3600,
    distinct: byKind((kind) => ({ count: all[kind].length, atLeast: false })),
    samples: all,
    callsWithout: { sessionNames: without('sessionNames'), issuedTo: without('issuedTo') },
    ...rest,
  };
}
