import type { FindingFacts } from '../contracts.js';
import type { Endpoint } from './knowledge-schema.js';

import { DEFAULT_REGIONS, LEGACY_REGIONS } from './regions.js';

/** Small questions to the facts of a finding, asked by more than one judgement. */

const CUSTOMER_ENDPOINT = /^vpce-[0-9a-f]{8,17}$/;

/** Whether it is an interface endpoint; `AWS Internal` and service names stand there too. */
export function isCustomerEndpoint(vpcEndpointId: string | null): boolean {
  return vpcEndpointId !== null && CUSTOMER_ENDPOINT.test(vpcEndpointId);
}

export function isLambda({ client, samples }: FindingFacts): boolean {
  return (
    client.executionEnvironment?.startsWith('AWS_Lambda_') === true ||
    samples.issuedTo.some((arn) => arn.startsWith('arn:aws:lambda:'))
  );
}

/** Whether `legacy` mode is Regional in this Region. */
export function isOutsideLegacy(region: string | null): boolean {
  return region !== null && !LEGACY_REGIONS.has(region);
}

const ASSUMES_ROLES = ['AssumeRole', 'AssumeRoleWithWebIdentity'];

/** Whether the client falls back to the global endpoint when no Region is known. */
export function fallsBack(facts: FindingFacts, endpoint: Endpoint | undefined): boolean {
  if (endpoint?.withoutRegion !== 'mixed') return endpoint?.withoutRegion === 'global';
  return ASSUMES_ROLES.some((operation) => operation in facts.operations);
}

/**
 * Whether the user agent proves that somebody configured an endpoint. The role providers of Java SDK
 * v2 set the global one themselves when they find no Region, so theirs proves nothing.
 */
export function provesOverride(facts: FindingFacts, endpoint: Endpoint | undefined): boolean {
  const isOwnDoing = endpoint?.withoutRegion === 'mixed' && fallsBack(facts, endpoint);
  return facts.client.endpointOverride && !isOwnDoing;
}

/** When AWS had finished serving global calls locally: https://aws.amazon.com/blogs/security/announcing-upcoming-changes-to-the-aws-security-token-service-global-endpoint/ */
export const SERVED_LOCALLY_SINCE = '2025-04-18';

export interface Serving {
  /** The Region other than us-east-1 that served most calls; null when none did. */
  readonly elsewhere: string | null;
  readonly calls: number;
  /** Calls that another Region than us-east-1 served. */
  readonly elsewhereCalls: number;
  readonly northVirginiaCalls: number;
  /** Regions other than us-east-1, most calls first. */
  readonly regions: readonly string[];
}

/**
 * Where the calls were served. Only Regions enabled by default serve the global endpoint, so other
 * values are not believed.
 */
export function servingOf({ servingRegions, calls }: FindingFacts): Serving {
  const elsewhere = Object.entries(servingRegions)
    .filter(([region]) => DEFAULT_REGIONS.has(region) && region !== 'us-east-1')
    .toSorted(([a, left], [b, right]) => right - left || (a < b ? -1 : 1));
  return {
    elsewhere: elsewhere[0]?.[0] ?? null,
    calls,
    elsewhereCalls: elsewhere.reduce((sum, [, count]) => sum + count, 0),
    northVirginiaCalls: servingRegions['us-east-1'] ?? 0,
    regions: elsewhere.map(([region]) => region),
  };
}
