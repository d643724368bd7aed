/**
 * A result as large as results get, from a server that makes its rows up as they are asked for.
 */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { audit } from '../../../src/audit.js';
import { logsClient } from '../../../src/aws/clients.js';
import { insights } from '../../../src/sources/insights/index.js';
import { stubAws, testContext } from '../../support/aws/context.js';
import { type Answer, json, Loopback, type Received } from '../../support/aws/loopback.js';
import { at, FROM } from '../../support/events.js';

const MOST = 100_000;
/** As many calls as a result has rows in the first hours, and one more a little later. */
const EARLY = 1;
const LATER = 7;

interface Query {
  readonly counts: boolean;
  readonly early: boolean;
  readonly matched: number;
}
const queries: Query[] = [];
let server: Loopback;

beforeEach(async () => {
  stubAws();
  queries.length = 0;
  server = await Loopback.start(answer);
});
afterEach(async () => server.close());

function answer({ operation, body }: Received): Answer {
  const input = JSON.parse(body) as { queryString: string; queryId: string; maxItems: number; nextToken?: string }; // prettier-ignore
  if (operation === 'DescribeLogGroups') return json({ logGroups: [{ logGroupName: 'trail', creationTime: 0 }] }); // prettier-ignore
  if (operation === 'StartQuery') {
    queries.push(queryOf(input.queryString));
    return json({ queryId: String(queries.length) });
  }
  const query = queries[Number(input.queryId) - 1] ?? { counts: true, early: false, matched: 0 };
  const rows = query.counts ? Math.min(1, query.matched) : Math.min(MOST, query.matched);
  const start = Number(input.nextToken ?? 0);
  const end = Math.min(rows, start + input.maxItems);
  return json({
    status: 'Complete',
    results: Array.from({ length: end - start }, (_, place) => query.counts ? count(query.matched) : call(start + place, query)), // prettier-ignore
    statistics: { recordsMatched: query.matched },
    ...(end < rows ? { nextToken: String(end) } : {}),
  });
}

function queryOf(text: string): Query {
  const [, from = 0, to = 0] = (/>= (\d+) and toMillis\(@timestamp\) < (\d+)/.exec(text) ?? []).map(Number); // prettier-ignore
  const has = (hour: number): boolean => from <= (FROM + hour * 3600) * 1000 && (FROM + hour * 3600) * 1000 < to; // prettier-ignore
  const matched = (has(EARLY) ? MOST : 0) + (has(LATER) ? 1 : 0);
  return { counts: text.includes('| stats '), early: has(EARLY), matched };
}

const row = (fields: Readonly<Record<string, string>>): unknown =>
  Object.entries(fields).map(([field, value]) => ({ field, value }));

function count(records: number): unknown {
  const times = { firstTime: at(EARLY), lastTime: at(LATER) };
  const all = String(records);
  return row({ account: '111111111111', host: 'sts.amazonaws.com', byService: '0', fromInside: '0', untimed: '0', records: all, identified: all, ids: all, ...times }); // prettier-ignore
}

function call(place: number, { early }: Query): unknown {
  const id = `${early ? '0' : '1'}0000000-0000-4000-8000-${String(place).padStart(12, '0')}`;
  const message = `{"eventSource":"sts.amazonaws.com","eventName":"GetCallerIdentity","awsRegion":"us-east-1","eventID":"${id}","eventTime":"${at(early ? EARLY : LATER)}","recipientAccountId":"111111111111","userIdentity":{"type":"Root","accountId":"111111111111"},"tlsDetails":{"clientProvidedHostHeader":"sts.amazonaws.com"}}`;
  return row({ '@message': message, '@ptr': id });
}

it('100,000 rows are read to the last, and 100,001 are asked for in parts', async () => {
  const client = () => logsClient({ endpointUrl: server.url });
  const source = insights({ logGroups: ['trail'], client });
  const window = { from: FROM, to: FROM + 86_400 };
  const report = await audit({ sources: [source], window, context: testContext() });
  expect(report.totals.calls).toBe(MOST + 1);
  expect(report.coverage).toMatchObject({ complete: true, deduplication: { duplicates: 0 } });
  const fetched = queries.filter(({ counts }) => !counts).map(({ matched }) => matched);
  expect(fetched.filter((matched) => matched > 0)).toEqual([MOST + 1, MOST, 1]);
  expect(report.sources[0]?.figures['rows']).toBe(MOST + 1 + queries.filter(({ counts, matched }) => counts && matched > 0).length); // prettier-ignore
});
