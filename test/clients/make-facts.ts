import type { FindingFacts, Sample, SampleKind } from '../../src/contracts.js';

import { parseClient } from '../../src/clients/parse-client.js';
import { SAMPLE_KINDS } from '../../src/contracts.js';

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
}

/** The facts of a finding: a role in eu-west-1 unless told otherwise. */
export function makeFacts({
  userAgent = 'Boto3/1.26.1 Python/3.9.1 Linux/5 Botocore/1.29.1',
  samples = {},
  servingRegions = { 'eu-west-1': 120 },
  ...rest
}: FactsOptions = {}): FindingFacts {
  const kept = { userAgents: [userAgent], ...samples };
  const sample = (kind: SampleKind): Sample[] =>
    (kept[kind] ?? []).map((value) => ({ value, calls: 10 }));
  const byKind = <Value>(of: (kind: SampleKind) => Value): Record<SampleKind, Value> =>
    Object.fromEntries(SAMPLE_KINDS.map((kind) => [kind, of(kind)])) as Record<SampleKind, Value>;
  return {
    accountId: '111122223333',
    principal: ROLE,
    client: parseClient(userAgent),
    vpcEndpointId: null,
    calls: Object.values(servingRegions).reduce((sum, count) => sum + count, 0),
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
    distinct: byKind((kind) => ({ count: sample(kind).length, atLeast: false })),
    samples: { ...byKind((kind) => kept[kind] ?? []), userAgents: sample('userAgents') },
    ...rest,
  };
}
