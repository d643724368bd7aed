import type { Step } from '../advice.js';
import type { KnownClient } from '../knowledge-schema.js';

import { isLambda } from '../evidence.js';
import { isAtLeast } from '../version.js';
import { fill, fillSnippet, SDK_SETTINGS, snippet, step, type Case } from './case.js';

/** The surest page behind an entry. A finding carries one for each step, since reports hold many. */
function sourcesOf(client: KnownClient): string[] {
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

/** The settings of the tool itself; `environment` is the form of the place where it runs, if any. */
export function toolSteps({ behaviour, region }: Case, environment: Step | null): Step[] {
  const { product, mode } = behaviour;
  const fitting = (product?.steps ?? []).filter(
    ({ when }) => when === undefined || when === mode || mode === 'unknown',
  );
  return fitting.map(({ title, detail, snippets, isEnvironment }) =>
    step(
      fill(title, region),
      fill(detail, region),
      isEnvironment && environment
        ? environment.snippets
        : snippets.map((each) => fillSnippet(each, region)),
      product ? sourcesOf(product) : [],
    ),
  );
}

/** The managed runtimes of these languages bring their own SDK. */
const BUNDLED = /^(?:Python|Node\.js|Ruby)/;

function upgradeTitle({ to, of, effort }: NonNullable<KnownClient['upgrade']>): string {
  if (effort === 'port') return `Port the program to ${of}`;
  return to === null ? `Upgrade ${of}` : `Upgrade ${of} to ${to} or later`;
}

/** The upgrade that cures it by itself; null when there is none, or it is done. */
export function upgradeStep(one: Case, effort: 'update' | 'port'): Step | null {
  const { behaviour, facts, region } = one;
  const owner = behaviour.product?.kind === 'tool' ? behaviour.product : behaviour.rules;
  const upgrade = owner?.upgrade;
  if (!owner || upgrade?.effort !== effort || (behaviour.mode === 'regional' && !behaviour.pin))
    return null;
  const version = owner.sdk ? facts.client.sdkVersion : facts.client.version;
  if (upgrade.to !== null && version !== null && isAtLeast(version, upgrade.to)) return null;
  const bundled = isLambda(facts) && BUNDLED.test(facts.client.runtime ?? '');
  const place = bundled
    ? ' In Lambda, package it with the function: the copy in the managed runtime is not yours to update.'
    : '';
  return step(
    upgradeTitle(upgrade),
    fill(upgrade.detail, region) + place,
    upgrade.command ? [upgrade.command] : [],
    sourcesOf(owner),
  );
}

/** Images seldom hold a shared config. */
const IN_CONTAINERS: ReadonlySet<string> = new Set([
  'ecs-task',
  'eks-service-account',
  'eks-pod-identity',
]);

/** The shared config, for programs that read one. */
export function configStep({ behaviour, facts, region, system, workload }: Case): Step | null {
  const { endpoint, product, readsSetting } = behaviour;
  if (!endpoint || endpoint.regionVariable === null || product?.kind === 'tool' || isLambda(facts))
    return null;
  if (behaviour.mode === 'legacy' && readsSetting === false) return null;
  if (IN_CONTAINERS.has(workload?.kind ?? '')) return null;
  if (
    endpoint.sharedConfig === 'no' &&
    endpoint.withoutRegion !== 'global' &&
    endpoint.withoutRegion !== 'mixed'
  )
    return null;
  const hasMode = endpoint.sharedConfig !== 'no' && readsSetting !== false;
  const needs =
    endpoint.sharedConfig === 'needs AWS_SDK_LOAD_CONFIG=1'
      ? ' It is read only with AWS_SDK_LOAD_CONFIG=1 in the environment.'
      : '';
  const path = system === 'Windows' ? '%USERPROFILE%\\.aws\\config' : '~/.aws/config';
  const code = [
    '[default]',
    `region = ${region}`,
    ...(hasMode ? ['sts_regional_endpoints = regional'] : []),
  ].join('\n');
  return step(
    'Set it in the shared config',
    `For the user that runs it, in the profile that it uses ([profile NAME]); the environment wins over the file.${needs}`,
    [snippet(path, 'ini', code)],
    [SDK_SETTINGS],
  );
}

/** The change in the program itself, and what to know about it. */
export function codeStep({ behaviour, region }: Case): Step | null {
  const { product, rules } = behaviour;
  const code = product?.kind === 'tool' ? undefined : rules?.code;
  if (!rules || !code) return null;
  const title = rules.kind === 'cli' ? 'Or change it by command' : 'Name the Region in the code';
  const { text, sources } = warningsOf(rules);
  const isWarned = text !== '';
  return step(
    title,
    isWarned ? text : 'Wherever the program makes an STS client.',
    [fillSnippet(code, region)],
    isWarned ? sources : sourcesOf(rules),
  );
}

/** Notes of a tool, which has no code step to carry them. */
export function warningStep({ behaviour, region }: Case): Step | null {
  const { product } = behaviour;
  if (product?.kind !== 'tool' && product?.kind !== 'generic') return null;
  const { text, sources } = warningsOf(product);
  return text === '' ? null : step('Know before you change it', fill(text, region), [], sources);
}

export function endpointStep({ behaviour, region }: Case): Step | null {
  // The code of an SDK shows it already.
  if (behaviour.mode === 'regional' || behaviour.product?.writesAddress === true) return null;
  if (behaviour.rules?.code?.code.includes('https://sts.') === true) return null;
  const detail = `Where the program or its configuration takes an STS endpoint, give it https://sts.${region}.amazonaws.com and sign for ${region}: with the host alone changed, AWS answers SignatureDoesNotMatch.`;
  return step(
    'Name the Regional endpoint itself',
    detail,
    [],
    ['https://docs.aws.amazon.com/general/latest/gr/sts.html'],
  );
}
