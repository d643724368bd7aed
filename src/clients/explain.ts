import type { FindingFacts } from '../contracts.js';
import type { Cause, Location } from './advice.js';
import type { Behaviour } from './behaviour.js';

import { isCustomerEndpoint, isOfAws, provesOverride } from './evidence.js';

/** Short clauses, for lists of what may be configured. */
const CLAUSES: Readonly<Record<Cause, string>> = {
  'legacy-default': 'the legacy default',
  'no-region': 'no Region is configured',
  'aws-global-region': 'the Region is aws-global',
  'legacy-setting': 'the mode is set to legacy in the environment or the profile',
  'endpoint-override': 'an endpoint names sts.amazonaws.com',
  'setting-ignored': 'the setting is ignored',
  'custom-dns': 'private DNS sends sts.amazonaws.com to an interface endpoint',
  'unknown-version': 'the version is unknown',
  'unknown-client': 'the client is unknown',
  'region-disabled': 'STS is not active in the Region',
  'aws-owned': 'AWS made the call',
};

function versioned({ name, version }: Behaviour): string {
  return version === null ? name : `${name} ${version}`;
}

function legacyDefault(behaviour: Behaviour, candidates: readonly Cause[]): string {
  const from = behaviour.endpoint?.regionalFrom ?? 'never';
  const why =
    from === 'never'
      ? 'no version is Regional by default'
      : `Regional by default only from ${from} on`;
  const others = candidates.includes('no-region')
    ? 'a missing Region or a configured endpoint'
    : 'a configured endpoint';
  return `${versioned(behaviour)} uses the global endpoint unless told otherwise (${why}). Its settings are not in the log: ${others} would look the same.`;
}

function settingIgnored(behaviour: Behaviour): string {
  const from = behaviour.endpoint?.settingFrom ?? 'never';
  const when = from === 'never' ? '' : ` before ${from}`;
  return `${versioned(behaviour)} uses the global endpoint by default and does not read AWS_STS_REGIONAL_ENDPOINTS${when}: setting it changes nothing.`;
}

function configured(behaviour: Behaviour, candidates: readonly Cause[]): string {
  const causes = candidates
    .filter((cause) => cause !== 'custom-dns')
    .map((cause) => CLAUSES[cause]);
  const order =
    causes.length > 1 && candidates[0] === 'no-region' ? 'likeliest first' : 'one of these';
  return `${versioned(behaviour)} is Regional by default, so ${order}: ${causes.join('; ')}.`;
}

/** Legacy mode says nothing for a Region outside its list, so the Region must be missing or wrong. */
function outsideLegacy(behaviour: Behaviour, region: string | null): string {
  return `${versioned(behaviour)} is in legacy mode by default, but that is Regional in ${region}: so no Region is configured, or another one than it runs in.`;
}

function writtenAddress({ name, product }: Behaviour): string {
  const missing =
    product?.kind === 'generic'
      ? ''
      : ', or a library in it builds the address from a Region that is not set';
  return `${name}: no AWS SDK sent this, so the program, or whoever signed the request for it, wrote the address itself${missing}.`;
}

function unknown(cause: Cause, { product, name }: Behaviour): string {
  if (cause === 'unknown-version' && product) {
    return `${product.name} is known, but its user agent does not tell which SDK version made the call.`;
  }
  return `Nothing is known of "${name}"; callers choose this text freely. An SDK in legacy mode, a missing Region or a written-out sts.amazonaws.com are usual.`;
}

function main(candidates: readonly Cause[], behaviour: Behaviour, location: Location): string {
  const cause = candidates[0];
  if (behaviour.pin && cause === behaviour.pin.cause) return `${behaviour.pin.explanation}.`;
  const reason = behaviour.endpoint?.reason;
  if (reason !== undefined) return `${reason}.`;
  if (behaviour.mode === 'regional' && cause !== undefined)
    return configured(behaviour, candidates);
  if (behaviour.product?.writesAddress) return writtenAddress(behaviour);
  switch (cause) {
    case 'legacy-default':
      return legacyDefault(behaviour, candidates);
    case 'setting-ignored':
      return settingIgnored(behaviour);
    case 'no-region':
      return outsideLegacy(behaviour, location.region);
    case undefined:
    default:
      return unknown(cause ?? 'unknown-client', behaviour);
  }
}

/** A customer's principal with the mark of AWS's software: the mark is only text. */
function amazon(facts: FindingFacts): string {
  const mark = "The user agent is that of AWS's own software, which customers do not configure.";
  if (isOfAws(facts)) return mark;
  return `${mark} But the principal is yours and a caller can fake this text: check who uses it.`;
}

/** What the mark of a configured endpoint says, where the user agent bears one. */
function markText({ client }: FindingFacts, isProof: boolean): string | null {
  if (!client.endpointOverride) return null;
  return isProof
    ? 'The user agent bears the mark of a configured endpoint (feature N).'
    : 'The user agent bears the mark of a configured endpoint (feature N), but the role providers of this SDK set one themselves when they find no Region.';
}

/** One to four sentences on why the caller is global. */
export function explain(
  candidates: readonly Cause[],
  behaviour: Behaviour,
  { facts, location }: { readonly facts: FindingFacts; readonly location: Location },
): string {
  const [first, ...behind] = candidates;
  if (first === 'aws-owned') {
    const otherwise =
      behind.length > 0 ? ` If it is a program of yours: ${main(behind, behaviour, location)}` : '';
    return amazon(facts) + otherwise;
  }
  const isProof = provesOverride(facts, behaviour.endpoint);
  // A proof says its own sentence; the next cause is the one to explain.
  const rest = isProof && behaviour.mode !== 'regional' ? candidates.slice(1) : candidates;
  const dns = isCustomerEndpoint(facts.vpcEndpointId)
    ? `The calls came through ${facts.vpcEndpointId}, whose private DNS does not cover sts.amazonaws.com: likely a private zone or hosts entry sends that name there.`
    : null;
  const reason =
    isProof && behaviour.mode === 'regional'
      ? `It wins over the default of ${versioned(behaviour)}, which is Regional.`
      : main(rest, behaviour, location);
  const sentences = [markText(facts, isProof), reason, dns];
  return sentences.filter((sentence) => sentence !== null).join(' ');
}
