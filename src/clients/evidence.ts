import type { FindingFacts } from '../contracts.js';
import type { OptionalKind, Sample } from '../samples.js';
import type { Endpoint } from './knowledge-schema.js';

import { DEFAULT_REGIONS, LEGACY_REGIONS } from './regions.js';

/** Small questions to the facts of a finding, asked by more than one judgement. */

const CUSTOMER_ENDPOINT = /^vpce-[0-9a-f]{8,17}$/;

/** Whether it is an interface endpoint; `AWS Internal` and service names stand there too. */
export function isCustomerEndpoint(vpcEndpointId: string | null): boolean {
  return vpcEndpointId !== null && CUSTOMER_ENDPOINT.test(vpcEndpointId);
}

/** Of how many calls some samples speak. */
export interface Share {
  readonly calls: number;
  /** There are more, if samples that are not shown fit too. */
  readonly isOpen: boolean;
  /** Of all calls, as far as the samples shown tell. */
  readonly isAll: boolean;
}

function callsOf(samples: readonly Sample[]): number {
  return samples.reduce((sum, { calls }) => sum + calls, 0);
}

/** Of how many calls the samples speak that fit. What is true of some calls is not true of all. */
export function shareOf(
  facts: FindingFacts,
  kind: OptionalKind,
  fits: (value: string) => boolean,
): Share {
  const samples = facts.samples[kind];
  const fitting = samples.filter(({ value }) => fits(value));
  const calls = callsOf(fitting);
  const without = facts.callsWithout[kind];
  const isAll = calls > 0 && fitting.length === samples.length && without === 0;
  return { calls, isAll, isOpen: callsOf(samples) + without < facts.calls };
}

/** `1 of 100 calls`. */
export function shareText({ calls, isOpen }: Share, facts: FindingFacts): string {
  return `${isOpen ? 'at least ' : ''}${calls} of ${facts.calls} calls`;
}

export function isFunction(arn: string): boolean {
  return arn.startsWith('arn:aws:lambda:');
}

/** A session may be named after its function, and also anything else. */
export function isFunctionName(name: string): boolean {
  return /^[A-Za-z0-9_][A-Za-z0-9_-]{0,139}$/.test(name);
}

/** Whether all calls came from Lambda. */
export function isLambda(facts: FindingFacts): boolean {
  return (
    facts.client.executionEnvironment?.startsWith('AWS_Lambda_') === true ||
    shareOf(facts, 'issuedTo', isFunction).isAll
  );
}

const SERVICE_ROLE = ':role/aws-service-role/';

/** Whether AWS itself vouches that its own service is the caller, which a user agent cannot. */
export function isOfAws({ principal }: FindingFacts): boolean {
  return principal.type === 'aws-service' || principal.id.includes(SERVICE_ROLE);
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

export const NORTH_VIRGINIA = 'us-east-1';

/** Which Regions served the calls of a finding, as far as the records say. */
export interface Serving {
  readonly calls: number;
  readonly northVirginiaCalls: number;
  /** Those of us-east-1 that must be later than its service to callers of every other Region. */
  readonly northVirginiaLate: number;
  /** Calls that another Region served, by Region, most first. */
  readonly elsewhere: readonly (readonly [region: string, calls: number])[];
  readonly elsewhereCalls: number;
  /** Calls of which the records do not say it. */
  readonly unknownCalls: number;
}

function callsBefore(days: Readonly<Record<string, number>>, day: string): number {
  return Object.entries(days).reduce((sum, [each, calls]) => sum + (each < day ? calls : 0), 0);
}

/**
 * Where the calls were served. Only Regions enabled by default serve the global endpoint, so other
 * values are not believed.
 */
export function servingOf({ servingRegions, calls, callsPerDay }: FindingFacts): Serving {
  const elsewhere = Object.entries(servingRegions)
    .filter(([region]) => DEFAULT_REGIONS.has(region) && region !== NORTH_VIRGINIA)
    .toSorted(([a, left], [b, right]) => right - left || (a < b ? -1 : 1));
  const elsewhereCalls = elsewhere.reduce((sum, [, count]) => sum + count, 0);
  const northVirginiaCalls = servingRegions[NORTH_VIRGINIA] ?? 0;
  const early = callsBefore(callsPerDay, SERVED_LOCALLY_SINCE);
  return {
    calls,
    northVirginiaCalls,
    northVirginiaLate: Math.max(0, northVirginiaCalls - early),
    elsewhere,
    elsewhereCalls,
    unknownCalls: Math.max(0, calls - elsewhereCalls - northVirginiaCalls),
  };
}

/** Whether us-east-1 still serves more than one call in a hundred. */
export function isMaterial({ calls, northVirginiaLate }: Serving): boolean {
  return northVirginiaLate * 100 > calls;
}

/** Regions shown by name; the rest is one number. */
const SHOWN = 3;

/** `us-east-1 served 70 of 100 calls, eu-west-1 28, of 2 it is not known`. */
export function sharesOf(serving: Serving): string {
  const { calls, northVirginiaCalls, elsewhere, unknownCalls } = serving;
  const known = [[NORTH_VIRGINIA, northVirginiaCalls] as const, ...elsewhere]
    .filter(([, count]) => count > 0)
    .toSorted(([, left], [, right]) => right - left);
  const [first, ...others] = known;
  if (first === undefined) return 'no record says which Region served the calls';
  const lead = `${first[0]} served ${first[1] === calls ? 'the calls' : `${first[1]} of ${calls} calls`}`;
  const rest = others.slice(SHOWN).reduce((sum, [, count]) => sum + count, 0);
  return [
    lead,
    ...others.slice(0, SHOWN).map(([region, count]) => `${region} ${count}`),
    ...(rest > 0 ? [`other Regions ${rest}`] : []),
    ...(unknownCalls > 0 ? [`of ${unknownCalls} it is not known`] : []),
  ].join(', ');
}
