/**
 * Credentials, without ever calling the legacy global STS endpoint ourselves.
 *
 * The SDK for JavaScript calls Regional endpoints, except when the Region is `aws-global`, which
 * profiles and environments still name. So roles are assumed with a client of our own, in a Region
 * of our choice.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-sts-regionalized-endpoints.html
 */
import type {
  getDefaultRoleAssumer,
  getDefaultRoleAssumerWithWebIdentity,
} from '@aws-sdk/client-sts';
import type { defaultProvider } from '@aws-sdk/credential-provider-node';
import { codeOf } from './failure-code.js';
import { LegacyHostGuard, refuseLegacyMetadata } from './legacy-host.js';
import { UserError } from '../errors.js';
import { type AwsSetting, isRegion } from './setting.js';

export type Credentials = ReturnType<typeof defaultProvider>;

/** STS is enabled here in every account. */
const DEFAULT_STS_REGION = 'us-east-1';
const SESSION_NAME = 'legacy-endpoint-audit';

/** A provider for SDK clients, which ask it again when credentials expire. */
export function credentialsOf(setting: AwsSetting): Credentials {
  const guard = new LegacyHostGuard();
  let provider: Promise<Credentials> | null = null;
  return async (properties) => {
    provider ??= chainOf(setting, guard);
    return provider
      .then(async (credentials) => credentials(properties))
      .catch((error: unknown) => {
        throw guard.refusal ?? explained(error, setting.profile);
      });
  };
}

const NO_CREDENTIALS = 'CredentialsProviderError';

/**
 * The SDK does not say which profile has none, and throws whatever reading a file or an answer has
 * thrown.
 */
function explained(error: unknown, profile: string | undefined): unknown {
  if (!(error instanceof Error) || error instanceof UserError) return error;
  if (error.name !== NO_CREDENTIALS && codeOf(error) !== null) return error;
  const whose = profile === undefined ? '' : `profile ${profile}: `;
  const named = new Error(`${whose}${error.message}`, { cause: error });
  return Object.assign(named, { name: NO_CREDENTIALS });
}

/** The SDK warns on the console, in many lines, of settings that are all right. */
const SILENT = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

async function chainOf(setting: AwsSetting, guard: LegacyHostGuard): Promise<Credentials> {
  await refuseLegacyMetadata();
  const { defaultProvider: chain } = await import('@aws-sdk/credential-provider-node');
  const { role, webIdentity } = await regionalAssumers(setting, guard);
  const base = chain({
    logger: SILENT,
    ...(setting.profile === undefined ? {} : { profile: setting.profile }),
    // Of the clients for single sign-on, which the SDK makes.
    clientConfig: { extensions: [guard] },
    roleAssumer: role,
    roleAssumerWithWebIdentity: webIdentity,
  });
  const { roleArn, externalId } = setting;
  if (roleArn === undefined) return base;
  const params = {
    RoleArn: roleArn,
    RoleSessionName: SESSION_NAME,
    ...(externalId === undefined ? {} : { ExternalId: externalId }),
  };
  return async (properties) => role(await base(properties), params);
}

async function regionalAssumers(
  setting: AwsSetting,
  guard: LegacyHostGuard,
): Promise<{
  role: ReturnType<typeof getDefaultRoleAssumer>;
  webIdentity: ReturnType<typeof getDefaultRoleAssumerWithWebIdentity>;
}> {
  const sts = await import('@aws-sdk/client-sts');
  const options = { region: await stsRegion(setting), extensions: [guard] };
  return {
    role: sts.getDefaultRoleAssumer(options),
    webIdentity: sts.getDefaultRoleAssumerWithWebIdentity(options),
  };
}

/** The Region given or configured, if it is one. */
async function stsRegion({ region, profile }: AwsSetting): Promise<string> {
  const { STSClient } = await import('@aws-sdk/client-sts');
  const { config } = new STSClient(profile === undefined ? {} : { profile });
  const name = region ?? (await config.region().catch(() => ''));
  return isRegion(name) ? name : DEFAULT_STS_REGION;
}
