/**
 * Runs of the athena source over servers of the test's.
 */
import { audit } from '../../../src/audit.js';
import { athenaClient } from '../../../src/aws/clients.js';
import type { Report } from '../../../src/report/schema.js';
import { athena, type AthenaOptions } from '../../../src/sources/athena/index.js';
import { type TestContext, testContext } from '../../support/aws/context.js';
import { type FakeAthena, fakeAthena, type FakeAthenaOptions } from '../../support/aws/fake-athena.js'; // prettier-ignore
import type { Fault, Loopback } from '../../support/aws/loopback.js';
import { FROM, stsEvents, TO } from '../../support/events.js';

export const servers: Loopback[] = [];

export async function closeServers(): Promise<void> {
  await Promise.all(servers.splice(0).map((server) => server.close()));
}

export const records = stsEvents();

export interface Outcome {
  readonly report: Report;
  readonly server: FakeAthena;
  readonly context: TestContext;
}

export async function run(
  service: Partial<FakeAthenaOptions> = {},
  options: Partial<AthenaOptions> = {},
  fault: Fault = () => null,
  window: { readonly from: number; readonly to: number } = { from: FROM, to: TO },
): Promise<Outcome> {
  const server = await fakeAthena({ records, ...service });
  servers.push(server);
  server.fault(fault);
  const client = () => athenaClient({ endpointUrl: server.url });
  const context = testContext();
  const source = athena({ table: 'audit.cloudtrail', client, ...options });
  return { report: await audit({ sources: [source], window, context }), server, context };
}

export const calls = async (): Promise<number> => (await run()).report.totals.calls;
export const codes = ({ coverage }: Report): string[] => coverage.gaps.map(({ code }) => code);
