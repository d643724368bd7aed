import type { Note } from '../advice.js';

import { isLambda, isOutsideLegacy } from '../evidence.js';
import { note, type Case } from './case.js';
import { formOf, MODE, type Variables } from './forms.js';

/** An old SDK of which a newer version reads the setting, while its major version stays global. */
function neededVersion({ behaviour }: Case): string | null {
  const from = behaviour.endpoint?.settingFrom;
  if (
    behaviour.mode !== 'legacy' ||
    behaviour.readsSetting !== false ||
    behaviour.rules?.kind !== 'sdk'
  )
    return null;
  return from === undefined || from === 'never' || behaviour.rules.upgrade?.effort === 'update'
    ? null
    : from;
}

function modeOf(one: Case): Variables {
  return one.behaviour.readsSetting === false && neededVersion(one) === null
    ? []
    : [[MODE, 'regional']];
}

function regionOf({ behaviour, region }: Case): Variables {
  if (behaviour.endpoint) {
    const name = behaviour.endpoint.regionVariable;
    return name === null ? [] : [[name, region]];
  }
  return [
    ['AWS_REGION', region],
    ['AWS_DEFAULT_REGION', region],
  ];
}

/** Only what can help: a Region moves neither legacy mode nor a client that fails without one. */
function variablesOf(one: Case): Variables {
  const { behaviour, facts, location } = one;
  if (behaviour.product?.hasNoEnvironment) return [];
  const mode = modeOf(one);
  if (isLambda(facts)) return mode;
  const fallsBack = ['global', 'mixed'].includes(behaviour.endpoint?.withoutRegion ?? 'global');
  if (behaviour.mode === 'regional') return fallsBack ? [...mode, ...regionOf(one)] : mode;
  if (behaviour.mode === 'legacy' && mode.length === 0 && !isOutsideLegacy(location.region))
    return [];
  return [...mode, ...regionOf(one)];
}

function titleOf(variables: Variables, one: Case): string {
  const names = variables.map(([name, value]) => (name === MODE ? `${MODE}=${value}` : name));
  const last = names.pop() ?? '';
  const list = names.length === 0 ? last : `${names.join(', ')} and ${last}`;
  const needed = neededVersion(one);
  if (needed === null) return `Set ${list} in its environment`;
  return `Update ${one.behaviour.name} to ${needed} or later, and set ${list}`;
}

/** What the variables cannot promise. */
function hintOf({ behaviour, diagnosis }: Case): string {
  if (behaviour.endpoint === undefined)
    return ' It moves AWS SDKs that read these; no variable moves an address written in the code.';
  return diagnosis.cause === 'endpoint-override' ? ' It helps only once the endpoint is gone.' : '';
}

/** A Region variable decides for every AWS client of the process, so it must not replace another. */
function regionCaution(variables: Variables, { behaviour }: Case): string {
  const names = variables.map(([name]) => name).filter((name) => name !== MODE);
  if (names.length === 0) return '';
  const list = names.join(' and ');
  return behaviour.mode === 'regional'
    ? ` ${list} moves the other AWS clients of the process too, where they name no Region.`
    : ` Leave out ${list} where the process has a Region already: it moves the other AWS clients too.`;
}

/** Setting the environment, in the form of the place where the caller runs; null when useless. */
export function environmentStep(one: Case): Note | null {
  const variables = variablesOf(one);
  if (variables.length === 0) return null;
  const { detail, snippets, source } = formOf(variables, one);
  const text = detail + regionCaution(variables, one) + hintOf(one);
  return note(titleOf(variables, one), text, snippets, [source]);
}
