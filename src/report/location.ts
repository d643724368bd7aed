import type { Confidence, Location } from '../clients/advice.js';
import type { FindingFacts } from '../contracts.js';
import type { AddressRanges } from './address-ranges.js';

import {
  isMaterial,
  NORTH_VIRGINIA,
  servingOf,
  shareOf,
  sharesOf,
  type Serving,
} from '../clients/evidence.js';
import { isOptInRegion } from '../clients/regions.js';
import { isGitHub, issuerOf, parseWebIdentity } from '../principals/web-identity.js';
import { namedBy, placedBy, type Named, type Place, type Witness } from './witnesses.js';

const LOWER: Readonly<Record<Confidence, Confidence>> = {
  high: 'medium',
  medium: 'low',
  low: 'low',
};

/** A serving Region of so many of the calls speaks for the finding, not for some of its callers. */
const MOST = 0.8;

type Judge = (region: string, witness: Witness, serving: Serving) => Location;

/** A caller of us-east-1 or of an opt-in Region is served by us-east-1 alone. */
const inVirginiaOrOptIn: Judge = (region, { reason, confidence }, serving) => {
  const isHome = region === NORTH_VIRGINIA;
  const kind = isHome ? 'us-east-1' : 'aws-opt-in-region';
  const why = isHome ? '' : ', an opt-in Region, whose global calls us-east-1 serves';
  const isDoubted = serving.elsewhereCalls > 0;
  const doubt = ` Yet ${sharesOf(serving)}: some callers are elsewhere, or their DNS is.`;
  return {
    kind,
    region,
    confidence: isDoubted ? LOWER[confidence] : confidence,
    explanation: `${reason}${why}.${isDoubted ? doubt : ''}`,
  };
};

/** Amazon's DNS server would have had the caller's own Region serve it. */
const foreignDns: Judge = (region, { reason, confidence }, serving) => {
  const isMixed = serving.northVirginiaLate < serving.calls;
  const sure = confidence === 'high' ? 'medium' : confidence;
  const explanation = `${reason}, yet ${sharesOf(serving)}: most likely another DNS server than Amazon's resolves the name${isMixed ? ' for part of the callers' : ''}, or the calls leave through another network.`;
  return { kind: 'foreign-dns', region, confidence: isMixed ? 'low' : sure, explanation };
};

/** A Region enabled by default serves its own callers, if Amazon's DNS server resolves the name. */
const inDefaultRegion: Judge = (region, witness, serving) => {
  const { reason, confidence } = witness;
  const { elsewhereCalls, northVirginiaCalls, northVirginiaLate } = serving;
  const isKnown = confidence !== 'low' || northVirginiaLate > elsewhereCalls;
  if (isKnown && isMaterial(serving)) return foreignDns(region, witness, serving);
  const own = serving.elsewhere.find(([each]) => each === region)?.[1] ?? 0;
  const at = { kind: 'aws-default-region', region } as const;
  if (northVirginiaLate > 0 || own < elsewhereCalls) {
    const but = own * 2 > serving.calls ? ', and' : ', yet';
    const explanation = `${reason}${but} ${sharesOf(serving)}: some callers are elsewhere, or their DNS is.`;
    return { ...at, confidence: LOWER[confidence], explanation };
  }
  const early = `; ${sharesOf(serving)} (until April 2025 us-east-1 served every global call)`;
  return { ...at, confidence, explanation: `${reason}${northVirginiaCalls > 0 ? early : ''}.` };
};

/** What a Region known by other means than the serving Region says. */
const inRegion: Judge = (region, witness, serving) =>
  region === NORTH_VIRGINIA || isOptInRegion(region)
    ? inVirginiaOrOptIn(region, witness, serving)
    : inDefaultRegion(region, witness, serving);

/** AWS has a Region other than us-east-1 serve only whom it takes for a caller in that Region. */
function byServing(serving: Serving, place: Place | null): Location | null {
  const [most] = serving.elsewhere;
  if (most === undefined || most[1] < serving.northVirginiaLate) return null;
  const [region, calls] = most;
  const at = { kind: 'aws-default-region', region } as const;
  const early = serving.northVirginiaCalls - serving.northVirginiaLate;
  if (calls === serving.calls) {
    const isBacked = place?.region === region && place.confidence === 'medium';
    const explanation = isBacked
      ? `${region} served the calls, and the source address is one of AWS in it.`
      : `${region} served the calls: callers in it look so, and callers whose DNS ends at a server of a VPC in it.`;
    return { ...at, confidence: isBacked ? 'high' : 'medium', explanation };
  }
  const explanation = `${sharesOf(serving)}: where the callers are in several places, use the Region of each.`;
  const isMost = calls >= MOST * (serving.calls - early);
  return { ...at, confidence: isMost ? 'medium' : 'low', explanation };
}

/** An address elsewhere makes a Region less sure. */
function against(place: Place | null, location: Location): Location {
  if (place === null || place.region === location.region) return location;
  const reason = place.reason.charAt(0).toLowerCase() + place.reason.slice(1);
  const explanation = `${location.explanation} Yet ${reason}.`;
  return { ...location, confidence: LOWER[location.confidence], explanation };
}

/** Addresses are not weighed by their calls, so those of us-east-1 do not speak for the others. */
function byAddress(place: Place | null, serving: Serving): Location | null {
  if (place === null) return null;
  const { region, isOtherPartition, isOne, reason, confidence } = place;
  if (region === NORTH_VIRGINIA && !isOne) {
    const explanation = `${reason}, and the others elsewhere: use the Region of each.`;
    return { kind: 'unknown', region: null, confidence: 'low', explanation };
  }
  if (region !== null) return inRegion(region, place, serving);
  if (!isOtherPartition)
    return { kind: 'outside-aws', region, confidence, explanation: `${reason}.` };
  const explanation = `${reason}, another partition: which Region of this one it wants, its owner knows.`;
  return { kind: 'unknown', region, confidence: 'low', explanation };
}

function isOnRunner(facts: FindingFacts): boolean {
  const { principal } = facts;
  if (principal.type === 'web-identity')
    return isGitHub(parseWebIdentity(principal.id)?.issuer ?? '');
  return shareOf(facts, 'issuedTo', (arn) => isGitHub(issuerOf(arn) ?? '')).isAll;
}

function byRunner(facts: FindingFacts): Location | null {
  if (!isOnRunner(facts)) return null;
  const explanation =
    'GitHub-hosted runners are outside AWS; a runner of your own has the Region of its machine.';
  return { kind: 'outside-aws', region: null, confidence: 'medium', explanation };
}

function nowhere(serving: Serving): Location {
  const unknown = { kind: 'unknown', region: null, confidence: 'low' } as const;
  const explanation =
    serving.northVirginiaCalls === 0
      ? 'No record says which Region served the calls (the field came in 2025).'
      : `${sharesOf(serving)}: callers in us-east-1, in opt-in Regions, outside AWS and behind other DNS than Amazon's all look so.`;
  return { ...unknown, explanation };
}

/** What AWS names for some of the calls, or in several Regions, leaves it open for the others. */
function beside(location: Location, named: Named | null): Location {
  if (named === null) return location;
  const { regions, isAll, reason } = named;
  if (regions.length === 1 && regions[0] === location.region) return location;
  const explanation = `${location.explanation} ${reason}: use the Region of each.`;
  return {
    ...location,
    confidence: isAll ? 'low' : LOWER[location.confidence],
    explanation,
  };
}

/** An address of one Region says more than a serving Region that us-east-1 contradicts. */
function isContradicted(place: Place | null, serving: Serving): boolean {
  return place !== null && place.region !== null && place.confidence !== 'low' && isMaterial(serving); // prettier-ignore
}

/**
 * Where the caller runs: by what AWS names, by the Region that served it, by its address, in that
 * order, and each checked against the others. `ranges`: AWS's published addresses.
 */
export function locate(facts: FindingFacts, ranges?: AddressRanges): Location {
  const serving = servingOf(facts);
  const named = namedBy(facts);
  const place = placedBy(facts, ranges);
  const [region, ...others] = named?.regions ?? [];
  if (named?.isAll === true && region !== undefined && others.length === 0)
    return against(place, inRegion(region, named, serving));
  const served = isContradicted(place, serving) ? null : byServing(serving, place);
  const location = served
    ? against(place, served)
    : (byAddress(place, serving) ?? byRunner(facts) ?? nowhere(serving));
  return beside(location, named);
}
