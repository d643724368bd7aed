/**
 * Where requests really go: every TLS connection of the process is led to a server of the test's,
 * and its name is kept. Whatever the way of credentials and the settings, the tool never calls the
 * endpoint that it reports others for.
 */
import { createHash, generateKeyPairSync } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { audit } from '../../src/audit.js';
import { athenaClient, cloudTrailClient, logsClient, s3Client } from '../../src/aws/clients.js';
import type { AwsSetting } from '../../src/aws/setting.js';
import { accountsOf, inUsEast1 } from '../../src/aws-options.js';
import type { Flags } from '../../src/args.js';
import { UserError } from '../../src/errors.js';
import { athena } from '../../src/sources/athena/index.js';
import { insights } from '../../src/sources/insights/index.js';
import { lookup } from '../../src/sources/lookup/index.js';
import { s3 } from '../../src/sources/s3/index.js';
import { stubAws, testContext } from '../support/aws/context.js';
import { type Answer, json, Loopback, type Received } from '../support/aws/loopback.js';
import { assumed, trapPlain, trapTls } from '../support/aws/trap.js';
import { scratch } from '../support/cli.js';
import { stsEvents } from '../support/events.js';

const hosts: string[] = [];
let server: Loopback;

beforeEach(async () => {
  stubAws();
  hosts.length = 0;
  server = await Loopback.start(answer);
  trapTls(server, hosts);
  trapPlain(server, hosts);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await server.close();
});

const KEYS = { accessKeyId: 'ASIAEXAMPLE', secretAccessKey: 'secret', sessionToken: 'token' };
const LATER = '2036-01-01T00:00:00Z';

function answer({ headers, body }: Received): Answer {
  const host = String(headers.host);
  if (host.startsWith('sts')) return assumed(body, 'ASIAEXAMPLE', LATER);
  if (host.startsWith('portal.sso')) {
    return json({ roleCredentials: { ...KEYS, expiration: Date.parse(LATER) } });
  }
  return json({
    Events: stsEvents()
      .slice(0, 1)
      .map((event) => ({ CloudTrailEvent: JSON.stringify(event) })),
  });
}

const ROLE = 'arn:aws:iam::222222222222:role/audit';
const KEYS_OF_USER = 'aws_access_key_id = AKIDEXAMPLE\naws_secret_access_key = secret';

/** Writes configuration files, which are new in each test because the SDK remembers them. */
function configure(config: string): string {
  const folder = scratch();
  writeFileSync(join(folder, 'config'), config);
  writeFileSync(join(folder, 'token'), 'a.b.c');
  vi.stubEnv('AWS_CONFIG_FILE', join(folder, 'config'));
  vi.stubEnv('HOME', folder);
  for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_REGION']) vi.stubEnv(name, undefined); // prettier-ignore
  return folder;
}

const START = 'https://sso.example/start';

function signedIn(folder: string, name = START, more = {}): void {
  const cache = join(folder, '.aws', 'sso', 'cache');
  mkdirSync(cache, { recursive: true });
  writeFileSync(
    join(cache, `${createHash('sha1').update(name).digest('hex')}.json`),
    JSON.stringify({ accessToken: 't', expiresAt: LATER, ...more }),
  );
}

const SSO =
  'sso_start_url = https://sso.example/start\nsso_region = eu-west-1\nsso_account_id = 111111111111\nsso_role_name = Reader';

/** Ways to credentials: each sets up and returns flags. */
const WAYS: Readonly<Record<string, (region: string) => Flags>> = {
  'keys, then --role-arn with an external id': (region) => {
    vi.stubEnv('AWS_REGION', region);
    return { 'role-arn': [ROLE], 'external-id': 'example' };
  },
  'a profile with a role of another profile': (region) => {
    configure(`[profile base]\n${KEYS_OF_USER}\n[profile audit]\nrole_arn = ${ROLE}\nsource_profile = base\nregion = ${region}\nsts_regional_endpoints = legacy`);
    return { profile: 'audit' };
  },
  'a chain of two roles, then --role-arn': (region) => {
    configure(`[profile base]\n${KEYS_OF_USER}\n[profile hub]\nrole_arn = ${ROLE}\nsource_profile = base\n[profile audit]\nrole_arn = ${ROLE}2\nsource_profile = hub\nregion = ${region}`);
    return { profile: 'audit', 'role-arn': [ROLE] };
  },
  'a web identity of the environment': (region) => {
    const folder = configure(`[default]\nregion = ${region}`);
    vi.stubEnv('AWS_ROLE_ARN', ROLE);
    vi.stubEnv('AWS_WEB_IDENTITY_TOKEN_FILE', join(folder, 'token'));
    return {};
  },
  'a web identity of a profile': (region) => {
    const folder = configure('');
    configure(`[profile audit]\nrole_arn = ${ROLE}\nweb_identity_token_file = ${join(folder, 'token')}\nregion = ${region}`);
    return { profile: 'audit' };
  },
  'single sign-on, then --role-arn': (region) => {
    signedIn(configure(`[profile audit]\n${SSO}\nregion = ${region}`));
    return { profile: 'audit', 'role-arn': [ROLE] };
  },
}; // prettier-ignore

const LEGACY = { AWS_STS_REGIONAL_ENDPOINTS: 'legacy' };

async function run(flags: Flags): Promise<void> {
  const sources = accountsOf(flags).map((chosen) =>
    lookup({ client: () => cloudTrailClient(inUsEast1(chosen)) }),
  );
  const now = Date.UTC(2026, 6, 10);
  const window = { from: now / 1000 - 3600, to: now / 1000 };
  await audit({ sources, window, context: testContext(now) });
}

describe('the global STS endpoint is never called', () => {
  for (const [way, configured] of Object.entries(WAYS)) {
    for (const region of ['eu-central-1', 'us-east-1', 'aws-global']) {
      it(`${way}; ${region}; legacy mode`, async () => {
        const flags = configured(region);
        for (const [name, value] of Object.entries(LEGACY)) vi.stubEnv(name, value);
        await run(flags);
        expect(hosts).toContain('cloudtrail.us-east-1.amazonaws.com');
        const toSts = hosts.filter((host) => host.startsWith('sts'));
        expect(toSts.length).toBeGreaterThan(0);
        for (const host of toSts) expect(host).toMatch(/^sts\.[a-z]{2}-[a-z]+-\d\.amazonaws\.com$/);
      });
    }
  }

  it('not even when the settings name it as the endpoint of STS', async () => {
    for (const url of [
      'https://sts.amazonaws.com',
      'https://STS.amazonaws.com:443/',
      'https://sts.amazonaws.com.',
    ]) {
      vi.stubEnv('AWS_ENDPOINT_URL_STS', url);
      const refused = run({ 'role-arn': [ROLE] });
      await expect(refused).rejects.toThrow(/refused to call the legacy global STS endpoint/);
    }
    expect(hosts).toEqual([]);
  });

  const LED: Readonly<Record<string, (url: string) => AwsSetting>> = {
    '--endpoint-url': (endpointUrl) => ({ region: 'us-east-1', endpointUrl }),
    AWS_ENDPOINT_URL: (url) => {
      vi.stubEnv('AWS_ENDPOINT_URL', url);
      return { region: 'us-east-1' };
    },
    'the variables of the services': (url) => {
      for (const service of ['CLOUDTRAIL', 'CLOUDWATCH_LOGS', 'ATHENA']) vi.stubEnv(`AWS_ENDPOINT_URL_${service}`, url); // prettier-ignore
      return { region: 'us-east-1' };
    },
  };
  for (const [name, settingOf] of Object.entries(LED)) {
    it(`not even when ${name} names it as the endpoint of another service`, async () => {
      for (const url of ['https://sts.amazonaws.com', 'https://STS.amazonaws.com.:443']) {
        const setting = settingOf(url);
        const window = { from: Date.UTC(2026, 6, 1) / 1000, to: Date.UTC(2026, 6, 2) / 1000 };
        const sources = [
          lookup({ client: () => cloudTrailClient(setting) }),
          insights({ logGroups: ['trail'], client: () => logsClient(setting) }),
          athena({ table: 'audit.cloudtrail', client: () => athenaClient(setting) }),
          // With an endpoint of the environment, a bucket is a name of its own below it.
          ...(setting.endpointUrl === undefined
            ? []
            : [s3(['s3://bucket'], { client: () => s3Client(setting) })]),
        ];
        for (const source of sources) {
          const refused = audit({ sources: [source], window, context: testContext() });
          await expect(refused).rejects.toThrow(/refused to call the legacy global STS endpoint/);
        }
      }
      expect(hosts).toEqual([]);
    });
  }

  const withoutKeys = (): void => {
    for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) vi.stubEnv(name, undefined);
  };
  const GLOBAL = 'https://sts.amazonaws.com';
  /** Settings that lead what asks for credentials to the endpoint. */
  const INNER: Readonly<Record<string, () => Flags>> = {
    'roles, by a services section of the profile': () => {
      configure(`[profile base]\n${KEYS_OF_USER}\n[profile audit]\nrole_arn = ${ROLE}\nsource_profile = base\nservices = own\n[services own]\nsts =\n  endpoint_url = ${GLOBAL}`);
      vi.stubEnv('AWS_PROFILE', 'audit');
      return {};
    },
    'web identities': () => {
      const folder = configure('');
      vi.stubEnv('AWS_ROLE_ARN', ROLE);
      vi.stubEnv('AWS_WEB_IDENTITY_TOKEN_FILE', join(folder, 'token'));
      vi.stubEnv('AWS_ENDPOINT_URL_STS', GLOBAL);
      return {};
    },
    'single sign-on': () => {
      signedIn(configure(`[profile audit]\n${SSO}`));
      vi.stubEnv('AWS_ENDPOINT_URL_SSO', GLOBAL);
      return { profile: 'audit' };
    },
    'single sign-on of a role of the profile': () => {
      signedIn(configure(`[profile base]\n${SSO}\n[profile audit]\nrole_arn = ${ROLE}\nsource_profile = base`));
      vi.stubEnv('AWS_ENDPOINT_URL', GLOBAL);
      return { profile: 'audit' };
    },
    'the renewal of single sign-on': () => {
      const session = 'sso_session = own\nsso_account_id = 111111111111\nsso_role_name = Reader';
      const folder = configure(`[profile audit]\n${session}\n[sso-session own]\nsso_start_url = ${START}\nsso_region = eu-west-1`);
      signedIn(folder, 'own', { expiresAt: '2026-01-01T00:00:00Z', clientId: 'c', clientSecret: 's', refreshToken: 'r' });
      vi.stubEnv('AWS_ENDPOINT_URL_SSO_OIDC', GLOBAL);
      return { profile: 'audit' };
    },
    'the renewal of a sign-in at the console': () => {
      const folder = configure('[profile audit]\nlogin_session = own\nregion = eu-west-1');
      const keys = { ...KEYS, accountId: '111111111111', expiresAt: '2026-01-01T00:00:00Z' };
      const dpopKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'sec1', format: 'pem' });
      vi.stubEnv('AWS_LOGIN_CACHE_DIRECTORY', folder);
      writeFileSync(join(folder, `${createHash('sha256').update('own').digest('hex')}.json`), JSON.stringify({ accessToken: keys, clientId: 'c', refreshToken: 'r', dpopKey }));
      vi.stubEnv('AWS_ENDPOINT_URL_SIGNIN', GLOBAL);
      return { profile: 'audit' };
    },
    containers: () => {
      withoutKeys();
      vi.stubEnv('AWS_CONTAINER_CREDENTIALS_FULL_URI', `${GLOBAL}/keys`);
      return {};
    },
    instances: () => {
      withoutKeys();
      vi.stubEnv('AWS_EC2_METADATA_DISABLED', undefined);
      vi.stubEnv('AWS_EC2_METADATA_SERVICE_ENDPOINT', 'http://sts.amazonaws.com');
      return {};
    },
    'instances, by the profile': () => {
      configure('[default]\nec2_metadata_service_endpoint = http://sts.amazonaws.com');
      vi.stubEnv('AWS_EC2_METADATA_DISABLED', undefined);
      return {};
    },
  }; // prettier-ignore
  for (const [name, prepare] of Object.entries(INNER)) {
    it(`not even when a setting names it for the credentials of ${name}`, async () => {
      const refused = run(prepare());
      await expect(refused).rejects.toThrow(/refused to call the legacy global STS endpoint/);
      expect(hosts).toEqual([]);
    });
  }

  it('nor a bucket that is taken for a name below it, or that makes it up', async () => {
    for (const [bucket, url] of [
      ['bucket', GLOBAL],
      ['sts', 'https://amazonaws.com'],
    ] as const) {
      vi.stubEnv('AWS_ENDPOINT_URL_S3', url);
      const source = s3([`s3://${bucket}`], { client: () => s3Client({ region: 'us-east-1' }) });
      const refused = audit({ sources: [source], context: testContext() });
      await expect(refused).rejects.toThrow(/refused to call the legacy global STS endpoint/);
    }
    expect(hosts).toEqual([]);
  });

  it('a Region that names no place is refused where the Region is asked for', async () => {
    vi.stubEnv('AWS_REGION', 'aws-global');
    const [account] = accountsOf({});
    await expect(s3Client(account?.setting ?? {})).rejects.toThrow(UserError);
    expect(hosts).toEqual([]);
  });

  it('the external id and a name that tells the tool apart are sent', async () => {
    await run({ 'role-arn': [ROLE], 'external-id': 'example' });
    const [first] = server.received;
    expect(first?.body).toContain('ExternalId=example');
    expect(first?.body).toContain('RoleSessionName=legacy-endpoint-audit');
  });
});
