import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { audit } from '../../../src/audit.js';
import { logsClient } from '../../../src/aws/clients.js';
import type { Report } from '../../../src/report/schema.js';
import { insights } from '../../../src/sources/insights/index.js';
import { stubAws, type TestContext, testContext } from '../../support/aws/context.js';
import { type FakeGroup, type FakeLogs, fakeLogs, type FakeLogsOptions } from '../../support/aws/fake-logs.js'; // prettier-ignore
import { DENIED, EXPIRED, type Fault, json, jsonError } from '../../support/aws/loopback.js';
import { at, FROM, type RawRecord, stsEvents, TO, uuid } from '../../support/events.js';
import { globalCall, regionalCall } from '../../support/records.js';

beforeEach(stubAws);
const servers: FakeLogs[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

interface Outcome {
  readonly report: Report;
  readonly server: FakeLogs;
  readonly context: TestContext;
}

async function run(
  options: FakeLogsOptions,
  logGroups: readonly string[] = Object.keys(options.groups),
  fault: Fault = () => null,
): Promise<Outcome> {
  const server = await fakeLogs(options);
  servers.push(server);
  server.fault(fault);
  const client = () => logsClient({ endpointUrl: server.url });
  const context = testContext();
  const window = { from: FROM, to: TO };
  const report = await audit({ sources: [insights({ logGroups, client })], window, context });
  return { report, server, context };
}

/** Calls to the global endpoint, one at each of the hours after the start of the window. */
function callsAt(hours: readonly number[]): RawRecord[] {
  return hours.map((hour) => globalCall({ eventID: uuid(`at ${hour}`), eventTime: at(hour) }) as RawRecord); // prettier-ignore
}

const trail = (records: readonly RawRecord[], more: Partial<FakeGroup> = {}) => ({
  trail: { records, ...more },
});
const codes = ({ coverage }: Report): string[] => coverage.gaps.map(({ code }) => code);

describe('time', () => {
  const EDGES = [0, 23.9998, 24, 47.9998, 48, 71.9998, 72, 95.9998];

  for (const lastSecond of ['whole', 'first moment'] as const) {
    for (const delay of [0, 0.001, 0.5, 0.999]) {
      it(`events ${delay} s into both ends of every piece count once, where a range takes its last second by its ${lastSecond}`, async () => {
        const options = { groups: trail(callsAt(EDGES)), delay, lastSecond };
        const { report, server } = await run(options);
        expect(report.totals.calls).toBe(EDGES.length);
        expect(report.coverage).toMatchObject({ complete: true, stsEvents: EDGES.length, deduplication: { duplicates: 0 } }); // prettier-ignore
        const matched = (kind: RegExp) => server.queries.filter(({ text }) => kind.test(text)).reduce((sum, query) => sum + query.matched, 0); // prettier-ignore
        expect([matched(/\| stats /), matched(/^fields @message/m)]).toEqual([8, 8]);
      });
    }
  }

  it('of which neighbouring queries share the second between them', async () => {
    const { server } = await run({ groups: trail(callsAt(EDGES)) });
    const ranges = server.queries.filter(({ text }) => text.includes('stats')).map(({ startTime, endTime }) => [startTime, endTime] as const).toSorted(([a], [b]) => a - b); // prettier-ignore
    expect(ranges.length).toBeGreaterThan(3);
    ranges.slice(1).forEach(([start], place) => expect(start).toBe(ranges[place]?.[1]));
  });

  it('a crowd of two seconds is split to the second and read whole', async () => {
    const crowd = Array.from({ length: 12_000 }, (_, place) => globalCall({ eventID: uuid(`crowd ${place}`), eventTime: at(30 + (place % 2) / 3600) }) as RawRecord); // prettier-ignore
    const { report } = await run({ groups: trail(crowd), delay: 0.5, lastSecond: 'whole', mostRows: 10_000 }); // prettier-ignore
    expect(report.totals.calls).toBe(12_000);
    expect(report.coverage).toMatchObject({ complete: true, deduplication: { duplicates: 0 } });
  });

  it('a call without a readable time is said to be lost, also where it is the only one', async () => {
    const lost = globalCall({ eventID: uuid('lost'), eventTime: 'yesterday' }) as RawRecord;
    const other = regionalCall({ eventID: uuid('other'), eventTime: '' }) as RawRecord;
    const { report } = await run({ groups: trail([lost, other, ...callsAt([60])]) });
    expect(report.totals.calls).toBe(1);
    expect(codes(report)).toEqual(['lost-calls']);
    expect(report.coverage.rejectedRecords).toEqual({ 'unreadable-event-time': 2 });
  });

  it('events that are logged after the end of the window are found', async () => {
    const { report } = await run({ groups: trail(callsAt([95.99])), delay: 3 * 3600 });
    expect(report.totals.calls).toBe(1);
    expect(report.sources[0]?.notes.join()).toContain('logged more than a day');
  });

  it('events from before the window, logged in it, are not', async () => {
    const { report } = await run({
      groups: trail([...callsAt([-1]), ...callsAt([1])]),
      delay: 7200,
    });
    expect(report.totals.calls).toBe(1);
  });

  it('a log group that is younger than the window is incomplete evidence', async () => {
    const creationTime = (FROM + 86_400) * 1000;
    const { report } = await run({ groups: trail(callsAt([30]), { creationTime }) });
    expect(report.totals.calls).toBe(1);
    expect(report.coverage.gaps).toMatchObject([{ code: 'before-log-group', message: expect.stringContaining('2026-07-02T00:00:00Z') }]); // prettier-ignore
  });

  it('so is one that does not keep events for as long', async () => {
    const { report } = await run({ groups: trail(callsAt([60]), { retentionInDays: 7 }) });
    expect(codes(report)).toEqual(['before-log-group']);
  });

  it('one that holds nothing of the window is a mistake', async () => {
    const creationTime = (TO + 1) * 1000;
    await expect(run({ groups: trail([], { creationTime }) })).rejects.toMatchObject({ message: 'the log group trail was created at 2026-07-05T00:00:01Z: it holds nothing of the window', hint: expect.stringContaining('later --to') }); // prettier-ignore
  });

  it('one of several that holds nothing of the window does not keep the others from being read', async () => {
    const young = { records: [], creationTime: (TO + 1) * 1000 };
    const { report, server } = await run({ groups: { ...trail(callsAt([1])), young } });
    expect(report.totals.calls).toBe(1);
    expect(report.coverage.gaps).toMatchObject([{ code: 'before-log-group', subject: 'young', message: 'the log group young was created at 2026-07-05T00:00:01Z: it holds nothing of the window.' }]); // prettier-ignore
    for (const { body } of server.received) expect(body).not.toContain('"trail","young"');
  });
});

describe('a time that a log group cannot hold, which the service refuses to be asked for', () => {
  const day = 86_400_000;
  const old = { records: callsAt([1, 40]) };
  const young = { records: callsAt([70]), creationTime: FROM * 1000 + 2.5 * day };

  it('is left out of every query', async () => {
    const { report, server } = await run({ groups: { old, young } });
    expect(report.totals.calls).toBe(3);
    expect(report.coverage.gaps).toMatchObject([{ code: 'before-log-group', subject: 'young' }]);
    expect(server.count('StartQuery')).toBe(server.queries.length);
  });

  it('is left out for want of retention, too', async () => {
    const groups = { old, kept: { records: callsAt([70]), retentionInDays: 7 } };
    const { report } = await run({ groups });
    expect(report.totals.calls).toBe(3);
    expect(report.coverage.gaps).toMatchObject([{ code: 'before-log-group', subject: 'kept' }]);
  });

  const blind: Fault = ({ operation }) => (operation === 'DescribeLogGroups' ? DENIED : null);

  it('is a gap, and others are asked alone, where the age of the groups is not known', async () => {
    const { report } = await run({ groups: { old, young } }, ['old', 'young'], blind);
    expect(report.totals.calls).toBe(3);
    expect(new Set(codes(report))).toEqual(new Set(['before-log-group']));
    for (const { subject } of report.coverage.gaps) expect(subject).toMatch(/^young, /);
  });

  it('is not taken for a limit that is refused', async () => {
    const { server } = await run({ groups: { young } }, ['young'], blind);
    const limits = server.received.flatMap(({ body }) => /"limit":(\d+)/.exec(body)?.[1] ?? []);
    expect(new Set(limits)).toEqual(new Set(['100000']));
  });
});

describe('more rows than a query returns', () => {
  const crowd = callsAt(Array.from({ length: 12_000 }, (_, place) => 30 + place / 4000));

  it('are asked for in parts, each of which is read whole', async () => {
    const { report, server } = await run({ groups: trail(crowd), mostRows: 10_000 });
    expect(report.totals.calls).toBe(12_000);
    expect(report.coverage).toMatchObject({ complete: true, deduplication: { duplicates: 0 } });
    const read = server.queries.filter(({ text, matched }) => !text.includes('stats') && matched <= 10_000); // prettier-ignore
    expect(read.reduce((sum, { matched }) => sum + matched, 0)).toBe(12_000);
  });

  it('are not read before they are asked for in parts', async () => {
    const { server } = await run({ groups: trail(crowd), mostRows: 10_000 });
    const cut = server.queries.findIndex(({ matched, text }) => matched > 10_000 && !text.includes('stats')); // prettier-ignore
    const asked = server.received.filter(({ body }) => body.includes(`"query-${cut + 1}"`));
    expect(asked).toHaveLength(cut < 0 ? 0 : 1);
  });

  it('are missing also when only the last page says how many there are', async () => {
    const few = callsAt([30, 31, 32, 33]);
    const { report } = await run({ groups: trail(few), page: 2 }, ['trail'], async ({ operation, body }, _, serve) => {
      const answer = await serve();
      if (operation !== 'GetQueryResults') return null;
      const page = JSON.parse(String(answer.body)) as { results: unknown[]; statistics: object };
      const isLast = body.includes('"nextToken":"token-2"');
      return isLast ? json({ ...page, statistics: { ...page.statistics, recordsMatched: 9 } }) : answer;
    }); // prettier-ignore
    expect(report.totals.calls).toBe(4);
    expect(codes(report)).toEqual(['rows-missing']);
  });

  it('of one second are said to be missing', async () => {
    const second = callsAt([30]);
    const records = Array.from({ length: 10_001 }, (_, place) => ({ ...second[0], eventID: uuid(`${place}`) })); // prettier-ignore
    const { report } = await run({ groups: trail(records), mostRows: 10_000 });
    expect(report.coverage.complete).toBe(false);
    expect(codes(report)).toEqual(['rows-missing']);
    expect(report.totals.calls).toBeLessThanOrEqual(10_001);
  });

  it('where a limit above 10,000 is refused, less is asked for', async () => {
    const { report, server } = await run({ groups: trail(stsEvents()), mostRows: 10_000 });
    expect(report.coverage.complete).toBe(true);
    const limits = server.received.flatMap(({ body }) => /"limit":(\d+)/.exec(body)?.[1] ?? []);
    expect(limits.at(-1)).toBe('10000');
    expect(limits.filter((limit) => limit === '100000').length).toBeLessThanOrEqual(5);
  });
});

describe('log groups', () => {
  it('more than 50 are asked in queries of 50', async () => {
    const names = Array.from({ length: 120 }, (_, place) => `trail-${place}`);
    const groups = Object.fromEntries(names.map((name, place) => [name, { records: callsAt([place / 2]) }])); // prettier-ignore
    const { report, server } = await run({ groups });
    expect(report.totals.calls).toBe(120);
    expect(report.coverage.complete).toBe(true);
    const sizes = server.received.flatMap(({ operation, body }) => operation === 'StartQuery' ? [(JSON.parse(body) as { logGroupIdentifiers: string[] }).logGroupIdentifiers.length] : []); // prettier-ignore
    expect(Math.max(...sizes)).toBe(50);
  });

  it('of another account go by their ARN, without the final star', async () => {
    const arn = 'arn:aws:logs:us-east-1:222222222222:log-group:trail';
    const { report, server } = await run({ groups: trail(callsAt([1])) }, [`${arn}:*`]);
    expect(report.totals.calls).toBe(1);
    const [described] = server.received;
    expect(JSON.parse(described?.body ?? '')).toMatchObject({ accountIdentifiers: ['222222222222'], includeLinkedAccounts: true }); // prettier-ignore
    const started = server.received.find(({ operation }) => operation === 'StartQuery');
    expect(JSON.parse(started?.body ?? '')).toMatchObject({ logGroupIdentifiers: [arn] });
  });

  it('named by its ARN in an account that monitors no other is read without being looked up', async () => {
    const arn = 'arn:aws:logs:us-east-1:222222222222:log-group:trail:*';
    const fault: Fault = ({ operation }) => operation === 'DescribeLogGroups' ? jsonError('InvalidParameterException', 'not a monitoring account') : null; // prettier-ignore
    const { report } = await run({ groups: trail(callsAt([1])) }, [arn], fault);
    expect(report.totals.calls).toBe(1);
    expect(report.coverage.complete).toBe(true);
    expect(report.sources[0]?.notes.join()).toContain('could not be looked up');
  });

  it('named twice count once', async () => {
    const withoutId = { ...callsAt([1])[0], eventID: 'none' };
    const { report } = await run({ groups: trail([withoutId]) }, ['trail', 'trail']);
    expect(report.coverage).toMatchObject({ stsEvents: 1, complete: true });
  });

  it('of two Regions are not sent from one to the other', async () => {
    const arns = ['us-east-1', 'eu-west-1'].map((region) => `arn:aws:logs:${region}:222222222222:log-group:trail`); // prettier-ignore
    await expect(run({ groups: trail([]) }, arns)).rejects.toMatchObject({ hint: expect.stringContaining('of one Region at a time') }); // prettier-ignore
  });

  it('of another Region cannot be asked', async () => {
    const arn = 'arn:aws:logs:eu-west-1:222222222222:log-group:trail';
    await expect(run({ groups: trail([]) }, [arn])).rejects.toMatchObject({ hint: 'choose its Region with --region eu-west-1' }); // prettier-ignore
  });

  it('that do not exist are named', async () => {
    await expect(run({ groups: trail([]) }, ['trial'])).rejects.toThrow('no such log group in us-east-1: trial'); // prettier-ignore
  });

  it('of Infrequent Access are asked apart, by the text of their events', async () => {
    const groups = {
      standard: { records: callsAt([1]) },
      seldom: { records: callsAt([2]), logGroupClass: 'INFREQUENT_ACCESS' as const },
    };
    const { report, server } = await run({ groups });
    expect(report.totals.calls).toBe(2);
    for (const { body, operation } of server.received) {
      if (operation !== 'StartQuery') continue;
      const { queryString, logGroupIdentifiers } = JSON.parse(body) as { queryString: string; logGroupIdentifiers: string[] }; // prettier-ignore
      expect(logGroupIdentifiers).toHaveLength(1);
      expect(queryString.includes('filter eventSource = ')).toBe(logGroupIdentifiers[0] === 'standard'); // prettier-ignore
    }
  });

  it('are read also when they may not be looked up', async () => {
    const { report } = await run({ groups: trail(callsAt([1])) }, ['trail'], ({ operation }) =>
      operation === 'DescribeLogGroups' ? DENIED : null,
    );
    expect(report.totals.calls).toBe(1);
    expect(report.coverage.complete).toBe(true);
    expect(report.sources[0]?.notes.join()).toContain('logs:DescribeLogGroups');
  });
});

describe('queries', () => {
  for (const [trouble, code] of [
    [EXPIRED, 'credentials-expired'],
    [DENIED, 'access-denied'],
  ] as const) {
    // prettier-ignore
    it(`that were started are told of when results end with ${code}, and no more are started`, async () => {
      const { report, server } = await run({ groups: trail(callsAt([1])) }, ['trail'], ({ operation }) => operation === 'GetQueryResults' || operation === 'StopQuery' ? trouble : null); // prettier-ignore
      expect(codes(report).filter((found) => found === code)).toHaveLength(5);
      expect(report.sources[0]?.notes.join()).toContain('runs to its end and is charged for');
      expect(server.queries.length).toBeLessThanOrEqual(5);
    });
  }

  it('that end as failed are a gap', async () => {
    const { report } = await run({ groups: trail(callsAt([1])), ending: (number) => number === 2 ? 'Failed' : 'Complete' }); // prettier-ignore
    expect(codes(report)).toContain('query-failed');
  });

  it('that take too long are asked for less time', async () => {
    const { report } = await run({ groups: trail(callsAt([1, 2, 50])), ending: (number) => number === 1 ? 'Timeout' : 'Complete' }); // prettier-ignore
    expect(report.coverage.complete).toBe(true);
    expect(report.totals.calls).toBe(3);
  });

  it('that always take too long are given up', async () => {
    const { report, server } = await run({ groups: trail(callsAt([1])), ending: () => 'Timeout' });
    expect(codes(report)).toContain('query-failed');
    expect(server.queries.length).toBeLessThan(100);
  });

  it('run a few at a time, of those that an account may run', async () => {
    let [most, running] = [0, 0];
    await run({ groups: trail(stsEvents()), polls: 3 }, ['trail'], async ({ operation }, _, serve) => {
      const answer = await serve();
      if (operation === 'StartQuery') running += 1;
      if (String(answer.body).includes('"Complete"') && /"@ptr"|"records"|"results":\[\]/.test(String(answer.body)) && operation === 'GetQueryResults') running = Math.max(0, running - 1); // prettier-ignore
      most = Math.max(most, running);
      return answer;
    }); // prettier-ignore
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(5);
  });

  it('are asked about no more often than needed', async () => {
    const { server } = await run({ groups: trail(callsAt([1])) });
    // Five days are counted, in one of which there is a call to fetch: each result fits in an answer.
    expect(server.count('StartQuery')).toBe(6);
    expect(server.count('GetQueryResults')).toBe(6);
  });

  it('that run long are asked about every few seconds', async () => {
    const { context, server } = await run({ groups: trail(callsAt([1])), polls: 100 });
    expect(server.count('GetQueryResults')).toBe(606);
    expect(Math.max(...context.sleeps)).toBe(5000);
  });

  it('say what was scanned and about what it costs', async () => {
    const { report } = await run({ groups: trail(callsAt([1])) });
    expect(report.sources[0]?.figures).toMatchObject({ queries: 6, bytes_scanned: 12_000_000, records_scanned: 6000 }); // prettier-ignore
    expect(report.sources[0]?.notes.join()).toMatch(
      /0\.01 GB were scanned, which costs about \$0\.00/,
    );
  });

  it('never ask for events of other Regions than us-east-1', async () => {
    const { server } = await run({ groups: trail([...callsAt([1]), regionalCall() as RawRecord]) });
    for (const { text } of server.queries) expect(text).toContain('awsRegion in ["us-east-1", "global"]'); // prettier-ignore
  });
});
