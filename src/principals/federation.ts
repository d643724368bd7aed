/**
 * Callers that come with a token of an identity provider instead of AWS credentials. They have no
 * ARN and no account: who has to change something is the provider's workload and the role it asks
 * for.
 */
import { type Fields, textOf } from '../cloudtrail/fields.js';

/** How `principalId` begins: with a name, or with an ARN that has colons of its own. */
const PROVIDER = /^(?:arn:(?:[^:]*:){4})?[^:]+/;

/** `<provider> <subject> -> <role>` for OpenID Connect, `<provider> -> <role>` for SAML. */
export function federatedId(
  user: Fields,
  targetRole: string | null,
): { id: string; sessionName: string | null } {
  const principalId = textOf(user['principalId']) ?? '';
  const stem = PROVIDER.exec(principalId)?.[0] ?? '';
  const subject = textOf(user['userName']) ?? principalId.slice(stem.length + 1);
  const provider = textOf(user['identityProvider']) ?? textOf(stem) ?? 'unknown provider';
  const folded = user['type'] === 'SAMLUser' ? '' : ` ${foldSubject(provider, subject)}`;
  return {
    id: `${provider}${folded} -> ${targetRole ?? 'unknown role'}`,
    sessionName: textOf(subject),
  };
}

/**
 * One workload must be one principal. A Cognito subject is a single end user; continuous
 * integration names a branch, commit, person, phase or step behind what the workload is called.
 */
function foldSubject(provider: string, subject: string): string {
  if (provider.includes('cognito-identity.amazonaws.com')) return '*';
  const workload = WORKLOAD.exec(subject)?.[0];
  return workload === undefined ? (textOf(subject) ?? 'unknown subject') : `${workload}*`;
}

/**
 * What the workload is called, in the subjects of
 * GitHub: https://docs.github.com/en/actions/reference/security/oidc
 * GitLab: https://docs.gitlab.com/ci/cloud_services/aws/
 * HCP Terraform: https://developer.hashicorp.com/terraform/cloud-docs/workspaces/dynamic-provider-credentials/workload-identity-tokens
 * Buildkite: https://buildkite.com/docs/agent/v3/cli-oidc
 * CircleCI: https://circleci.com/docs/openid-connect-tokens/
 * Bitbucket: https://support.atlassian.com/bitbucket-cloud/docs/integrate-pipelines-with-resource-servers-using-oidc/
 * The audit queries for Athena and Lake shorten them in the same way.
 */
const WORKLOAD = new RegExp(
  `^(?:${[
    '(?:repo|project_path):[^:]+:',
    'organization:[^:]+:(?:project:[^:]+:workspace|pipeline):[^:]+:',
    'org/[^/]+/project/[^/]+/',
    '\\{[0-9a-f-]{36}\\}:',
  ].join('|')})`,
);
