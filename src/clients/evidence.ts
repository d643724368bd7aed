import type { FindingFacts } from '../contracts.js';

import { isRegion, LEGACY_REGIONS } from './regions.js';

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

/** Where the calls were served. Values that are no Region are left out. */
export function servingOf({ servingRegions, calls }: FindingFacts): Serving {
  const elsewhere = Object.entries(servingRegions)
    .filter(([region]) => isRegion(region) && region !== 'us-east-1')
    .toSorted(([a, left], [b, right]) => right - left || (a < b ? -1 : 1));
  return {
    elsewhere: elsewhere[0]?.[0] ?? null,
    calls,
    elsewhereCalls: elsewhere.reduce((sum, [, count]) => sum + count, 0),
    northVirginiaCalls: servingRegions['us-east-1'] ?? 0,
    regions: elsewhere.map(([region]) => region),
  };
}
