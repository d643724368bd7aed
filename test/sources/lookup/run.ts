/**
 * Runs of the lookup source over servers of the test's.
 */
import { join } from 'node:path';
import { audit } from '../../../src/audit.js';
import { cloudTrailClient } from '../../../src/aws/clients.js';
import type { Report } from '../../../src/report/schema.js';
import { lookup } from '../../../src/sources/lookup/index.js';
import { fileJournal } from '../../../src/sources/lookup/journal.js';
import { type TestContext, testContext } from '../../support/aws/context.js';
import { fakeCloudTrail, type FakeCloudTrail } from '../../support/aws/fake-cloudtrail.js';
import type { Fault } from '../../support/aws/loopback.js';
import { scratch } from '../../support/cli.js';
import { FROM, type RawRecord, stsEvents, TO } from '../../support/events.js';

export const servers: FakeCloudTrail[] = [];

export async function closeServers(): Promise<void> {
  await Promise.all(servers.splice(0).map((server) => server.close()));
}

export const WINDOW = { from: FROM, to: TO };
export interface Given {
  readonly records?: readonly RawRecord[];
  readonly file?: string;
  readonly account?: string;
  readonly fault?: Fault;
  readonly context?: TestContext;
  readonly window?: { readonly from: number | null; readonly to: number | null };
}
export interface Outcome {
  readonly report: Report;
  readonly server: FakeCloudTrail;
  readonly context: TestContext;
}

/** A run over an event history of its own; `given.file` is its resume file. */
export async function run(given: Given = {}): Promise<Outcome> {
  const { records = stsEvents(), file, account, window = WINDOW, context = testContext() } = given;
  const server = await fakeCloudTrail({ records, ...(account !== undefined && { account }) });
  servers.push(server);
  server.fault(given.fault ?? (() => null));
  const client = () => cloudTrailClient({ endpointUrl: server.url });
  const journal = file === undefined ? undefined : fileJournal(file);
  const report = await audit({ sources: [lookup({ client, journal })], window, context });
  return { report, server, context };
}

/** Questions for events of STS: with a resume file, the first question is whose history it is. */
export const asked = ({ received }: FakeCloudTrail): number => received.filter(({ body }) => body.includes('LookupAttributes')).length; // prettier-ignore
export const resumeFile = (): string => join(scratch(), 'lookup.jsonl');
