import type { Workload, WorkloadKind } from '../clients/advice.js';
import type { FindingFacts, SampleKind } from '../contracts.js';

import { issuerOf, issuerWorkload, parseWebIdentity, webIdentityWorkload } from './web-identity.js';

/** One name, or the first of several with their number. Samples of a kind may hold other values too. */
function nameOf(facts: FindingFacts, kind: SampleKind, values: readonly string[]): string {
  const [first = ''] = values;
  const { count, atLeast } = facts.distinct[kind];
  const unseen = Math.max(0, count - facts.samples[kind].length);
  const more = new Set(values).size + unseen - 1;
  if (more === 0 && !atLeast) return first;
  return `${first} and ${more}${atLeast ? ' or more' : ''} ${more === 1 && !atLeast ? 'other' : 'others'}`;
}

function issuedTo({ samples }: FindingFacts, service: string): string[] {
  const start = `arn:aws:${service}:`;
  return samples.issuedTo.filter((arn) => arn.startsWith(start));
}

/** `arn:aws:lambda:R:A:function:NAME` gives NAME, `arn:aws:ec2:R:A:instance/ID` gives ID. */
function resourceName(arn: string): string {
  const resource = arn.split(':').slice(5).join(':');
  return resource
    .replace(/^function:/, '')
    .replace(/^instance\//, '')
    .replace(/:.*$/, '');
}

/** AWS itself names the compute resource that the credentials were issued to. */
function byIssue(facts: FindingFacts): Workload | null {
  const functions = issuedTo(facts, 'lambda').map(resourceName);
  if (functions[0] !== undefined) {
    const text = `Lambda function ${nameOf(facts, 'issuedTo', functions)}`;
    return { kind: 'lambda-function', name: functions[0], text, confidence: 'high' };
  }
  const instances = issuedTo(facts, 'ec2').map(resourceName);
  if (instances[0] === undefined) return null;
  const text = `EC2 instance ${nameOf(facts, 'issuedTo', instances)}`;
  return { kind: 'ec2-instance', name: instances[0], text, confidence: 'high' };
}

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

/** The provider that the role's sessions came through, which AWS has verified. */
function byProvider({ samples }: FindingFacts): Workload | null {
  const [issuer] = samples.issuedTo.flatMap((arn) => issuerOf(arn) ?? []);
  return issuer === undefined ? null : issuerWorkload(issuer);
}

const INSTANCE = /^i-[0-9a-f]{8,17}$/;
const TASK = /^[0-9a-f]{32}$/;
const POD = /^eks-(.+)-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const BUILD = /^AWSCodeBuild-/;

/** Builds run on ECS and say so too. https://docs.aws.amazon.com/codebuild/latest/userguide/build-env-ref-env-vars.html */
function codeBuild({ samples }: FindingFacts): Workload | null {
  return samples.sessionNames.some((name) => BUILD.test(name))
    ? {
        kind: 'codebuild',
        name: null,
        text: 'CodeBuild project that uses this role',
        confidence: 'medium',
      }
    : null;
}

/** Services name the sessions that they start; a caller that assumes a role can copy the name. */
function bySession(facts: FindingFacts): Workload | null {
  const names = facts.samples.sessionNames;
  const matching = (pattern: RegExp): string[] => names.filter((name) => pattern.test(name));
  const instances = matching(INSTANCE);
  if (instances[0] !== undefined) {
    const text = `EC2 instance ${nameOf(facts, 'sessionNames', instances)}`;
    return { kind: 'ec2-instance', name: instances[0], text, confidence: 'medium' };
  }
  const pod = POD.exec(matching(POD)[0] ?? '')?.[1];
  if (pod !== undefined) {
    return {
      kind: 'eks-pod-identity',
      name: pod,
      text: `EKS Pod Identity, cluster and pod ${pod}`,
      confidence: 'medium',
    };
  }
  const build = codeBuild(facts);
  if (build !== null) return build;
  if (names.includes('GitHubActions')) {
    return {
      kind: 'github-actions',
      name: null,
      text: 'GitHub Actions, by its default session name',
      confidence: 'medium',
    };
  }
  return null;
}

const LAMBDA = 'AWS_Lambda_';

/** Names that SDKs give to sessions when the program gives none. */
const BY_DEFAULT =
  /^(?:botocore-session-|aws-sdk-[a-z]+-(?:session-)?|assume-role-[a-z-]+)?\d{8,}$|^temporary-credentials$/;

/** A session is named after its function unless the function has assumed another role. */
function lambdaFunction(facts: FindingFacts, environment: string): Workload {
  // The sessions of other principals are not named after functions.
  const sessions = facts.principal.type === 'role' ? facts.samples.sessionNames : [];
  const names = sessions.filter((each) => !BY_DEFAULT.test(each));
  const isAll = names.length === sessions.length;
  const name = names[0] ?? null;
  const text =
    name === null
      ? `A Lambda function (${environment})`
      : `Lambda function ${isAll ? nameOf(facts, 'sessionNames', names) : name}, by the name of its session`;
  return { kind: 'lambda-function', name, text, confidence: 'medium' };
}

/** Batch jobs, App Runner and Lightsail containers name the same environments as tasks. */
function ecsTask(facts: FindingFacts, environment: string): Workload {
  const task = facts.samples.sessionNames.find((name) => TASK.test(name)) ?? null;
  const on = environment === 'AWS_ECS_FARGATE' ? 'on Fargate' : 'on EC2';
  const text = task === null ? `ECS task ${on}, or a service that runs on ECS` : `ECS task ${on}, such as ${task}`; // prettier-ignore
  return { kind: 'ecs-task', name: task, text, confidence: task === null ? 'medium' : 'high' };
}

/** The execution environment is text of the caller, but nobody gains by faking it. */
function byEnvironment(facts: FindingFacts): Workload | null {
  const environment = facts.client.executionEnvironment ?? '';
  if (environment.startsWith(LAMBDA)) return lambdaFunction(facts, environment);
  if (environment.startsWith('AWS_ECS_')) return codeBuild(facts) ?? ecsTask(facts, environment);
  if (environment === 'CloudShell') {
    return {
      kind: 'cloudshell',
      name: null,
      text: 'A person in AWS CloudShell',
      confidence: 'high',
    };
  }
  return environment === 'GitHubActions'
    ? { kind: 'github-actions', name: null, text: 'GitHub Actions', confidence: 'medium' }
    : null;
}

function byProduct({ client }: FindingFacts): Workload | null {
  if (!client.product.startsWith('Terraform')) return null;
  return {
    kind: 'terraform',
    name: null,
    text: 'A Terraform run; the pipeline that holds this principal',
    confidence: 'medium',
  };
}

const ENVIRONMENTS: Partial<Readonly<Record<WorkloadKind, string>>> = {
  'lambda-function': 'in a Lambda function',
  'ecs-task': 'on ECS',
  codebuild: 'in CodeBuild',
  cloudshell: 'in AWS CloudShell',
  'github-actions': 'in GitHub Actions',
};

/** What AWS has verified, with what the caller says of the place where it runs. */
function verified(facts: FindingFacts): Workload | null {
  const who = byPrincipal(facts) ?? byProvider(facts);
  if (who === null) return null;
  const environment = byEnvironment(facts)?.kind;
  const where = environment === undefined ? undefined : ENVIRONMENTS[environment];
  return where === undefined || environment === who.kind
    ? who
    : { ...who, text: `${who.text} (${where}, by the user agent)` };
}

/** Where the principal runs, in words that its owner recognises; null when nothing tells. */
export function inferWorkload(facts: FindingFacts): Workload | null {
  return (
    byIssue(facts) ??
    verified(facts) ??
    byEnvironment(facts) ??
    bySession(facts) ??
    byProduct(facts)
  );
}
