import type { Confidence, Workload, WorkloadKind } from '../clients/advice.js';

/** The parts of a web identity's id, `<provider> <subject> -> <role>`. */
interface WebIdentity {
  /** The issuer without `https://` or the ARN around it, such as `gitlab.com`. */
  readonly issuer: string;
  readonly subject: string;
  readonly role: string;
}

const ARROW = ' -> ';
const PROVIDER = ':oidc-provider/';

/**
 * Of GitHub Actions: an enterprise may have its name behind the issuer, and has a host of its own on
 * GHE.com. https://docs.github.com/en/enterprise-cloud@latest/actions/reference/security/oidc
 */
const GITHUB = /^token\.actions\.(?:githubusercontent\.com|[a-z0-9-]+\.ghe\.com)(?:\/[\w.-]+)?$/;

export function isGitHub(issuer: string): boolean {
  return GITHUB.test(issuer);
}

/** The issuer in the ARN of an OIDC provider; null for other texts. */
export function issuerOf(arn: string): string | null {
  const at = arn.indexOf(PROVIDER);
  return at < 0 ? null : arn.slice(at + PROVIDER.length);
}

/** Null when the id has another shape. */
export function parseWebIdentity(id: string): WebIdentity | null {
  const space = id.indexOf(' ');
  const arrow = id.lastIndexOf(ARROW);
  if (space < 0 || arrow < space) return null;
  const provider = id.slice(0, space);
  const issuer = issuerOf(provider) ?? provider.replace('https://', '');
  return { issuer, subject: id.slice(space + 1, arrow), role: id.slice(arrow + ARROW.length) };
}

function workload(
  kind: WorkloadKind,
  name: string | null,
  text: string,
  confidence: Confidence,
): Workload {
  return { kind, name, text, confidence };
}

/** The second form is that of IPv6: https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html */
const EKS_ISSUER =
  /^(?:oidc\.eks\.([a-z0-9-]+)\.amazonaws\.com|oidc-eks\.([a-z0-9-]+)\.api\.aws)\/id\/([A-Za-z0-9]+)$/;

interface Cluster {
  readonly region: string;
  readonly id: string;
}

function clusterOf(issuer: string): Cluster | null {
  const [whole, region, dualStack, id = ''] = EKS_ISSUER.exec(issuer) ?? [];
  return whole === undefined ? null : { region: region ?? dualStack ?? '', id };
}

/** The Region of the EKS cluster that is the issuer; null for other issuers. */
export function eksRegion(issuer: string): string | null {
  return clusterOf(issuer)?.region ?? null;
}

const SERVICE_ACCOUNT = 'system:serviceaccount:';

function serviceAccount({ issuer, subject }: WebIdentity): Workload | null {
  if (!subject.startsWith(SERVICE_ACCOUNT)) return null;
  const name = subject.slice(SERVICE_ACCOUNT.length).replace(':', '/');
  const cluster = clusterOf(issuer);
  if (!cluster)
    return workload('oidc', name, `Kubernetes service account ${name} of ${issuer}`, 'high');
  const place = `the EKS cluster with OIDC id ${cluster.id} in ${cluster.region}`;
  return workload('eks-service-account', name, `EKS service account ${name} in ${place}`, 'high');
}

/** `repo:ORG/REPO:*`, with whatever the subject said of branches folded away. */
function gitHub({ subject }: WebIdentity): Workload {
  const name = /^repo:([^:]+)/.exec(subject)?.[1] ?? null;
  return workload('github-actions', name, `GitHub Actions of ${name ?? subject}`, 'high');
}

/** https://docs.gitlab.com/ci/cloud_services/aws/ shows `project_path:GROUP/PROJECT:ref_type:...`. */
function gitLab({ subject }: WebIdentity): Workload | null {
  const name = /^project_path:([^:]+)/.exec(subject)?.[1];
  return name === undefined ? null : workload('gitlab-ci', name, `GitLab CI of ${name}`, 'medium');
}

/** HCP Terraform writes `organization:O:project:P:workspace:W:run_phase:...`. */
function hcpTerraform({ subject }: WebIdentity): Workload | null {
  const match = /^organization:([^:]+):project:[^:]+:workspace:([^:]+)/.exec(subject);
  if (!match) return null;
  return workload(
    'hcp-terraform',
    `${match[1]}/${match[2]}`,
    `HCP Terraform workspace ${match[2]} of ${match[1]}`,
    'medium',
  );
}

/** Words for a web identity by its issuer, which AWS has verified. */
export function webIdentityWorkload(identity: WebIdentity): Workload {
  const { issuer, subject } = identity;
  if (isGitHub(issuer)) return gitHub(identity);
  if (issuer === 'cognito-identity.amazonaws.com') {
    return workload('cognito', null, 'Users of an app that signs in with Amazon Cognito', 'high');
  }
  return (
    serviceAccount(identity) ??
    gitLab(identity) ??
    hcpTerraform(identity) ??
    workload('oidc', subject, `${subject} of ${issuer}`, 'medium')
  );
}

/** Words for the sessions of a role that came through an issuer; whose they are is not logged. */
export function issuerWorkload(issuer: string): Workload {
  const cluster = clusterOf(issuer);
  if (cluster) {
    const text = `A service account of the EKS cluster with OIDC id ${cluster.id} in ${cluster.region}`;
    return workload('eks-service-account', null, text, 'high');
  }
  return isGitHub(issuer)
    ? workload('github-actions', null, 'GitHub Actions', 'high')
    : workload('oidc', null, `Sessions that came through ${issuer}`, 'high');
}
