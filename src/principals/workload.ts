import type { Workload, WorkloadKind } from '../clients/advice.js';
import type { FindingFacts } from '../contracts.js';
import { sampleValues } from '../samples.js';

import { isFunctionName, shareOf } from '../clients/evidence.js';
import { stableText } from '../clients/volatile.js';
import { nameOf, together, type Found } from './found.js';
import { byIssue } from './issue.js';
import { bySession, CODEBUILD, isBuild } from './session.js';
import { parseWebIdentity, webIdentityWorkload } from './web-identity.js';

const RESERVED_ROLE = /^AWSReservedSSO_(.+)_[0-9a-f]{16}$/;

function byPrincipal({ principal }: FindingFacts): Workload | null {
  const { type, id } = principal;
  const permissionSet =
    type === 'role' ? RESERVED_ROLE.exec(id.slice(id.lastIndexOf('/') + 1))?.[1] : undefined;
  if (permissionSet !== undefined) {
    const text = `People with the IAM Identity Center permission set ${permissionSet}`;
    return { kind: 'identity-center', name: permissionSet, text, confidence: 'high' };
  }
  if (type === 'web-identity') {
    const identity = parseWebIdentity(id);
    return identity && webIdentityWorkload(identity);
  }
  if (type === 'saml') {
    const provider = id.split(' -> ')[0] ?? id;
    return {
      kind: 'saml',
      name: provider,
      text: `People who sign in through ${provider} (SAML)`,
      confidence: 'high',
    };
  }
  if (type === 'identity-center-user') {
    return {
      kind: 'identity-center',
      name: null,
      text: `IAM Identity Center user ${id}`,
      confidence: 'high',
    };
  }
  if (type === 'external-account') {
    const text = `A caller in account ${id}; that account's own trail names it`;
    return { kind: 'other-account', name: id, text, confidence: 'high' };
  }
  return type === 'aws-service'
    ? { kind: 'aws-service', name: id, text: `AWS service ${id}`, confidence: 'high' }
    : null;
}

const LAMBDA = 'AWS_Lambda_';

/** Names that SDKs give to sessions when the program gives none. */
const BY_DEFAULT =
  /^(?:botocore-session-|aws-sdk-[a-z]+-(?:session-)?|assume-role-[a-z-]+)?\d{8,}$|^temporary-credentials$/;

/** A session is named after its function unless the function has assumed another role. */
function lambdaFunction(facts: FindingFacts, environment: string): Workload {
  // The sessions of other principals are not named after functions.
  const sessions =
    facts.principal.type === 'role' ? sampleValues(facts.samples, 'sessionNames') : [];
  const names = sessions.filter((each) => isFunctionName(each) && !BY_DEFAULT.test(each));
  const isAll = names.length === sessions.length;
  const name = names[0] ?? null;
  const text =
    name === null
      ? `A Lambda function (${environment})`
      : `Lambda function ${isAll ? nameOf(facts, 'sessionNames', names) : name}, by the name of its session`;
  return { kind: 'lambda-function', name, text, confidence: 'medium' };
}

const TASK = /^[0-9a-f]{32}$/;

/** Batch jobs, App Runner and Lightsail containers name the same environments as tasks. */
function ecsTask({ samples }: FindingFacts, environment: string): Workload {
  const tasks = sampleValues(samples, 'sessionNames').filter((name) => TASK.test(name));
  const [task = null] = tasks;
  const isEach = task !== null && tasks.length === samples.sessionNames.length;
  const on = environment === 'AWS_ECS_FARGATE' ? 'on Fargate' : 'on EC2';
  const such = task === null ? '' : `, such as ${task}`;
  const text = `ECS task ${on}${isEach ? '' : ', or a service that runs on ECS'}${such}`;
  return { kind: 'ecs-task', name: task, text, confidence: isEach ? 'high' : 'medium' };
}

/** A build when every session is one; of some, the environment alone holds for all. */
function onEcs(facts: FindingFacts, environment: string): Workload {
  return shareOf(facts, 'sessionNames', isBuild).isAll ? CODEBUILD : ecsTask(facts, environment);
}

/** The execution environment is text of the caller, but nobody gains by faking it. */
function byEnvironment(facts: FindingFacts): Workload | null {
  const environment = facts.client.executionEnvironment ?? '';
  if (environment.startsWith(LAMBDA)) return lambdaFunction(facts, environment);
  if (environment.startsWith('AWS_ECS_')) return onEcs(facts, environment);
  if (environment === 'CloudShell') {
    return {
      kind: 'cloudshell',
      name: null,
      text: 'A person in AWS CloudShell',
      confidence: 'medium',
    };
  }
  return environment === 'GitHubActions'
    ? { kind: 'github-actions', name: null, text: 'GitHub Actions', confidence: 'medium' }
    : null;
}

function byProduct({ client, samples }: FindingFacts): Workload | null {
  if (!client.product.startsWith('Terraform')) return null;
  const runners = samples.userAgents.map(({ value }) => RUNNER.exec(value));
  const names = new Set(runners.map((runner) => stableText(runner?.[1] ?? '')));
  const [only = ''] = names.size === 1 ? names : [];
  const text = runners.includes(null)
    ? 'A Terraform run; the pipeline that holds this principal'
    : `A Terraform run, started by ${only || 'a program'} through terraform-exec`;
  return { kind: 'terraform', name: only || null, text, confidence: 'medium' };
}

/**
 * What the library that runs Terraform from Go adds, after the name that its program has set, if
 * any. https://github.com/hashicorp/terraform-exec/blob/main/tfexec/cmd.go
 */
const RUNNER = /(?: ([\w.-]{1,100}))? HashiCorp-terraform-exec\//;

const ENVIRONMENTS: Partial<Readonly<Record<WorkloadKind, string>>> = {
  'lambda-function': 'in a Lambda function',
  'ecs-task': 'on ECS',
  codebuild: 'in CodeBuild',
  cloudshell: 'in AWS CloudShell',
  'github-actions': 'in GitHub Actions',
};

/** What AWS has verified, with what the caller says of the place where it runs. */
function withPlace(facts: FindingFacts, who: Workload): Workload {
  const environment = byEnvironment(facts)?.kind;
  const where = environment === undefined ? undefined : ENVIRONMENTS[environment];
  return where === undefined || environment === who.kind
    ? who
    : { ...who, text: `${who.text} (${where}, by the user agent)` };
}

/** What holds for all calls, if anything does. */
function ofAll(all: readonly Found[]): Workload | null {
  const workload = together(all);
  return workload?.confidence === 'low' ? null : workload;
}

/** Where all calls run by the user agent, with the name that AWS gives for some of them. */
function inEnvironment(facts: FindingFacts, issues: readonly Found[]): Workload | null {
  const environment = byEnvironment(facts);
  if (environment === null) return null;
  const named = issues.find(({ workload }) => workload.kind === environment.kind)?.workload;
  return named ? { ...named, confidence: environment.confidence } : environment;
}

/**
 * Where the principal runs, in words that its owner recognises; null when nothing tells. `low`: what
 * is said holds for some of the calls.
 */
export function inferWorkload(facts: FindingFacts): Workload | null {
  const issues = byIssue(facts);
  const who = ofAll(issues) ?? byPrincipal(facts);
  if (who !== null) return withPlace(facts, who);
  const sessions = bySession(facts);
  const others = sessions.filter(
    ({ workload }) => !issues.some((issue) => issue.workload.kind === workload.kind),
  );
  return (
    inEnvironment(facts, issues) ??
    ofAll(sessions) ??
    byProduct(facts) ??
    together([...issues, ...others])
  );
}
