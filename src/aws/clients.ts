/**
 * The SDK's clients. Each package is loaded when its first client is made, so that reading local
 * files loads none.
 */
import type { AthenaClient } from '@aws-sdk/client-athena';
import type { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { S3Client } from '@aws-sdk/client-s3';
import { UserError } from '../errors.js';
import { type Credentials, credentialsOf } from './credentials.js';
import { LegacyHostGuard } from './legacy-host.js';
import { type AwsSetting, isRegion } from './setting.js';

export async function logsClient(setting: AwsSetting): Promise<CloudWatchLogsClient> {
  const { CloudWatchLogsClient: Client } = await import('@aws-sdk/client-cloudwatch-logs');
  return checked(new Client(configOf(setting)));
}

export async function athenaClient(setting: AwsSetting): Promise<AthenaClient> {
  const { AthenaClient: Client } = await import('@aws-sdk/client-athena');
  return checked(new Client(configOf(setting)));
}

export async function cloudTrailClient(setting: AwsSetting): Promise<CloudTrailClient> {
  const { CloudTrailClient: Client } = await import('@aws-sdk/client-cloudtrail');
  return checked(new Client(configOf(setting)));
}

/** Follows a bucket to its Region, so that none need be given. */
export async function s3Client(setting: AwsSetting): Promise<S3Client> {
  const { S3Client: Client } = await import('@aws-sdk/client-s3');
  const region = setting.region ?? (await configuredRegion(setting)) ?? 'us-east-1';
  return checked(
    new Client({
      ...configOf({ ...setting, region }),
      followRegionRedirects: true,
      // Emulators and interface endpoints have no name for each bucket.
      forcePathStyle: setting.endpointUrl !== undefined,
    }),
  );
}

/** Retries are ours: they wait by the run's clock and end when the run is interrupted. */
const ATTEMPTS = 1;
/** Milliseconds without which a connection, or an answer, counts as lost. */
const CONNECTION_TIMEOUT = 10_000;
const REQUEST_TIMEOUT = 300_000;
/** Milliseconds without a byte, also in the middle of an answer. */
const SILENCE_TIMEOUT = 60_000;

interface ClientConfig {
  readonly credentials: Credentials;
  /** No client calls the legacy endpoint, whatever settings of endpoints say. */
  readonly extensions: LegacyHostGuard[];
  readonly maxAttempts: number;
  readonly requestHandler: {
    readonly connectionTimeout: number;
    readonly requestTimeout: number;
    readonly socketTimeout: number;
    readonly throwOnRequestTimeout: boolean;
  };
  readonly profile?: string;
  readonly region?: string;
  readonly endpoint?: string;
}

function configOf(setting: AwsSetting): ClientConfig {
  const { profile, region, endpointUrl } = setting;
  return {
    credentials: credentialsOf(setting),
    extensions: [new LegacyHostGuard()],
    maxAttempts: ATTEMPTS,
    requestHandler: {
      connectionTimeout: CONNECTION_TIMEOUT,
      requestTimeout: REQUEST_TIMEOUT,
      socketTimeout: SILENCE_TIMEOUT,
      throwOnRequestTimeout: true,
    },
    ...(profile === undefined ? {} : { profile }),
    ...(region === undefined ? {} : { region }),
    ...(endpointUrl === undefined ? {} : { endpoint: endpointUrl }),
  };
}

interface Regional {
  readonly config: { region(): Promise<string> };
}

/** Throws a UserError when no Region is configured, or something that is none. */
async function checked<C extends Regional>(client: C): Promise<C> {
  const region = await client.config.region().catch(() => '');
  if (isRegion(region)) return client;
  throw new UserError(region === '' ? 'no Region is configured' : `not a Region: ${region}`, {
    hint: 'name the Region of the evidence with --region',
  });
}

async function configuredRegion({ profile }: AwsSetting): Promise<string | null> {
  const { S3Client: Client } = await import('@aws-sdk/client-s3');
  const { config } = new Client(profile === undefined ? {} : { profile });
  const region = await config.region().catch(() => '');
  return isRegion(region) ? region : null;
}
