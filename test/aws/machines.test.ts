/**
 * Credentials of a container and of an instance, which the SDK fetches over HTTP.
 */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { audit } from '../../src/audit.js';
import { cloudTrailClient } from '../../src/aws/clients.js';
import { lookup } from '../../src/sources/lookup/index.js';
import { stubAws, testContext } from '../support/aws/context.js';
import { json, Loopback } from '../support/aws/loopback.js';
import { FROM, TO } from '../support/events.js';

let server: Loopback;
beforeEach(async () => {
  stubAws();
  for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) vi.stubEnv(name, undefined);
  server = await Loopback.start(({ path }) => {
    if (path === '/latest/api/token') return { body: 'token' };
    if (path === '/latest/meta-data/iam/security-credentials/') return { body: 'audit' };
    const isKeys = path === '/keys' || path.endsWith('/security-credentials/audit');
    return isKeys ? json(KEYS) : json({ Events: [] });
  });
});
afterEach(async () => server.close());

const KEYS = {
  Code: 'Success',
  AccessKeyId: 'ASIAMACHINE',
  SecretAccessKey: 'secret',
  Token: 'session',
  Expiration: '2036-01-01T00:00:00Z',
};

const MACHINES: Readonly<Record<string, () => void>> = {
  'a container': () => vi.stubEnv('AWS_CONTAINER_CREDENTIALS_FULL_URI', `${server.url}/keys`),
  'an instance': () => {
    vi.stubEnv('AWS_EC2_METADATA_DISABLED', undefined);
    vi.stubEnv('AWS_EC2_METADATA_SERVICE_ENDPOINT', server.url);
  },
};

describe('credentials come from where the machine keeps them', () => {
  for (const [name, prepare] of Object.entries(MACHINES)) {
    it(`told by ${name}`, async () => {
      prepare();
      const client = () => cloudTrailClient({ region: 'us-east-1', endpointUrl: server.url });
      const window = { from: FROM, to: TO };
      await audit({ sources: [lookup({ client })], window, context: testContext() });
      const asked = server.received.filter(({ operation }) => operation === 'LookupEvents');
      expect(asked.length).toBeGreaterThan(0);
      for (const { headers } of asked) {
        expect(headers.authorization).toContain('Credential=ASIAMACHINE/');
        expect(headers['x-amz-security-token']).toBe('session');
      }
    });
  }
});
