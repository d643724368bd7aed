import { afterEach, beforeEach, expect, it } from 'vitest';
import { audit } from '../../../src/audit.js';
import { cloudTrailClient } from '../../../src/aws/clients.js';
import { lake } from '../../../src/sources/lake/index.js';
import { STORE } from '../../support/aws/backends.js';
import { stubAws, testContext } from '../../support/aws/context.js';
import { fakeCloudTrail, type FakeCloudTrail } from '../../support/aws/fake-cloudtrail.js';
import { json, jsonError } from '../../support/aws/loopback.js';
import { FROM, stsEvents, TO } from '../../support/events.js';

let server: FakeCloudTrail;
beforeEach(async () => {
  stubAws();
  server = await fakeCloudTrail({ records: stsEvents() });
});
afterEach(async () => server.close());

it('fewer rows than the service states are a gap, also where none came', async () => {
  server.fault(({ operation }) => operation === 'GetQueryResults' ? json({ QueryResultRows: [], QueryStatistics: { ResultsCount: 0, TotalResultsCount: 40 } }) : null); // prettier-ignore
  const client = () => cloudTrailClient({ endpointUrl: server.url });
  const source = lake({ eventDataStore: STORE, client });
  const window = { from: FROM, to: TO };
  const { coverage } = await audit({ sources: [source], window, context: testContext() });
  expect(coverage.gaps).toContainEqual(expect.objectContaining({ code: 'rows-missing', subject: STORE, message: 'Rows are missing: the service states 40 rows, and 0 came.' })); // prettier-ignore
});

it('a result without a single row is not taken for an empty one', async () => {
  server.fault(({ operation }) => operation === 'GetQueryResults' ? json({ QueryResultRows: [] }) : null); // prettier-ignore
  const client = () => cloudTrailClient({ endpointUrl: server.url });
  const source = lake({ eventDataStore: STORE, client });
  const window = { from: FROM, to: TO };
  const { coverage } = await audit({ sources: [source], window, context: testContext() });
  expect(coverage.gaps).toContainEqual(expect.objectContaining({ code: 'rows-missing', subject: STORE })); // prettier-ignore
});

it("a store of the organization's management account is asked as its own", async () => {
  server.fault(({ operation, body }) => operation === 'StartQuery' && !body.includes('OwnerAccountId') ? jsonError('EventDataStoreNotFoundException', 'The specified event data store was not found.') : null); // prettier-ignore
  const client = () => cloudTrailClient({ endpointUrl: server.url });
  const eventDataStore = `arn:aws:cloudtrail:us-east-1:999999999999:eventdatastore/${STORE}`;
  const window = { from: FROM, to: TO };
  const { coverage, totals } = await audit({ sources: [lake({ eventDataStore, client })], window, context: testContext() }); // prettier-ignore
  expect(coverage.complete).toBe(true);
  expect(totals.calls).toBeGreaterThan(0);
  for (const { body } of server.received.slice(1)) expect(JSON.parse(body)).toMatchObject({ EventDataStoreOwnerAccountId: '999999999999' }); // prettier-ignore
  await expect(audit({ sources: [lake({ eventDataStore: STORE, client })], window, context: testContext() })).rejects.toThrow('was not found'); // prettier-ignore
});
