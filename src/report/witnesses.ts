import type { Confidence } from '../clients/advice.js';
import type { FindingFacts } from '../contracts.js';
import { type SampleKind, sampleValues } from '../samples.js';
import type { AddressRanges } from './address-ranges.js';

import { shareOf, shareText } from '../clients/evidence.js';
import { isRegion } from '../clients/regions.js';
import { eksRegion, issuerOf, parseWebIdentity } from '../principals/web-identity.js';
import { isPrivateAddress, parseAddress } from './ip-address.js';

/** What says where a caller runs, besides the Region that served it. */
export interface Witness {
  /** A clause that starts a sentence. */
  readonly reason: string;
  readonly confidence: Confidence;
}

export interface Named extends Witness {
  readonly regions: readonly string[];
  /** Whether it is known of all calls. */
  readonly isAll: boolean;
}

export interface Place extends Witness {
  /** Null outside AWS's list and in other partitions, which have no global endpoint. */
  readonly region: string | null;
  readonly isOtherPartition: boolean;
  /** Whether all addresses are of one place. */
  readonly isOne: boolean;
}

/** Whether every value was kept, so that what is true of the samples is true of all. */
function isAllOf(kind: SampleKind, { distinct, samples }: FindingFacts): boolean {
  const { count, atLeast } = distinct[kind];
  return !atLeast && count <= samples[kind].length;
}

function regionsIn(texts: readonly (string | null | undefined)[]): string[] {
  const regions = texts.flatMap((text) => (typeof text === 'string' && isRegion(text) ? text : []));
  return [...new Set(regions)].toSorted();
}

/** The Region of the resource or cluster that an ARN names; null for others. */
function regionOf(arn: string): string | null {
  const [region = null] = regionsIn([arn.split(':')[3], eksRegion(issuerOf(arn) ?? '')]);
  return region;
}

/** The cluster behind a web identity speaks for all of its calls. */
function namedByPrincipal({ principal }: FindingFacts): Named | null {
  const identity = principal.type === 'web-identity' ? parseWebIdentity(principal.id) : null;
  const regions = regionsIn([identity && eksRegion(identity.issuer)]);
  if (regions.length === 0) return null;
  const reason = `The EKS cluster is in ${regions.join()}`;
  return { regions, reason, confidence: 'high', isAll: true };
}

/** The clusters, functions and instances that AWS names as those the credentials are of. */
export function namedBy(facts: FindingFacts): Named | null {
  const own = namedByPrincipal(facts);
  if (own !== null) return own;
  const issuedTo = sampleValues(facts.samples, 'issuedTo');
  const regions = regionsIn(issuedTo.map(regionOf));
  if (regions.length === 0) return null;
  const share = shareOf(facts, 'issuedTo', (arn) => regionOf(arn) !== null);
  const what = regions.length > 1 ? 'resources' : 'a resource';
  const whose = share.isAll ? '' : ` of ${shareText(share, facts)}`;
  const isClusters = share.isAll && issuedTo.every((arn) => issuerOf(arn) !== null);
  const reason =
    isClusters && regions.length === 1
      ? `The EKS ${issuedTo.length > 1 ? 'clusters are' : 'cluster is'} in ${regions.join()}`
      : `The credentials${whose} were issued to ${what} in ${regions.join(' and ')}`;
  const confidence = isAllOf('issuedTo', facts) ? 'high' : 'medium';
  return { regions, reason, isAll: share.isAll, confidence };
}

/** Addresses by the Region of AWS's list, with '' for those that it does not have. */
function addressesByPlace(texts: readonly string[], ranges: AddressRanges): Map<string, number> {
  const places = new Map<string, number>();
  for (const text of texts) {
    const address = parseAddress(text);
    if (address === null || isPrivateAddress(address)) continue;
    const place = ranges.find(address)?.region ?? '';
    places.set(place, (places.get(place) ?? 0) + 1);
  }
  places.delete('GLOBAL');
  return places;
}

/** The place of most source addresses; null without AWS's list, and for addresses that say nothing. */
export function placedBy(facts: FindingFacts, ranges: AddressRanges | undefined): Place | null {
  if (ranges === undefined) return null;
  const places = [...addressesByPlace(facts.samples.sourceAddresses, ranges)];
  const [most] = places.toSorted(([a, left], [b, right]) => right - left || (a < b ? -1 : 1));
  if (most === undefined) return null;
  const [region, count] = most;
  const isOne = places.length === 1;
  const total = places.reduce((sum, [, each]) => sum + each, 0);
  const are = count === 1 ? 'is' : 'are';
  const who = isOne ? 'The source address is' : `Of ${total} source addresses, ${count} ${are}`;
  const where =
    region === ''
      ? "not in AWS's list (addresses brought to AWS are not in it either)"
      : `${isOne ? 'one ' : ''}of AWS in ${region}`;
  return {
    region: isRegion(region) ? region : null,
    isOtherPartition: region !== '' && !isRegion(region),
    isOne,
    reason: `${who} ${where}`,
    confidence: isOne && isAllOf('sourceAddresses', facts) ? 'medium' : 'low',
  };
}
