import type { Snippet, Step, WorkloadKind } from '../advice.js';

import { isLambda, isOutsideLegacy } from '../evidence.js';
import { safeName, SDK_SETTINGS, snippet, step, type Case } from './case.js';

type Variables = readonly (readonly [name: string, value: string])[];

interface Form {
  readonly detail: string;
  readonly snippets: readonly Snippet[];
  readonly source: string;
}

const MODE = 'AWS_STS_REGIONAL_ENDPOINTS';

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
  const mode = modeOf(one);
  if (isLambda(facts)) return mode;
  const fallsBack = ['global', 'mixed'].includes(behaviour.endpoint?.withoutRegion ?? 'global');
  if (behaviour.mode === 'regional') return fallsBack ? [...mode, ...regionOf(one)] : mode;
  if (behaviour.mode === 'legacy' && mode.length === 0 && !isOutsideLegacy(location.region))
    return [];
  return [...mode, ...regionOf(one)];
}

function lines(variables: Variables, format: (name: string, value: string) => string): string {
  return variables.map(([name, value]) => format(name, value)).join('\n');
}

function assignments(variables: Variables): string {
  return lines(variables, (name, value) => `${name}=${value}`).replaceAll('\n', ' ');
}

function lambda(variables: Variables, { region, workload }: Case): Form {
  const name = safeName(workload?.kind === 'lambda-function' ? workload.name : null, 'FUNCTION');
  const target = `--region ${region} --function-name ${name}`;
  const values = lines(variables, (key, value) => `"${key}": "${value}"`).replaceAll('\n', ', ');
  return {
    detail:
      'Best in the template that deploys the function. The commands keep its other variables; delete the file afterwards. Lambda sets the Region itself.',
    snippets: [
      snippet(
        'shell',
        'sh',
        `aws lambda get-function-configuration ${target} --query Environment.Variables --output json |\n  jq '{Variables: ((. // {}) + {${values}})}' > environment.json\naws lambda update-function-configuration ${target} --environment file://environment.json`,
      ),
    ],
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html',
  };
}

function ecs(variables: Variables): Form {
  const entries = lines(variables, (name, value) => `  {"name": "${name}", "value": "${value}"}`);
  return {
    detail:
      'Add it to the container in a new revision of the task definition, then update the service.',
    snippets: [
      snippet(
        'container definition',
        'json',
        `"environment": [\n${entries.replaceAll('\n', ',\n')}\n]`,
      ),
    ],
    source: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/taskdef-envfiles.html',
  };
}

const ANNOTATION = 'eks.amazonaws.com/sts-regional-endpoints=true';

function kubernetes(variables: Variables, { workload }: Case): Form {
  const [namespace = '', account = ''] = workload?.name?.split('/') ?? [];
  const place = safeName(namespace, 'NAMESPACE');
  const environment = snippet(
    'kubectl',
    'sh',
    `kubectl set env deployment/DEPLOYMENT -n ${place} ${assignments(variables)}`,
  );
  const annotate = snippet(
    'kubectl, for the service account',
    'sh',
    `kubectl annotate serviceaccount -n ${place} ${safeName(account, 'ACCOUNT')} ${ANNOTATION} --overwrite\nkubectl rollout restart deployment/DEPLOYMENT -n ${place}`,
  );
  const isAnnotated =
    workload?.kind === 'eks-service-account' && variables.some(([name]) => name === MODE);
  return {
    detail: `${isAnnotated ? 'The annotation is another way for the mode alone, for every pod of the account. ' : ''}A value in the pod spec wins. Pods must be made anew.`,
    snippets: isAnnotated ? [environment, annotate] : [environment],
    source: 'https://docs.aws.amazon.com/eks/latest/userguide/configure-sts-endpoint.html',
  };
}

function yaml(variables: Variables, indent: string): string {
  return lines(variables, (name, value) => `${indent}${name}: ${value}`);
}

function codeBuild(variables: Variables): Form {
  return {
    detail: 'In the buildspec, or in the environment of the project.',
    snippets: [snippet('buildspec.yml', 'yaml', `env:\n  variables:\n${yaml(variables, '    ')}`)],
    source: 'https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html',
  };
}

function pipeline(variables: Variables, { workload }: Case): Form {
  const isGitLab = workload?.kind === 'gitlab-ci';
  const label = isGitLab ? '.gitlab-ci.yml' : 'workflow, top level';
  return {
    detail: 'For every job that calls AWS.',
    snippets: [
      snippet(label, 'yaml', `${isGitLab ? 'variables' : 'env'}:\n${yaml(variables, '  ')}`),
    ],
    source: SDK_SETTINGS,
  };
}

function instance(variables: Variables): Form {
  return {
    detail:
      'For a systemd service: systemctl edit SERVICE, then restart it. For scripts, put export lines where they start.',
    snippets: [snippet('drop-in', 'ini', `[Service]\nEnvironment=${assignments(variables)}`)],
    source: SDK_SETTINGS,
  };
}

function shell(variables: Variables, { system, facts }: Case): Form {
  const isWindows = system === 'Windows' || facts.client.product.includes('PowerShell');
  return {
    detail:
      'Where the process starts: shell profile, service unit, container image or pipeline. Then restart it.',
    snippets: [
      isWindows
        ? snippet(
            'Windows',
            'bat',
            lines(variables, (name, value) => `setx ${name} ${value}`),
          )
        : snippet(
            'shell',
            'sh',
            lines(variables, (name, value) => `export ${name}=${value}`),
          ),
    ],
    source: SDK_SETTINGS,
  };
}

const OWN_FORMS: ReadonlySet<WorkloadKind> = new Set([
  'ecs-task',
  'eks-service-account',
  'eks-pod-identity',
  'codebuild',
  'github-actions',
  'gitlab-ci',
  'ec2-instance',
]);

function formOf(variables: Variables, one: Case): Form {
  if (isLambda(one.facts)) return lambda(variables, one);
  switch (one.workload?.kind) {
    case 'ecs-task':
      return ecs(variables);
    case 'eks-service-account':
    case 'eks-pod-identity':
      return kubernetes(variables, one);
    case 'codebuild':
      return codeBuild(variables);
    case 'github-actions':
    case 'gitlab-ci':
      return pipeline(variables, one);
    case 'ec2-instance':
      return instance(variables);
    default:
      return shell(variables, one);
  }
}

function titleOf(variables: Variables, one: Case): string {
  const names = variables.map(([name, value]) => (name === MODE ? `${MODE}=${value}` : name));
  const last = names.pop() ?? '';
  const list = names.length === 0 ? last : `${names.join(', ')} and ${last}`;
  const needed = neededVersion(one);
  if (needed === null) return `Set ${list} in its environment`;
  return `Update ${one.behaviour.name} to ${needed} or later, and set ${list}`;
}

/** Whether the place where it runs has a form of its own. */
export function hasOwnForm({ facts, workload }: Case): boolean {
  return isLambda(facts) || (workload !== null && OWN_FORMS.has(workload.kind));
}

/** What the step cannot promise. */
function hintOf({ behaviour, diagnosis }: Case): string {
  if (behaviour.endpoint === undefined)
    return ' It moves AWS SDKs that read these; no variable moves an address written in the code.';
  return diagnosis.cause === 'endpoint-override' ? ' It helps only once the endpoint is gone.' : '';
}

/** Setting the environment, in the form of the place where the caller runs; null when useless. */
export function environmentStep(one: Case): Step | null {
  const variables = variablesOf(one);
  if (variables.length === 0) return null;
  const { detail, snippets, source } = formOf(variables, one);
  return step(titleOf(variables, one), detail + hintOf(one), snippets, [source]);
}
