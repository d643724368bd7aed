import type { Case } from './case.js';

import { isCustomerEndpoint } from '../evidence.js';
import { isOptInRegion } from '../regions.js';

const REGIONAL_ONLY = ['AssumeRoot', 'GetWebIdentityToken'];

function policies({ region }: Case): string | null {
  if (region === 'us-east-1') return null;
  return `aws:RequestedRegion becomes ${region} instead of us-east-1: Region-deny SCPs, IAM and trust policies that allow STS in us-east-1 only will refuse the calls.`;
}

function endpointPolicy({ facts, location }: Case): string | null {
  if (location.kind === 'outside-aws') return null;
  const which = isCustomerEndpoint(facts.vpcEndpointId)
    ? facts.vpcEndpointId
    : 'an STS interface endpoint';
  return `In a VPC with ${which} and private DNS, calls then pass its endpoint policy and security group, which must allow ${operationsOf(facts.operations)}.`;
}

function operationsOf(operations: Readonly<Record<string, number>>): string {
  const names = Object.keys(operations)
    .filter((name) => /^[A-Za-z]{1,40}$/.test(name))
    .toSorted();
  return names.slice(0, 4).join(', ') || 'the actions used';
}

function optIn({ facts, region, location }: Case): string | null {
  const assumes = Object.keys(facts.operations).some((name) => name.startsWith('AssumeRole'));
  if (location.region !== null && !isOptInRegion(location.region)) return null;
  const what =
    location.region === null
      ? 'If it is an opt-in Region, it'
      : `${region} is an opt-in Region: it`;
  return assumes
    ? `${what} must be enabled in the account of the role, else RegionDisabledException.`
    : null;
}

function active({ region }: Case): string | null {
  if (region === 'us-east-1') return null;
  return `STS must be active in ${region} (IAM, Account settings), and firewalls or proxies must let sts.${region}.amazonaws.com through.`;
}

function tokens({ facts }: Case): string | null {
  const names = Object.keys(facts.operations);
  if (names.length > 0 && names.every((name) => name === 'GetCallerIdentity')) return null;
  return 'Regional endpoints issue longer session tokens: check fixed-size columns, headers and fields that hold one.';
}

function logs({ region }: Case): string | null {
  if (region === 'us-east-1') return null;
  return `CloudTrail logs the calls in ${region}, no longer in us-east-1: alarms and queries that look at us-east-1 only go blind.`;
}

/** The way back is closed for actions that only Regional endpoints offer. */
function unsupported({ facts }: Case): string | null {
  const used = REGIONAL_ONLY.filter((name) => name in facts.operations);
  if (used.length > 0)
    return `${used.join(' and ')}: the global endpoint does not offer it, so these calls fail until the caller moves.`;
  return 'No way back for AssumeRoot and GetWebIdentityToken: the global endpoint does not offer them.';
}

/** What the change can break for this caller, the likeliest first. */
export function breakage(one: Case): string[] {
  return [policies, endpointPolicy, optIn, active, tokens, logs, unsupported].flatMap(
    (rule) => rule(one) ?? [],
  );
}
