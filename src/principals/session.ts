import type { Workload } from '../clients/advice.js';
import type { FindingFacts } from '../contracts.js';
import { sampleValues } from '../samples.js';

import { nameOf, ofSamples, type Found } from './found.js';

const INSTANCE = /^i-[0-9a-f]{8,17}$/;
const POD = /^eks-(.+)-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const BUILD = /^AWSCodeBuild-/;

/** Builds run on ECS and say so too. https://docs.aws.amazon.com/codebuild/latest/userguide/build-env-ref-env-vars.html */
export const CODEBUILD: Workload = {
  kind: 'codebuild',
  name: null,
  text: 'CodeBuild project that uses this role',
  confidence: 'medium',
};

const GITHUB_ACTIONS: Workload = {
  kind: 'github-actions',
  name: null,
  text: 'GitHub Actions, by its default session name',
  confidence: 'medium',
};

export const isBuild = (name: string): boolean => BUILD.test(name);

function ec2Instance(facts: FindingFacts, instances: readonly string[]): Workload {
  const text = `EC2 instance ${nameOf(facts, 'sessionNames', instances)}`;
  return { kind: 'ec2-instance', name: instances[0] ?? null, text, confidence: 'medium' };
}

function podIdentity(pods: readonly string[]): Workload {
  const pod = POD.exec(pods[0] ?? '')?.[1] ?? null;
  const text = `EKS Pod Identity, cluster and pod ${pod}`;
  return { kind: 'eks-pod-identity', name: pod, text, confidence: 'medium' };
}

type Shape = readonly [
  fits: (name: string) => boolean,
  words: (facts: FindingFacts, names: readonly string[]) => Workload,
];

const SESSIONS: readonly Shape[] = [
  [(name) => INSTANCE.test(name), ec2Instance],
  [(name) => POD.test(name), (_, names) => podIdentity(names)],
  [isBuild, () => CODEBUILD],
  [(name) => name === 'GitHubActions', () => GITHUB_ACTIONS],
];

/** Services name the sessions that they start; a caller that assumes a role can copy the name. */
export function bySession(facts: FindingFacts): Found[] {
  return SESSIONS.flatMap(([fits, words]) => {
    const names = sampleValues(facts.samples, 'sessionNames').filter(fits);
    return names.length === 0 ? [] : [ofSamples(facts, 'sessionNames', fits, words(facts, names))];
  });
}
