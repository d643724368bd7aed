import type { FindingFacts } from '../contracts.js';
import type { Cause, Confidence, Diagnosis, Location } from './advice.js';
import type { Behaviour } from './behaviour.js';

import { behaviourOf } from './behaviour.js';
import { explain } from './explain.js';
import { isCustomerEndpoint, isLambda, isOutsideLegacy } from './evidence.js';

const ASSUMES_ROLES = ['AssumeRole', 'AssumeRoleWithWebIdentity'];

/** A Regional client reaches the global endpoint only by what is configured, or is not. */
function regionalCauses({ endpoint, readsSetting }: Behaviour, facts: FindingFacts): Cause[] {
  const setting: Cause[] = readsSetting === false ? [] : ['legacy-setting'];
  const fallsBack =
    endpoint?.withoutRegion === 'global' ||
    (endpoint?.withoutRegion === 'mixed' &&
      ASSUMES_ROLES.some((operation) => operation in facts.operations));
  if (fallsBack) return ['no-region', 'aws-global-region', ...setting, 'endpoint-override'];
  return [...setting, 'aws-global-region', 'endpoint-override'];
}

/** Outside the 15 Regions legacy mode is Regional, so there a missing Region is likelier. */
function legacyCauses({ endpoint, readsSetting }: Behaviour, location: Location): Cause[] {
  const byDefault: Cause = readsSetting === false ? 'setting-ignored' : 'legacy-default';
  const isElsewhere = endpoint?.legacyRegions === 'fifteen' && isOutsideLegacy(location.region);
  const first: Cause[] = isElsewhere ? ['no-region', byDefault] : [byDefault, 'no-region'];
  return [...first, 'aws-global-region', 'endpoint-override'];
}

function causesOf(behaviour: Behaviour, facts: FindingFacts, location: Location): Cause[] {
  if (behaviour.pin) return [behaviour.pin.cause];
  if (behaviour.product?.writesAddress) return ['endpoint-override'];
  if (behaviour.mode === 'regional') return regionalCauses(behaviour, facts);
  if (behaviour.mode === 'legacy') return legacyCauses(behaviour, location);
  const unknown: Cause = behaviour.product === undefined ? 'unknown-client' : 'unknown-version';
  return [unknown, 'legacy-default', 'no-region', 'aws-global-region', 'endpoint-override'];
}

/** Corrects the order by what the records themselves show. */
function inOrder(causes: readonly Cause[], facts: FindingFacts): Cause[] {
  // Lambda sets both Region variables, and refuses others.
  const possible = isLambda(facts) ? causes.filter((cause) => cause !== 'no-region') : causes;
  const ordered: Cause[] = facts.client.endpointOverride
    ? ['endpoint-override', ...possible.filter((cause) => cause !== 'endpoint-override')]
    : [...possible];
  return isCustomerEndpoint(facts.vpcEndpointId) ? [...ordered, 'custom-dns'] : ordered;
}

function confidenceIn(cause: Cause, behaviour: Behaviour, facts: FindingFacts): Confidence {
  if (cause === 'aws-owned') return facts.principal.type === 'aws-service' ? 'high' : 'medium';
  if (cause === 'unknown-client' || cause === 'unknown-version') return 'low';
  if (behaviour.pin || (cause === 'endpoint-override' && facts.client.endpointOverride))
    return 'high';
  const isDefault = cause === 'legacy-default' || cause === 'setting-ignored';
  if (isDefault) return behaviour.endpoint?.confidence ?? 'low';
  return behaviour.endpoint?.confidence === 'low' ? 'low' : 'medium';
}

/** Why this caller reached the global endpoint, by its version and by what its records show. */
export function diagnose(facts: FindingFacts, location: Location): Diagnosis {
  const behaviour = behaviourOf(facts.client);
  const isAmazon = behaviour.product?.kind === 'aws';
  const candidates = isAmazon
    ? (['aws-owned'] as const)
    : inOrder(causesOf(behaviour, facts, location), facts);
  const cause = candidates[0] ?? 'unknown-client';
  return {
    cause,
    candidates,
    explanation: explain(candidates, behaviour, { facts, location }),
    confidence: confidenceIn(cause, behaviour, facts),
    defaultMode: isAmazon ? 'unknown' : behaviour.mode,
  };
}
