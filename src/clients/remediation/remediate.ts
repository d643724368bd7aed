import type { FindingFacts } from '../../contracts.js';
import type {
  Diagnosis,
  Location,
  Note,
  Remediation,
  Step,
  StepNeed,
  Workload,
} from '../advice.js';
import type { Case } from './case.js';

import { behaviourOf } from '../behaviour.js';
import { isLambda, isOfAws, provesOverride } from '../evidence.js';
import { parseUserAgent } from '../parse-client.js';
import { breakage } from './breakage.js';
import { note, UNKNOWN_REGION } from './case.js';
import { environmentStep } from './environment.js';
import { hasOwnForm } from './forms.js';
import { customDnsStep, foreignDnsStep, interfaceEndpointStep, outsideStep } from './network.js';
import { findStep, hiddenProgramsStep, otherAccountStep, removalStep } from './search.js';
import {
  codeStep,
  configStep,
  endpointStep,
  fittingSteps,
  toolSearches,
  toolSteps,
  warningStep,
} from './settings.js';
import { isUpgradeBlocked, upgradeStep } from './upgrade.js';
import { verification } from './verify.js';

const LEAVE_OUT =
  'Leave it out with the ignore list. If the principal is a person or program of yours, find out who sends this user agent.';

/** What the mark of AWS's own software asks for; the principal tells how far to believe it. */
function amazonStep({ facts, diagnosis }: Case): Note | null {
  if (diagnosis.cause !== 'aws-owned') return null;
  if (isOfAws(facts)) return note('Nothing to change: AWS made this call', LEAVE_OUT, [], []);
  const steps = diagnosis.candidates.length > 1 ? ' If it is a program of yours, follow the steps below.' : ''; // prettier-ignore
  return note('Likely nothing to change: ask who uses this principal', LEAVE_OUT + steps, [], []);
}

function isOverridden({ facts, behaviour }: Case): boolean {
  return provesOverride(facts, behaviour.endpoint);
}

/** A Regional client is moved by a Region, or by taking away what was configured. */
function regionalChanges(
  one: Case,
  settings: readonly Note[],
  environment: Note | null,
): (Note | null)[] {
  const { cause, candidates } = one.diagnosis;
  const removal = removalStep(one);
  // A configured endpoint wins over Region and mode.
  if (isOverridden(one)) return [...settings, removal];
  const byRegion = candidates.includes('no-region') ? [environment, configStep(one)] : [];
  const changed = cause === 'no-region' ? [...byRegion, removal] : [removal, ...byRegion];
  // What a tool takes is surer than what its SDK does; what an SDK takes besides is the rarer way.
  return one.behaviour.product?.kind === 'sdk'
    ? [...changed, ...settings]
    : [...settings, ...changed];
}

/** In Lambda the SDK belongs to the runtime, so a variable is set sooner. */
function isVariableSooner(one: Case): boolean {
  return isLambda(one.facts) || isUpgradeBlocked(one);
}

/** The settings and the upgrade that move the caller, best first. */
function changes(one: Case): (Note | null)[] {
  const form = environmentStep(one);
  const settings = toolSteps(one, hasOwnForm(one) ? form : null);
  // A tool says itself where its variables belong, so the form for a plain shell would repeat it.
  const isSaid = fittingSteps(one).some(({ isEnvironment }) => isEnvironment);
  const environment = isSaid ? null : form;
  const update = upgradeStep(one, 'update');
  // It goes global whatever is configured.
  if (one.behaviour.pin) return [update];
  if (one.behaviour.mode === 'regional') return regionalChanges(one, settings, environment);
  const [first, second] = isVariableSooner(one) ? [environment, update] : [update, environment];
  return [...settings, first, second, configStep(one)];
}

/** Steps that need each other in the same way, without those that do not apply. */
function needed(need: StepNeed, notes: readonly (Note | null)[]): Step[] {
  return notes.flatMap((each) => (each === null ? [] : [{ need, ...each }]));
}

function stepsOf(one: Case): Step[] {
  const isRemovedFirst = isOverridden(one) && one.behaviour.mode !== 'regional';
  return [
    ...needed('first', [
      amazonStep(one),
      otherAccountStep(one),
      findStep(one),
      ...toolSearches(one),
      isRemovedFirst ? removalStep(one) : null,
    ]),
    ...needed('one-of', [
      ...changes(one),
      codeStep(one),
      endpointStep(one),
      hiddenProgramsStep(one),
      upgradeStep(one, 'port'),
    ]),
    ...needed('also', [
      warningStep(one),
      interfaceEndpointStep(one),
      foreignDnsStep(one),
      customDnsStep(one),
      outsideStep(one),
    ]),
  ];
}

/** The word alone, no part of a variable's name and none of a pattern. */
const UNKNOWN = new RegExp(`(?<![A-Z_(|])${UNKNOWN_REGION}(?![A-Z_|])`);

function namesNoRegion({ title, detail, snippets }: Step): boolean {
  return [title, detail, ...snippets.map(({ code }) => code)].some((text) => UNKNOWN.test(text));
}

/** Says once what the caller's Region is, where the steps can only show a word in its place. */
function explainRegion(steps: readonly Step[], location: Location): readonly Step[] {
  const at = location.region === null ? steps.findIndex(namesNoRegion) : -1;
  const which =
    location.kind === 'outside-aws'
      ? 'nearest to the caller, or that of its resources'
      : 'in which the caller runs';
  return steps.map((each, index) =>
    index === at
      ? { ...each, detail: `${each.detail} ${UNKNOWN_REGION} is the Region ${which}.` }
      : each,
  );
}

/** What the owner of this caller must change, may break, and can check. */
export function remediate(
  facts: FindingFacts,
  diagnosis: Diagnosis,
  location: Location,
  workload: Workload | null,
): Remediation {
  const isPartly = workload?.confidence === 'low';
  const one: Case = {
    facts,
    diagnosis,
    location,
    workload: isPartly ? null : workload,
    partly: isPartly ? workload : null,
    behaviour: behaviourOf(facts.client, facts.operations),
    region: location.region ?? UNKNOWN_REGION,
    system: parseUserAgent(facts.samples.userAgents[0]?.value ?? '').system,
  };
  const isAmazonOnly = diagnosis.cause === 'aws-owned' && diagnosis.candidates.length === 1;
  if (isAmazonOnly) {
    const steps = needed('first', [amazonStep(one), otherAccountStep(one)]);
    return { steps, mayBreak: [], verify: [] };
  }
  return {
    steps: explainRegion(stepsOf(one), location),
    mayBreak: breakage(one),
    verify: verification(one),
  };
}
