import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { audit } from '../../src/audit.js';
import { athenaClient, cloudTrailClient, logsClient } from '../../src/aws/clients.js';
import type { Source } from '../../src/contracts.js';
import { athena } from '../../src/sources/athena/index.js';
import { insights } from '../../src/sources/insights/index.js';
import { lake } from '../../src/sources/lake/index.js';
import { STORE } from '../support/aws/backends.js';
import { stubAws, testContext } from '../support/aws/context.js';
import { fakeAthena, type FakeAthenaOptions } from '../support/aws/fake-athena.js';
import { fakeCloudTrail } from '../support/aws/fake-cloudtrail.js';
import { fakeLogs } from '../support/aws/fake-logs.js';
import { fakeS3 } from '../support/aws/fake-s3.js';
import { BROKEN, DENIED, jsonError, type Loopback, THROTTLED } from '../support/aws/loopback.js';
import { start } from '../support/aws/spawned.js';
import { FROM, stsEvents, TO } from '../support/events.js';

beforeEach(stubAws);
const closing: Loopback[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((server) => server.close()));
});

interface Engine {
  readonly server: Loopback;
  readonly source: Source;
  readonly cancelling: string;
  readonly args: readonly string[];
  /** Queries that were started, neither ended by themselves nor stopped. */
  readonly left: () => readonly string[];
}

const POLLS = 3;

const ADDED = ['2026/07/01', '2026/07/02', '2026/07/03', '2026/07/04', '2026/07/05'];

async function overAthena(
  options: FakeAthenaOptions & { readonly polls: number },
): Promise<Engine> {
  const { polls } = options;
  const server = await fakeAthena(options);
  const client = () => athenaClient({ endpointUrl: server.url });
  return {
    server,
    source: athena({ table: 'audit.cloudtrail', client }),
    cancelling: 'StopQueryExecution',
    args: ['athena', '--table', 'audit.cloudtrail'],
    left: () =>
      server.queries.flatMap((query, at) =>
        query.polls > polls || server.stopped.includes(`query-${at + 1}`) ? [] : [`${at + 1}`],
      ),
  };
}

const ENGINES: Readonly<Record<string, (polls: number) => Promise<Engine>>> = {
  insights: async (polls) => {
    const server = await fakeLogs({ groups: { trail: { records: stsEvents() } }, polls });
    const client = () => logsClient({ endpointUrl: server.url });
    return {
      server,
      source: insights({ logGroups: ['trail'], client }),
      cancelling: 'StopQuery',
      args: ['insights', '--log-group', 'trail'],
      left: () =>
        server.queries.flatMap((query, at) =>
          query.polls > polls || server.stopped.includes(`query-${at + 1}`) ? [] : [`${at + 1}`],
        ),
    };
  },
  athena: async (polls) => overAthena({ records: stsEvents(), polls }),
  'athena, partitions added by hand': async (polls) =>
    overAthena({ records: stsEvents(), polls, properties: {}, added: { '111111111111': ADDED } }),
  lake: async (polls) => {
    const server = await fakeCloudTrail({ records: stsEvents(), polls });
    const client = () => cloudTrailClient({ endpointUrl: server.url });
    return {
      server,
      source: lake({ eventDataStore: STORE, client }),
      cancelling: 'CancelQuery',
      args: ['lake', '--event-data-store', STORE],
      left: () =>
        server.count('StartQuery') === 0 ||
        server.count('DescribeQuery') > polls ||
        server.cancelled.length > 0
          ? []
          : ['1'],
    };
  },
};

for (const [name, engine] of Object.entries(ENGINES)) {
  describe(`an interrupted run leaves no query behind: ${name}`, () => {
    it('whenever it is interrupted', async () => {
      const calm = await engine(POLLS);
      closing.push(calm.server);
      const window = { from: FROM, to: TO };
      await audit({ sources: [calm.source], window, context: testContext() });
      for (let at = 1; at <= calm.server.received.length; at += 1) {
        const { server, source, left } = await engine(POLLS);
        closing.push(server);
        const context = testContext();
        server.fault((_, number) => {
          if (number === at) context.interrupt();
          return null;
        });
        const report = await audit({ sources: [source], window, context });
        expect([at, left()]).toEqual([at, []]);
        expect(report.coverage.complete).toBe(false);
        expect(report.coverage.gaps.map(({ code }) => code)).toContain('interrupted');
      }
    });

    it('when calls fail for good', async () => {
      const { server, source, left } = await engine(POLLS);
      closing.push(server);
      server.fault(({ operation }, number) => (number > 5 && !/Stop|Cancel/.test(operation) ? DENIED : null)); // prettier-ignore
      await audit({ sources: [source], window: { from: FROM, to: TO }, context: testContext() }).catch(() => null); // prettier-ignore
      expect(left()).toEqual([]);
    });

    it('when stopping it takes more than one attempt', async () => {
      const { server, source, left, cancelling } = await engine(1000);
      closing.push(server);
      const context = testContext();
      server.fault(({ operation }, number) => {
        if (number === 8) context.interrupt();
        return operation === cancelling && server.count(cancelling) === 1 ? BROKEN : null;
      });
      await audit({ sources: [source], window: { from: FROM, to: TO }, context });
      expect(left()).toEqual([]);
    });

    it('or says that one runs on', async () => {
      const { server, source, cancelling } = await engine(1000);
      closing.push(server);
      const context = testContext();
      server.fault(({ operation }, number) => {
        if (number === 8) context.interrupt();
        return operation === cancelling ? BROKEN : null;
      });
      const report = await audit({ sources: [source], window: { from: FROM, to: TO }, context });
      expect(report.sources[0]?.notes.join()).toContain('runs to its end and is charged for');
    });

    it('and does not mind that a query ended by itself', async () => {
      const { server, source, cancelling } = await engine(1000);
      closing.push(server);
      const context = testContext();
      server.fault(({ operation }, number) => {
        if (number === 8) context.interrupt();
        return operation === cancelling ? jsonError('InvalidParameterException', 'ended') : null;
      });
      const report = await audit({ sources: [source], window: { from: FROM, to: TO }, context });
      expect(report.sources[0]?.notes.join()).not.toContain('runs to its end');
      expect(server.count(cancelling)).toBeGreaterThan(0);
    });

    // The first request is asked while the source starts; at the third a query runs.
    for (const [signal, request] of [
      ['SIGINT', 1],
      ['SIGTERM', 1],
      ['SIGINT', 3],
      ['SIGTERM', 3],
    ] as const) {
      // prettier-ignore
      it(`by ${signal} at request ${request}, with exit code 130`, async () => {
        const { server, args, left } = await engine(100_000);
        closing.push(server);
        const options = [
          '--endpoint-url',
          server.url,
          '--from',
          '2026-07-01',
          '--to',
          '2026-07-05',
        ];
        const { child, ended } = start([...args, ...options]);
        server.fault((_, number) => {
          if (number === request) child.kill(signal);
          return null;
        });
        const { code, stderr } = await ended;
        expect(code).toBe(130);
        expect(stderr).toMatch(
          /^legacy-endpoint-audit: the evidence is incomplete: [^\n]*interrupted[^\n]*\n$/,
        );
        expect(left()).toEqual([]);
      });
    }
  });
}

describe('an interruption while a source starts', () => {
  it('keeps what another has read', async () => {
    const context = testContext();
    const read = await fakeCloudTrail({ records: stsEvents() });
    const starting = await fakeLogs({ groups: { trail: { records: [] } } });
    closing.push(read, starting);
    const client = () => cloudTrailClient({ endpointUrl: read.url });
    const whole = lake({ eventDataStore: STORE, client });
    let ended = (): void => undefined;
    const isRead = new Promise<void>((resolve) => (ended = resolve));
    const first: Source = {
      name: 'lake',
      collect: async function* (window, own) {
        const coverage = yield* whole.collect(window, own);
        ended();
        return coverage;
      },
    };
    starting.fault(async () => {
      await isRead;
      context.interrupt();
      return null;
    });
    const second = insights({ logGroups: ['trail'], client: () => logsClient({ endpointUrl: starting.url }) }); // prettier-ignore
    const report = await audit({ sources: [first, second], window: { from: FROM, to: TO }, context }); // prettier-ignore
    expect(report.totals.calls).toBeGreaterThan(0);
    expect(report.coverage.gaps).toMatchObject([{ code: 'interrupted', subject: 'insights' }]);
  });

  it('of a bucket is no bug', async () => {
    const server = await fakeS3({ objects: { 'AWSLogs/x.json.gz': { body: Buffer.alloc(0) } } });
    closing.push(server);
    const { child, ended } = start(['files', 's3://trail-bucket', '--endpoint-url', server.url, '--since', '30d']); // prettier-ignore
    server.fault(() => {
      child.kill('SIGINT');
      return BROKEN;
    });
    expect(await ended).toMatchObject({ code: 130, stderr: expect.stringContaining('interrupted') }); // prettier-ignore
  });

  it('or of the doctor, also in a pause between attempts, neither', async () => {
    const server = await fakeCloudTrail({ records: [] });
    closing.push(server);
    const { child, ended } = start(['doctor', '--endpoint-url', server.url]);
    server.fault(() => {
      child.kill('SIGTERM');
      return THROTTLED;
    });
    expect(await ended).toMatchObject({ code: 130, stderr: 'legacy-endpoint-audit: interrupted\n' }); // prettier-ignore
  });
});
