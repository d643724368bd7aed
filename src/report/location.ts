import type { Confidence, Location } from '../clients/advice.js';
import type { FindingFacts } from '../contracts.js';
import type { AddressRanges } from './address-ranges.js';

import { SERVED_LOCALLY_SINCE, servingOf, type Serving } from '../clients/evidence.js';
import { isOptInRegion, isRegion } from '../clients/regions.js';
import { eksRegion, GITHUB, issuerOf, parseWebIdentity } from '../principals/web-identity.js';
import { isPrivateAddress, parseAddress } from './ip-address.js';

const NORTH_VIRGINIA = 'us-east-1';

/** A serving Region other than us-east-1 can be believed: only a caller in it is served there. */
function byServing({
  elsewhere,
  regions,
  elsewhereCalls,
  northVirginiaCalls,
}: Serving): Location | null {
  if (elsewhere === null || elsewhereCalls < northVirginiaCalls) return null;
  const others = [...regions.slice(1), ...(northVirginiaCalls > 0 ? [NORTH_VIRGINIA] : [])];
  const also =
    others.length === 0 ? '' : `, and fewer in ${others.join(', ')}: use each caller's own Region`;
  return {
    kind: 'aws-default-region',
    region: elsewhere,
    confidence: others.length === 0 ? 'high' : 'medium',
    explanation: `${elsewhere} served the calls, which happens only for callers in it${also}.`,
  };
}

interface Evidence {
  readonly facts: FindingFacts;
  readonly serving: Serving;
}

/** What a Region known by other means than the serving Region says. */
function inRegion(
  { facts, serving }: Evidence,
  region: string,
  reason: string,
  confidence: Confidence,
): Location {
  const at = { region, confidence };
  if (region === NORTH_VIRGINIA) return { kind: 'us-east-1', ...at, explanation: `${reason}.` };
  if (isOptInRegion(region)) {
    const explanation = `${reason}, an opt-in Region, whose global calls us-east-1 serves.`;
    return { kind: 'aws-opt-in-region', ...at, explanation };
  }
  if (serving.northVirginiaCalls === 0)
    return { kind: 'aws-default-region', ...at, explanation: `${reason}.` };
  if (facts.lastSeen < SERVED_LOCALLY_SINCE) {
    const explanation = `${reason}; us-east-1 still served every global call then.`;
    return { kind: 'aws-default-region', ...at, explanation };
  }
  return {
    kind: 'foreign-dns',
    region,
    confidence: confidence === 'high' ? 'medium' : confidence,
    explanation: `${reason}, yet us-east-1 served the calls: most likely another DNS server than Amazon's resolves the name, or the calls leave through another network.`,
  };
}

/** Who vouched for a web identity, or for the web identity behind the sessions of a role. */
function issuersOf({ principal, samples }: FindingFacts): readonly string[] {
  const own =
    principal.type === 'web-identity' ? parseWebIdentity(principal.id)?.issuer : undefined;
  return own === undefined ? samples.issuedTo.flatMap((arn) => issuerOf(arn) ?? []) : [own];
}

/** The one Region of several texts; null when they name none or more than one. */
function oneRegion(texts: readonly (string | null | undefined)[]): string | null {
  const regions = new Set(texts.filter((text) => typeof text === 'string' && isRegion(text)));
  const [region] = regions;
  return regions.size === 1 ? (region ?? null) : null;
}

/** The Region of the EKS cluster, or of the function or instance that the credentials are of. */
function byName(evidence: Evidence): Location | null {
  const { facts } = evidence;
  const cluster = oneRegion(issuersOf(facts).map(eksRegion));
  if (cluster !== null) {
    return inRegion(evidence, cluster, `The EKS cluster is in ${cluster}`, 'high');
  }
  const region = oneRegion(facts.samples.issuedTo.map((arn) => arn.split(':')[3]));
  if (region === null) return null;
  return inRegion(
    evidence,
    region,
    `The credentials were issued to a resource in ${region}`,
    'high',
  );
}

/** Addresses by Region, with '' for addresses that AWS does not list. */
function callsByPlace(addresses: readonly string[], ranges: AddressRanges): Map<string, number> {
  const places = new Map<string, number>();
  for (const text of addresses) {
    const address = parseAddress(text);
    if (address === null || isPrivateAddress(address)) continue;
    const place = ranges.find(address)?.region ?? '';
    places.set(place, (places.get(place) ?? 0) + 1);
  }
  places.delete('GLOBAL');
  return places;
}

function byAddress(evidence: Evidence, ranges: AddressRanges | undefined): Location | null {
  if (ranges === undefined) return null;
  const { facts } = evidence;
  const places = [...callsByPlace(facts.samples.sourceAddresses, ranges)];
  const [most] = places.toSorted(([a, left], [b, right]) => right - left || (a < b ? -1 : 1));
  if (most === undefined) return null;
  const { sourceAddresses } = facts.distinct;
  const isAll = sourceAddresses.count <= facts.samples.sourceAddresses.length;
  const confidence = places.length === 1 && isAll && !sourceAddresses.atLeast ? 'medium' : 'low';
  const mixed = places.length === 1 ? '' : ' most often';
  if (most[0] !== '')
    return inRegion(
      evidence,
      most[0],
      `The source address is${mixed} one of AWS in ${most[0]}`,
      confidence,
    );
  const explanation = `The source address is${mixed} not in AWS's list (addresses brought to AWS are not in it either).`;
  return { kind: 'outside-aws', region: null, confidence, explanation };
}

function byRunner(facts: FindingFacts): Location | null {
  if (!issuersOf(facts).includes(GITHUB)) return null;
  const explanation =
    'GitHub-hosted runners are outside AWS; a runner of your own has the Region of its machine.';
  return { kind: 'outside-aws', region: null, confidence: 'medium', explanation };
}

function nowhere({ regions, elsewhereCalls, northVirginiaCalls }: Serving): Location {
  const unknown = { kind: 'unknown', region: null, confidence: 'low' } as const;
  if (northVirginiaCalls === 0) {
    return {
      ...unknown,
      explanation: 'The records do not say which Region served the calls (the field came in 2025).',
    };
  }
  const also = elsewhereCalls === 0 ? '' : ` most calls, and ${regions.join(', ')} the rest`;
  const explanation = `us-east-1 served${also || ' the calls'}: callers in us-east-1, in opt-in Regions, outside AWS and behind other DNS than Amazon's all look so.`;
  return { ...unknown, explanation };
}

/** Where the caller runs, from the surest evidence down. `ranges`: AWS's published addresses. */
export function locate(facts: FindingFacts, ranges?: AddressRanges): Location {
  const serving = servingOf(facts);
  return (
    byServing(serving) ??
    byName({ facts, serving }) ??
    byAddress({ facts, serving }, ranges) ??
    byRunner(facts) ??
    nowhere(serving)
  );
}
