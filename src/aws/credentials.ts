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
  STSClientConfig,
} from '@aws-sdk/client-sts';
import type { defaultProvider } from '@aws-sdk/credential-provider-node';
import { refuseLegacyHost } from './legacy-host.js';
import { type AwsSetting, isRegion } from './setting.js';

export type Credentials = ReturnType<typeof defaultProvider>;
export type RequestHandler = NonNullable<STSClientConfig['requestHandler']>;

/** STS is enabled here in every account. */
const DEFAULT_STS_REGION = 'us-east-1';
const SESSION_NAME = 'legacy-endpoint-audit';

/**
 * A provider for SDK clients, which ask it again when credentials expire. `requestHandler` replaces
 * the connection to STS.
 */
export function credentialsOf(setting: AwsSetting, requestHandler?: RequestHandler): Credentials {
  let provider: Promise<Credentials> | null = null;
  return async (properties) => {
    provider ??= chainOf(setting, requestHandler);
    return (await provider)(properties).catch((error: unknown) => {
      throw withProfile(error, setting.profile);
    });
  };
}

/** The SDK does not say which profile has none. */
function withProfile(error: unknown, profile: string | undefined): unknown {
  if (profile === undefined || !(error instanceof Error)) return error;
  if (error.name !== 'CredentialsProviderError') return error;
  const named = new Error(`profile ${profile}: ${error.message}`, { cause: error });
  return Object.assign(named, { name: error.name });
}

/** The SDK warns on the console, in many lines, of settings that are all right. */
const SILENT = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

async function chainOf(
  setting: AwsSetting,
  requestHandler: RequestHandler | undefined,
): Promise<Credentials> {
  const { defaultProvider: chain } = await import('@aws-sdk/credential-provider-node');
  const { role, webIdentity } = await regionalAssumers(setting, requestHandler);
  const base = chain({
    logger: SILENT,
    ...(setting.profile === undefined ? {} : { profile: setting.profile }),
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
  requestHandler: RequestHandler | undefined,
): Promise<{
  role: ReturnType<typeof getDefaultRoleAssumer>;
  webIdentity: ReturnType<typeof getDefaultRoleAssumerWithWebIdentity>;
}> {
  const sts = await import('@aws-sdk/client-sts');
  const region = await stsRegion(setting);
  const options = { region, ...(requestHandler === undefined ? {} : { requestHandler }) };
  return {
    role: sts.getDefaultRoleAssumer(options, [refuseLegacyHost]),
    webIdentity: sts.getDefaultRoleAssumerWithWebIdentity(options, [refuseLegacyHost]),
  };
}

/** The Region given or configured, if it is one. */
async function stsRegion({ region, profile }: AwsSetting): Promise<string> {
  const { STSClient } = await import('@aws-sdk/client-sts');
  const { config } = new STSClient(profile === undefined ? {} : { profile });
  const name = region ?? (await config.region().catch(() => ''));
  return isRegion(name) ? name : DEFAULT_STS_REGION;
}
