import type { Note, Snippet } from '../advice.js';
import type { Behaviour } from '../behaviour.js';
import type { KnownClient } from '../knowledge-schema.js';

import { isLambda, provesOverride } from '../evidence.js';
import { isAtLeast, releaseIn } from '../version.js';
import { fill, fillSnippet, SDK_SETTINGS, snippet, note, type Case } from './case.js';
import { shellSnippet } from './forms.js';
import { forSystem } from './shells.js';

/** The surest page behind an entry. A finding carries one for each note, since reports hold many. */
export function sourcesOf(client: KnownClient): string[] {
  const ranked = ['high', 'medium', 'low'].flatMap((confidence) =>
    client.facts.filter((fact) => fact.confidence === confidence),
  );
  return [...new Set(ranked.map(({ source }) => source))].slice(0, 1);
}

/** What to know before the change, with the pages that say so. */
function warningsOf(client: KnownClient): {
  readonly text: string;
  readonly sources: readonly string[];
} {
  const facts = client.facts.filter(({ warn }) => warn);
  return {
    text: facts.map(({ text }) => text).join(' '),
    sources: [...new Set(facts.map(({ source }) => source))].slice(0, 2),
  };
}

type ToolStep = NonNullable<KnownClient['steps']>[number];

/** Whether a setting of the tool can cure this caller. */
function isFitting(step: ToolStep, { behaviour, diagnosis, facts }: Case): boolean {
  const { when, from, before } = step;
  const version = releaseIn(facts.client.version);
  if (version !== null && from !== undefined && !isAtLeast(version, from)) return false;
  if (version !== null && before !== undefined && isAtLeast(version, before)) return false;
  if (when === 'no-region' || when === 'region-disabled')
    return diagnosis.candidates.includes(when);
  return when === undefined || when === behaviour.mode || behaviour.mode === 'unknown';
}

export function fittingSteps(one: Case): ToolStep[] {
  return (one.behaviour.product?.steps ?? []).filter((each) => isFitting(each, one));
}

/** The settings of the tool itself; `environment` is the form of the place where it runs, if any. */
export function toolSteps(one: Case, environment: Note | null): Note[] {
  const settings = fittingSteps(one).filter(({ isSearch }) => !isSearch);
  return settings.map((step) => toNote(step, one, step.isEnvironment ? environment : null));
}

/** What has to be found out of a tool first. */
export function toolSearches(one: Case): Note[] {
  const searches = fittingSteps(one).filter(({ isSearch }) => isSearch);
  return searches.map((step) => toNote(step, one, null));
}

function toNote({ title, detail, snippets }: ToolStep, one: Case, form: Note | null): Note {
  const { behaviour, region, system } = one;
  const own = snippets.map((each) => fillSnippet(each, region));
  return note(
    fill(title, region),
    fill(detail, region),
    form ? form.snippets : forSystem(own, system),
    behaviour.product ? sourcesOf(behaviour.product) : [],
  );
}

/** Images seldom hold a shared config. */
const IN_CONTAINERS: ReadonlySet<string> = new Set([
  'ecs-task',
  'eks-service-account',
  'eks-pod-identity',
]);

/** Whether this version follows the mode of a shared config. */
function readsConfig({ endpoint, readsSetting, version }: Behaviour): boolean {
  if (endpoint?.sharedConfig === 'no' || readsSetting === false) return false;
  const from = endpoint?.configFrom;
  return from === undefined || version === null || isAtLeast(version, from);
}

/** Whether the shared config of the caller can move it: by the mode, or by a Region where none is known. */
function isConfigOfUse({ behaviour, facts, workload }: Case): boolean {
  const { endpoint, mode, product } = behaviour;
  if (!endpoint || endpoint.regionVariable === null || product?.kind === 'tool') return false;
  if (isLambda(facts) || IN_CONTAINERS.has(workload?.kind ?? '')) return false;
  if (mode === 'legacy') return readsConfig(behaviour);
  return endpoint.sharedConfig !== 'no' || ['global', 'mixed'].includes(endpoint.withoutRegion);
}

/** The shared config, for programs that read one. */
export function configStep(one: Case): Note | null {
  if (!isConfigOfUse(one)) return null;
  const { behaviour, region, system } = one;
  const needsSwitch = behaviour.endpoint?.sharedConfig === 'needs AWS_SDK_LOAD_CONFIG=1';
  const path = system === 'Windows' ? '%USERPROFILE%\\.aws\\config' : '~/.aws/config';
  const mode = readsConfig(behaviour) ? ['sts_regional_endpoints = regional'] : [];
  const code = ['[default]', `region = ${region}`, ...mode].join('\n');
  return note(
    'Set it in the shared config',
    `For the user that runs it, in the profile that it uses ([profile NAME]). Keep a region that stands there; the environment wins over the file.${needsSwitch ? ' The file is read only with the variable.' : ''}`,
    [
      snippet(path, 'ini', code),
      ...(needsSwitch ? [shellSnippet([['AWS_SDK_LOAD_CONFIG', '1']], one)] : []),
    ],
    [SDK_SETTINGS],
  );
}

const namesEndpoint = ({ code }: Snippet): boolean => code.includes('sts.{region}.amazonaws.com');

/** Whether the code can help: older versions lack the switch, and a configured endpoint wins over a Region. */
function isCodeOfUse({ behaviour, facts }: Case, code: Snippet): boolean {
  const { endpoint, mode, readsSetting, rules, version } = behaviour;
  const from = rules?.codeFrom;
  if (from !== undefined && version !== null && !isAtLeast(version, from)) return false;
  if (namesEndpoint(code)) return true;
  return mode === 'regional' ? !provesOverride(facts, endpoint) : readsSetting !== false;
}

/** What a Region in the code is good for. */
function regionHint({ behaviour }: Case, code: Snippet): string {
  return behaviour.mode === 'regional' && !namesEndpoint(code)
    ? ' It cures a missing Region and aws-global, no configured endpoint.'
    : '';
}

/** Profiles and web identities make clients of their own, which code that makes one does not reach. */
function chainHint({ facts, behaviour }: Case): string {
  const assumes = Object.keys(facts.operations).some((name) => name.startsWith('AssumeRole'));
  return assumes && behaviour.rules?.kind === 'sdk'
    ? 'Only where the program makes the STS client itself: role profiles and web identity tokens make their own, which the settings reach.'
    : '';
}

/** The change in the program itself, and what to know about it. */
export function codeStep(one: Case): Note | null {
  const { product, rules } = one.behaviour;
  const code = product?.kind === 'tool' ? undefined : rules?.code;
  if (!rules || !code || !isCodeOfUse(one, code)) return null;
  const title = rules.kind === 'cli' ? 'Change it by command' : 'Name the Region in the code';
  const { text, sources } = warningsOf(rules);
  const said = [chainHint(one), text].filter((sentence) => sentence !== '').join(' ');
  return note(
    title,
    (said || 'Wherever the program makes an STS client.') + regionHint(one, code),
    [fillSnippet(code, one.region)],
    text === '' ? sourcesOf(rules) : sources,
  );
}

/** Notes of a tool, which has no code step to carry them. */
export function warningStep({ behaviour, region }: Case): Note | null {
  const { product } = behaviour;
  if (product?.kind !== 'tool' && product?.kind !== 'generic') return null;
  const { text, sources } = warningsOf(product);
  return text === '' ? null : note('Know before you change it', fill(text, region), [], sources);
}

export function endpointStep({ behaviour, region }: Case): Note | null {
  // The code of an SDK shows it already.
  if (behaviour.mode === 'regional' || behaviour.product?.writesAddress === true) return null;
  if (behaviour.rules?.code !== undefined && namesEndpoint(behaviour.rules.code)) return null;
  const detail = `Where the program or its configuration takes an STS endpoint, give it https://sts.${region}.amazonaws.com and sign for ${region}: with the host alone changed, AWS answers SignatureDoesNotMatch.`;
  return note(
    'Name the Regional endpoint itself',
    detail,
    [],
    ['https://docs.aws.amazon.com/general/latest/gr/sts.html'],
  );
}
