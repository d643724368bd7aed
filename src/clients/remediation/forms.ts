import type { Snippet, WorkloadKind } from '../advice.js';

import { isLambda } from '../evidence.js';
import { safeName, SDK_SETTINGS, snippet, type Case } from './case.js';
import { edgeHint, lambdaTarget, targetHint } from './lambda.js';

/** Environment variables in the form of the place where the caller runs. */

export type Variables = readonly (readonly [name: string, value: string])[];

interface Form {
  readonly detail: string;
  readonly snippets: readonly Snippet[];
  readonly source: string;
}

export const MODE = 'AWS_STS_REGIONAL_ENDPOINTS';

function lines(variables: Variables, format: (name: string, value: string) => string): string {
  return variables.map(([name, value]) => format(name, value)).join('\n');
}

function assignments(variables: Variables): string {
  return lines(variables, (name, value) => `${name}=${value}`).replaceAll('\n', ' ');
}

/** An update replaces every variable, so what could not be read must stop the commands. */
function lambda(variables: Variables, one: Case): Form {
  const target = lambdaTarget(one);
  const values = lines(variables, (key, value) => `"${key}": "${value}"`).replaceAll('\n', ', ');
  return {
    detail: `${edgeHint(one)}${targetHint(one)}Best in the template that deploys the function. The commands keep its other variables, and stop where these cannot be decrypted (kms:Decrypt); delete the file afterwards. Lambda sets the Region itself. Callers of a version or an alias get it only with the last two commands.`,
    snippets: [
      snippet(
        'bash',
        'sh',
        `(
  set -eo pipefail
  aws lambda get-function-configuration ${target} --query Environment --output json |
    jq 'if .Error then error(.Error.Message) else {Variables: ((.Variables // {}) + {${values}})} end' > environment.json
  aws lambda update-function-configuration ${target} --environment file://environment.json
  aws lambda wait function-updated ${target}
)`,
      ),
      snippet(
        'for an alias, as list-aliases names it',
        'sh',
        `VERSION=$(aws lambda publish-version ${target} --query Version --output text)\naws lambda update-alias ${target} --name ALIAS --function-version "$VERSION"`,
      ),
    ],
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html',
  };
}

function ecs(variables: Variables): Form {
  const entries = lines(variables, (name, value) => `{"name": "${name}", "value": "${value}"}`);
  return {
    detail:
      'Add it to the list "environment" of the container, beside what stands there (a second list of that name would replace the first), in a new revision of the task definition. Then update the service.',
    snippets: [
      snippet(
        'elements of "environment" in the container definition',
        'json',
        entries.replaceAll('\n', ',\n'),
      ),
    ],
    source: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/taskdef-envfiles.html',
  };
}

const ANNOTATION = 'eks.amazonaws.com/sts-regional-endpoints=true';
const EKS_STS = 'https://docs.aws.amazon.com/eks/latest/userguide/configure-sts-endpoint.html';

/** EKS puts mode and Region into the pods of a service account, so something has kept it from that. */
const INJECTED =
  'EKS 1.25 and later sets the mode and the Region in the pods of a service account with a role. A pod that goes global all the same has an older cluster, the annotation set to false, a value of its own in the pod spec (which wins), or a program that ignores it. Pods must be made anew.';

function kubernetes(variables: Variables, { workload }: Case): Form {
  // The session of EKS Pod Identity names cluster and pod, no namespace.
  const known = workload?.kind === 'eks-service-account' ? workload.name : null;
  const [namespace = '', account = ''] = known?.split('/') ?? [];
  const place = safeName(namespace, 'NAMESPACE');
  const environment = snippet(
    'one workload',
    'sh',
    `kubectl set env deployment/DEPLOYMENT -n ${place} ${assignments(variables)}`,
  );
  const annotate = snippet(
    'or every pod of the service account (the mode only)',
    'sh',
    `kubectl annotate serviceaccount -n ${place} ${safeName(account, 'ACCOUNT')} ${ANNOTATION} --overwrite\nkubectl rollout restart deployment/DEPLOYMENT -n ${place}`,
  );
  if (workload?.kind !== 'eks-service-account')
    return { detail: 'It makes the pods anew.', snippets: [environment], source: EKS_STS };
  const hasMode = variables.some(([name]) => name === MODE);
  return {
    detail: INJECTED,
    snippets: hasMode ? [environment, annotate] : [environment],
    source: EKS_STS,
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

function instance(variables: Variables, one: Case): Form {
  if (one.system === 'Windows') {
    return {
      detail: 'As an administrator; then restart Windows, since its services see it only then.',
      snippets: [
        snippet(
          'Windows',
          'bat',
          lines(variables, (name, value) => `setx ${name} ${value} /M`),
        ),
      ],
      source: SDK_SETTINGS,
    };
  }
  return {
    detail:
      'For a systemd service: systemctl edit SERVICE, then restart it. For scripts, put export lines where they start.',
    snippets: [snippet('drop-in', 'ini', `[Service]\nEnvironment=${assignments(variables)}`)],
    source: SDK_SETTINGS,
  };
}

/** The variables as commands for the shell of the caller's system. */
export function shellSnippet(variables: Variables, { system }: Case, label?: string): Snippet {
  return system === 'Windows'
    ? snippet(
        label ?? 'Windows, as an administrator',
        'bat',
        lines(variables, (name, value) => `setx ${name} ${value} /M`),
      )
    : snippet(
        label ?? 'shell',
        'sh',
        lines(variables, (name, value) => `export ${name}=${value}`),
      );
}

function shell(variables: Variables, one: Case): Form {
  return {
    detail:
      'Where the process starts: shell profile, service unit, container image or pipeline. Then restart it.',
    snippets: [shellSnippet(variables, one)],
    source: SDK_SETTINGS,
  };
}

const OWN_FORMS: ReadonlySet<WorkloadKind> = new Set([
  'lambda-function',
  'ecs-task',
  'eks-service-account',
  'eks-pod-identity',
  'codebuild',
  'github-actions',
  'gitlab-ci',
  'ec2-instance',
]);

function formOfPlace(variables: Variables, one: Case): Form {
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
      return instance(variables, one);
    default:
      return shell(variables, one);
  }
}

/** Lambda sets the Region itself and takes no other. */
function settable(variables: Variables, { workload }: Case): Variables {
  return workload?.kind === 'lambda-function'
    ? variables.filter(([name]) => name === MODE)
    : variables;
}

/**
 * The form of the place where the caller runs; that of a shell when nothing tells the place, with
 * that of the place where some of the calls come from.
 */
export function formOf(variables: Variables, one: Case): Form {
  const { partly } = one;
  const form = formOfPlace(variables, one);
  if (partly === null || !OWN_FORMS.has(partly.kind)) return form;
  const part = { ...one, workload: partly, partly: null };
  const set = settable(variables, part);
  if (set.length === 0) return form;
  const own = partly.kind === 'lambda-function' ? lambda(set, part) : formOfPlace(set, part);
  return {
    detail: `${form.detail} For ${partly.text}: ${own.detail}`,
    snippets: [
      ...form.snippets,
      ...own.snippets.map(({ label, language, code }) =>
        snippet(`${label}, for that part`, language, code),
      ),
    ],
    source: form.source,
  };
}

/** Whether the place where it runs has a form of its own. */
export function hasOwnForm({ facts, workload }: Case): boolean {
  return isLambda(facts) || (workload !== null && OWN_FORMS.has(workload.kind));
}
