import type { FindingFacts } from '../contracts.js';
import type { Cause, Confidence, Diagnosis, Location } from './advice.js';
import type { Behaviour } from './behaviour.js';

import { behaviourOf } from './behaviour.js';
import { explain } from './explain.js';
import {
  fallsBack,
  isCustomerEndpoint,
  isLambda,
  isOfAws,
  isOutsideLegacy,
  provesOverride,
} from './evidence.js';

/** A Regional client reaches the global endpoint only by what is configured, or is not. */
function regionalCauses({ endpoint, readsSetting }: Behaviour, facts: FindingFacts): Cause[] {
  const setting: Cause[] = readsSetting === false ? [] : ['legacy-setting'];
  if (fallsBack(facts, endpoint))
    return ['no-region', 'aws-global-region', ...setting, 'endpoint-override'];
  return [...setting, 'aws-global-region', 'endpoint-override'];
}

/** Outside the 15 Regions legacy mode is Regional, so there a missing Region is likelier. */
function legacyCauses({ endpoint, readsSetting }: Behaviour, location: Location): Cause[] {
  const byDefault: Cause = readsSetting === false ? 'setting-ignored' : 'legacy-default';
  const isElsewhere =
    endpoint?.legacyRegions === 'fifteen' &&
    location.confidence !== 'low' &&
    isOutsideLegacy(location.region);
  // A client with the host in its code takes no notice of a Region.
  const isFixed = readsSetting === false && endpoint?.legacyRegions === 'all';
  if (isFixed) return [byDefault, 'endpoint-override'];
  const first: Cause[] = isElsewhere ? ['no-region', byDefault] : [byDefault, 'no-region'];
  return [...first, 'aws-global-region', 'endpoint-override'];
}

function causesOf(behaviour: Behaviour, facts: FindingFacts, location: Location): Cause[] {
  if (behaviour.pin) return [behaviour.pin.cause];
  const own = behaviour.endpoint?.cause;
  if (own !== undefined) return [own, 'endpoint-override'];
  // A plain client is named by its token; behind a tool's name a library may build the address.
  if (behaviour.product?.writesAddress)
    return behaviour.product.kind === 'generic'
      ? ['endpoint-override']
      : ['endpoint-override', 'no-region'];
  if (behaviour.mode === 'regional') return regionalCauses(behaviour, facts);
  if (behaviour.mode === 'legacy') return legacyCauses(behaviour, location);
  const unknown: Cause = behaviour.product === undefined ? 'unknown-client' : 'unknown-version';
  return [unknown, 'legacy-default', 'no-region', 'aws-global-region', 'endpoint-override'];
}

/** Corrects the order by what the records themselves show. */
function inOrder(causes: readonly Cause[], facts: FindingFacts, isOverridden: boolean): Cause[] {
  // Lambda sets both Region variables, and refuses others.
  const possible = isLambda(facts) ? causes.filter((cause) => cause !== 'no-region') : causes;
  const ordered: Cause[] = isOverridden
    ? ['endpoint-override', ...possible.filter((cause) => cause !== 'endpoint-override')]
    : [...possible];
  return isCustomerEndpoint(facts.vpcEndpointId) ? [...ordered, 'custom-dns'] : ordered;
}

function overrideConfidence({ endpoint, product }: Behaviour, facts: FindingFacts): Confidence {
  if (provesOverride(facts, endpoint)) return 'high';
  return product?.writesAddress && product.kind === 'generic' ? 'medium' : 'low';
}

/** Marks of AWS's own software are text of the caller, and an SDK named beside them may be anybody's. */
function awsConfidence({ rules }: Behaviour, facts: FindingFacts): Confidence {
  if (isOfAws(facts)) return 'high';
  return rules?.sdk ? 'low' : 'medium';
}

/**
 * A version tells the default, and no user agent tells the settings: so no cause read off a version
 * is certain, and one of several that nothing tells apart is a guess.
 */
function confidenceIn(cause: Cause, behaviour: Behaviour, facts: FindingFacts): Confidence {
  const { endpoint, pin, mode } = behaviour;
  if (cause === 'aws-owned') return awsConfidence(behaviour, facts);
  if (pin) return 'high';
  if (cause === 'endpoint-override') return overrideConfidence(behaviour, facts);
  if (mode === 'unknown' || endpoint === undefined || endpoint.confidence === 'low') return 'low';
  if (mode === 'legacy' || cause === endpoint.cause) return 'medium';
  // Without a mode that could be set wrong, a missing Region is by far the usual reason.
  return cause === 'no-region' && behaviour.readsSetting === false ? 'medium' : 'low';
}

/** Why this caller reached the global endpoint, by its version and by what its records show. */
export function diagnose(facts: FindingFacts, location: Location): Diagnosis {
  const behaviour = behaviourOf(facts.client, facts.operations);
  const isOverridden = provesOverride(facts, behaviour.endpoint);
  const isAmazon = behaviour.product?.kind === 'aws';
  const isAmazonOnly = isAmazon && (isOfAws(facts) || !behaviour.rules?.sdk);
  const others = isAmazonOnly
    ? []
    : inOrder(causesOf(behaviour, facts, location), facts, isOverridden);
  const candidates: readonly Cause[] = isAmazon ? ['aws-owned', ...others] : others;
  const cause = candidates[0] ?? 'unknown-client';
  return {
    cause,
    candidates,
    explanation: explain(candidates, behaviour, { facts, location }),
    confidence: confidenceIn(cause, behaviour, facts),
    defaultMode: isAmazonOnly ? 'unknown' : behaviour.mode,
  };
}
