import type { Confidence } from '../clients/advice.js';
import type { FindingFacts, SampleKind } from '../contracts.js';
import type { AddressRanges } from './address-ranges.js';

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
}

export interface Place extends Witness {
  /** Null outside AWS's list and in other partitions, which have no global endpoint. */
  readonly region: string | null;
  readonly isOtherPartition: boolean;
}

/** Who vouched for a web identity, or for the web identity behind the sessions of a role. */
export function issuersOf({ principal, samples }: FindingFacts): readonly string[] {
  const own =
    principal.type === 'web-identity' ? parseWebIdentity(principal.id)?.issuer : undefined;
  return own === undefined ? samples.issuedTo.flatMap((arn) => issuerOf(arn) ?? []) : [own];
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

/** The clusters, functions and instances that AWS names as those the credentials are of. */
export function namedBy(facts: FindingFacts): Named | null {
  const clusters = regionsIn(issuersOf(facts).map(eksRegion));
  const resources = regionsIn(facts.samples.issuedTo.map((arn) => arn.split(':')[3]));
  const regions = regionsIn([...clusters, ...resources]);
  if (regions.length === 0) return null;
  const where = regions.join(' and ');
  const reason =
    clusters.length === 1 && resources.length === 0
      ? `The EKS cluster is in ${where}`
      : `The credentials were issued to ${regions.length > 1 ? 'resources' : 'a resource'} in ${where}`;
  return { regions, reason, confidence: isAllOf('issuedTo', facts) ? 'high' : 'medium' };
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
    reason: `${who} ${where}`,
    confidence: isOne && isAllOf('sourceAddresses', facts) ? 'medium' : 'low',
  };
}
