/**
 * What the analysis adds to a finding: judgements in plain data, with how sure each one is.
 * `report/analysis-schema.ts` holds the same shapes for validation.
 */

/** `high`: code, a changelog or AWS says so. `medium`: a clear inference. `low`: a guess. */
export type Confidence = 'high' | 'medium' | 'low';

/** Where the client goes when nothing is configured. */
export type DefaultMode = 'legacy' | 'regional' | 'unknown';

/** Why a caller reached the global endpoint. Stable words: scripts may compare them. */
export const CAUSES = [
  'legacy-default',
  'no-region',
  'aws-global-region',
  'legacy-setting',
  'endpoint-override',
  'setting-ignored',
  'custom-dns',
  'region-disabled',
  'unknown-version',
  'unknown-client',
  'aws-owned',
] as const;
export type Cause = (typeof CAUSES)[number];

export interface Diagnosis {
  /** The likeliest cause. */
  readonly cause: Cause;
  /** Every cause that fits, likeliest first; `cause` is the first of them. */
  readonly candidates: readonly Cause[];
  readonly explanation: string;
  readonly confidence: Confidence;
  readonly defaultMode: DefaultMode;
}

export const WORKLOAD_KINDS = [
  'lambda-function',
  'ecs-task',
  'ec2-instance',
  'eks-service-account',
  'eks-pod-identity',
  'codebuild',
  'github-actions',
  'gitlab-ci',
  'hcp-terraform',
  'cloudshell',
  'identity-center',
  'cognito',
  'oidc',
  'saml',
  'other-account',
  'aws-service',
  'terraform',
] as const;
export type WorkloadKind = (typeof WORKLOAD_KINDS)[number];

export interface Workload {
  readonly kind: WorkloadKind;
  /** Its name as the owner wrote it, such as `payments/api`; null when the evidence has none. */
  readonly name: string | null;
  /** Words that the owner recognises, such as `EKS service account payments/api in eu-west-1`. */
  readonly text: string;
  readonly confidence: Confidence;
}

export const LOCATION_KINDS = [
  'aws-default-region',
  'aws-opt-in-region',
  'us-east-1',
  'foreign-dns',
  'outside-aws',
  'unknown',
] as const;
export type LocationKind = (typeof LOCATION_KINDS)[number];

export interface Location {
  readonly kind: LocationKind;
  /** The Region to name in the fix; null when the evidence does not tell. */
  readonly region: string | null;
  readonly confidence: Confidence;
  readonly explanation: string;
}

/** How much a finding depends on us-east-1, worst first. */
export const RISK_TIERS = [
  'served-remote',
  'unknown',
  'served-local',
  'already-us-east-1',
] as const;
export type RiskTier = (typeof RISK_TIERS)[number];

export interface Risk {
  readonly tier: RiskTier;
  /** Sorts findings, greatest first: the tier decides, then recency, volume and session length. */
  readonly score: number;
  readonly explanation: string;
}

export interface Snippet {
  /** Where it belongs, such as `~/.aws/config`. */
  readonly label: string;
  readonly language: string;
  readonly code: string;
}

/** Something to do or to look at. All of its snippets belong to it, unless a label says `or`. */
export interface Note {
  readonly title: string;
  readonly detail: string;
  readonly snippets: readonly Snippet[];
  /** Public pages that back it. */
  readonly sources: readonly string[];
}

/**
 * How a step stands to the others. `first`: before any of them. `one-of`: any one of these moves the
 * caller. `also`: it moves nobody by itself.
 */
export const STEP_NEEDS = ['first', 'one-of', 'also'] as const;
export type StepNeed = (typeof STEP_NEEDS)[number];

export interface Step extends Note {
  readonly need: StepNeed;
}

export interface Remediation {
  /** In the order of their needs, and of equal needs the best first. */
  readonly steps: readonly Step[];
  /** What the change can break, for this caller. */
  readonly mayBreak: readonly string[];
  /** How to see that it worked. */
  readonly verify: readonly Note[];
}

export interface Analysis {
  readonly diagnosis: Diagnosis;
  readonly remediation: Remediation;
  readonly workload: Workload | null;
  readonly location: Location;
  readonly risk: Risk;
}
