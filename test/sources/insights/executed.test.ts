/**
 * The queries of Logs Insights, executed: what their patterns and conditions select.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { audit } from '../../../src/audit.js';
import { logsClient } from '../../../src/aws/clients.js';
import type { Report } from '../../../src/report/schema.js';
import { insights } from '../../../src/sources/insights/index.js';
import { stubAws, testContext } from '../../support/aws/context.js';
import { fakeLogs, type FakeLogsOptions } from '../../support/aws/fake-logs.js';
import type { Loopback } from '../../support/aws/loopback.js';
import { at, FROM, type RawRecord, stsEvents, TO, uuid } from '../../support/events.js';
import { executeInsights } from '../../support/insights-ql/execute.js';
import { globalCall } from '../../support/records.js';

const servers: Loopback[] = [];
beforeEach(stubAws);
afterEach(async () => {
  await Promise.all(servers.splice(0).map(async (server) => server.close()));
});

async function reportOf(
  records: readonly RawRecord[],
  options: Omit<FakeLogsOptions, 'groups'> = {},
): Promise<Report> {
  const server = await fakeLogs({ groups: { trail: { records } }, delay: 240, execute: executeInsights, ...options }); // prettier-ignore
  servers.push(server);
  const client = () => logsClient({ region: 'us-east-1', endpointUrl: server.url });
  const sources = [insights({ logGroups: ['trail'], client })];
  return audit({ sources, window: { from: FROM, to: TO }, context: testContext() });
}

const call = (name: string, eventTime: string): RawRecord => globalCall({ eventID: uuid(name), eventTime }) as RawRecord; // prettier-ignore

describe('the queries of Logs Insights, executed', () => {
  it('read records that somebody wrote with blanks and in lines', async () => {
    const execute: typeof executeInsights = async (text, events, discovers) => {
      const spaced = events.map((event) => ({ ...event, '@message': JSON.stringify(JSON.parse(event['@message']), null, 1) })); // prettier-ignore
      const loose = spaced.map((event) => ({ ...event, '@message': event['@message'].replaceAll('": ', '" : ') })); // prettier-ignore
      return executeInsights(text, loose, discovers);
    };
    const [told, wanted] = [await reportOf(stsEvents(), { execute }), await reportOf(stsEvents())];
    expect(told.findings).toEqual(wanted.findings);
    expect(told.coverage).toEqual(wanted.coverage);
    expect(wanted.coverage.complete).toBe(true);
  });

  it('find a call once that was logged in the moment between two queries', async () => {
    const calls = Array.from({ length: 96 }, (_, hour) => call(`call ${hour}`, at(hour)));
    const { totals, coverage } = await reportOf(calls, { delay: 0, lastSecond: 'whole' });
    expect(totals.calls).toBe(96);
    expect(coverage).toMatchObject({ gaps: [], stsEvents: 96, deduplication: { duplicates: 0 } });
  });

  it('count calls without a readable time apart', async () => {
    const { totals, coverage } = await reportOf([call('timed', at(5)), call('untimed', 'redacted')]); // prettier-ignore
    expect(totals.calls).toBe(1);
    expect(coverage.stsEvents).toBe(1);
    expect(coverage.rejectedRecords).toEqual({ 'unreadable-event-time': 1 });
    expect(coverage.gaps.map(({ code }) => code)).toEqual(['lost-calls']);
  });
});
