import type { Location, LocationKind, Risk, RiskTier } from '../clients/advice.js';
import type { FindingFacts } from '../contracts.js';

import { RISK_TIERS } from '../clients/advice.js';
import {
  isMaterial,
  SERVED_LOCALLY_SINCE,
  servingOf,
  sharesOf,
  type Serving,
} from '../clients/evidence.js';

const DAY = 86_400_000;

/** Whether Regions other than us-east-1 served most of the calls. */
function isServedElsewhere({ calls, elsewhereCalls }: Serving): boolean {
  return elsewhereCalls * 2 > calls;
}

const REMOTE: ReadonlySet<LocationKind> = new Set([
  'aws-opt-in-region',
  'foreign-dns',
  'outside-aws',
]);

/** Of a caller known to be elsewhere, any calls of note that us-east-1 serves decide. */
function tierOf(facts: FindingFacts, serving: Serving, { kind }: Location): RiskTier {
  if (REMOTE.has(kind) && isMaterial(serving)) return 'served-remote';
  if (isServedElsewhere(serving)) return 'served-local';
  if (REMOTE.has(kind)) return 'served-remote';
  if (kind === 'us-east-1') return 'already-us-east-1';
  const isEarly = serving.elsewhereCalls === 0 && facts.lastSeen < SERVED_LOCALLY_SINCE;
  return kind === 'aws-default-region' && isEarly ? 'served-remote' : 'unknown';
}

/** What the tier would follow from, if it were known. */
function unknownText({ kind }: Location, { northVirginiaCalls, elsewhereCalls }: Serving): string {
  const isPlaceKnown = kind !== 'unknown';
  if (northVirginiaCalls + elsewhereCalls > 0 && !isPlaceKnown)
    return 'it is not known where this caller runs: if not in us-east-1, losing that may stop it';
  const also = isPlaceKnown ? '' : ' or where it runs';
  return `it is not known which Region serves this caller${also}`;
}

/** What is inferred and not read off a record; a tier is as sure as the place that it follows from. */
function doubtOf({ confidence }: Location, isSeen: boolean): string {
  return confidence === 'high' && isSeen ? '' : 'likely ';
}

function remoteText(location: Location, serving: Serving): string {
  const { calls, northVirginiaCalls, northVirginiaLate } = serving;
  // The caller's own Region may serve it since.
  if (location.kind === 'aws-default-region')
    return 'served by us-east-1 for a caller elsewhere, as every global call was until April 2025; whether it still is is not known';
  if (northVirginiaLate > 0 && northVirginiaLate < calls)
    return `${northVirginiaLate} of ${calls} calls likely served by us-east-1 for a caller elsewhere, so losing us-east-1 stops these`;
  return `${doubtOf(location, northVirginiaCalls > 0)}served by us-east-1 for a caller elsewhere, so losing us-east-1 stops it`;
}

/** In its own Region only where one Region serves it and nothing places it in another. */
function localText(location: Location, serving: Serving): string {
  const { calls, elsewhere, elsewhereCalls } = serving;
  const [most, ...others] = elsewhere;
  const isAll = elsewhereCalls === calls;
  const part = isAll ? '' : `${elsewhereCalls} of ${calls} calls `;
  const rest = isMaterial(serving)
    ? '; of those that us-east-1 serves it is not known where they come from'
    : '';
  const isOwn = others.length === 0 && most?.[0] === location.region;
  const where = isOwn
    ? `${doubtOf(location, true)}served in ${isAll ? 'its' : 'their'} own Region, as long as Amazon DNS resolves the name`
    : `served by ${others.length === 0 ? most?.[0] : 'Regions other than us-east-1'}, as long as the name resolves as it does now`;
  return part + where + rest;
}

const TIER_TEXTS: Readonly<Record<RiskTier, (location: Location, serving: Serving) => string>> = {
  'served-remote': remoteText,
  unknown: unknownText,
  'served-local': localText,
  'already-us-east-1': (location, { northVirginiaCalls }) =>
    `${doubtOf(location, northVirginiaCalls > 0)}runs in us-east-1 and is served there`,
};

function ageInDays(lastSeen: string, against: string): number {
  return Math.max(0, Math.floor((Date.parse(against) - Date.parse(lastSeen)) / DAY));
}

/** Per day with calls, so that a weekly job is not made small by idle days. */
function callsPerDay({ calls, callsPerDay: days }: FindingFacts): number {
  return Math.max(1, Math.round(calls / Math.max(1, Object.keys(days).length)));
}

/** Powers of ten, from the digits: logarithms differ between machines in the last place. */
function magnitude(value: number): number {
  return String(Math.floor(value)).length;
}

function ageText(days: number): string {
  if (days === 0) return 'last seen within a day of the end of the evidence';
  return `last seen ${days} ${days === 1 ? 'day' : 'days'} before the end of the evidence`;
}

function sessionText(seconds: number | null): string | null {
  if (seconds === null) return null;
  const span =
    seconds >= 3600 ? `${Math.round(seconds / 360) / 10} h` : `${Math.round(seconds / 60)} min`;
  const effect =
    seconds > 3600
      ? 'sessions in use outlive a shorter outage'
      : 'an outage soon ends every session';
  return `longest session ${span} (${effect})`;
}

function errorText({ calls, errors }: FindingFacts): string {
  const failed = Object.values(errors).reduce((sum, count) => sum + count, 0);
  if (failed === 0) return 'no errors';
  const percent = Math.max(1, Math.round((failed * 100) / Math.max(1, calls)));
  const [code] = Object.entries(errors).toSorted(
    ([a, left], [b, right]) => right - left || (a < b ? -1 : 1),
  );
  return `${percent}% errors (mostly ${code?.[0] ?? 'unknown'})`;
}

/** What the records say, where they do not say the same of every call. */
function shareText(serving: Serving): string | null {
  const { calls, northVirginiaCalls, elsewhere, elsewhereCalls } = serving;
  const isOne = [northVirginiaCalls, elsewhere[0]?.[1] ?? 0].includes(calls);
  return isOne || northVirginiaCalls + elsewhereCalls === 0 ? null : sharesOf(serving);
}

function scoreOf(tier: RiskTier, days: number, perDay: number, seconds: number | null): number {
  const rank = RISK_TIERS.length - 1 - RISK_TIERS.indexOf(tier);
  const recency = 99 - Math.min(99, days);
  const volume = Math.min(9, magnitude(perDay));
  // A short session must be renewed soon, so an outage is felt sooner.
  const renewal = seconds === null || seconds > 3600 ? 0 : 9;
  return rank * 10_000 + recency * 100 + volume * 10 + renewal;
}

/** How much the finding depends on us-east-1. `lastSeenAgainst`: the end of the evidence, ISO 8601. */
export function assessRisk(
  facts: FindingFacts,
  location: Location,
  reference: { readonly lastSeenAgainst: string },
): Risk {
  const serving = servingOf(facts);
  const tier = tierOf(facts, serving, location);
  const days = ageInDays(facts.lastSeen, reference.lastSeenAgainst);
  const perDay = callsPerDay(facts);
  const parts = [
    TIER_TEXTS[tier](location, serving),
    shareText(serving),
    ageText(days),
    `about ${perDay} ${perDay === 1 ? 'call' : 'calls'} on a day with calls`,
    sessionText(facts.longestSessionSeconds),
    errorText(facts),
  ];
  const explanation = parts.filter((part) => part !== null).join('; ');
  return {
    tier,
    score: scoreOf(tier, days, perDay, facts.longestSessionSeconds),
    explanation: `${explanation.charAt(0).toUpperCase()}${explanation.slice(1)}.`,
  };
}
