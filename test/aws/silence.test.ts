/**
 * A service that accepts a request and then says nothing.
 */
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { afterEach, describe, expect, it } from 'vitest';
import { call } from '../../src/aws/call.js';
import { testContext } from '../support/aws/context.js';

let server: Server;
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const SILENCES: Readonly<Record<string, (response: ServerResponse) => void>> = {
  'from the start': () => undefined,
  'in the middle of its answer': (response) => {
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' });
    response.write('{"Events":[');
  },
};

describe('a service that falls silent is asked again, and given up', () => {
  for (const [name, fallSilent] of Object.entries(SILENCES)) {
    it(`silent ${name}`, async () => {
      let asked = 0;
      server = createServer((_, response) => {
        asked += 1;
        fallSilent(response);
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const client = new CloudTrailClient({
        region: 'us-east-1',
        endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
        maxAttempts: 1,
        // As those of the program, but sooner.
        requestHandler: { requestTimeout: 200, socketTimeout: 50, throwOnRequestTimeout: true },
      });
      const attempt = { action: 'cloudtrail:LookupEvents', resource: 'the account' };
      const sent = call(testContext(), attempt, async (options) => client.send(new LookupEventsCommand({}), options)); // prettier-ignore
      await expect(sent).rejects.toMatchObject({ failure: { code: 'unreachable', transient: true } }); // prettier-ignore
      expect(asked).toBe(8);
    });
  }
});
