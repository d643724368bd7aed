/**
 * The queries, executed: what only an engine can show, without one to install.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { audit } from '../../../src/audit.js';
import { athenaClient } from '../../../src/aws/clients.js';
import type { Report } from '../../../src/report/schema.js';
import { athena } from '../../../src/sources/athena/index.js';
import { BACKENDS, STORE } from '../../support/aws/backends.js';
import { stubAws, testContext } from '../../support/aws/context.js';
import { isGlobal, textAt } from '../../support/aws/evidence.js';
import { collidingEvents } from '../../support/collisions.js';
import { at, FROM, type Json, type RawRecord, stsEvents, TO, uuid } from '../../support/events.js';
import { CROWD, crowd } from '../../support/lookalikes.js';
import { ODDLY_TIMED, oddTimes, UNTIMED } from '../../support/oddities.js';
import { runMain } from '../../support/in-process.js';
import { executeInsights } from '../../support/insights-ql/execute.js';
import { globalCall } from '../../support/records.js';
import { quoteDataStore } from '../../support/sql/data-store.js';
import { athenaService } from '../../support/sql/athena-service.js';
import { athenaTable, lakeTable } from '../../support/sql/executed.js';
import type { SqlService } from '../../support/sql/query.js';

const closing: (() => Promise<void>)[] = [];
beforeEach(stubAws);
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

async function reportOf(backend: string, records: readonly RawRecord[]): Promise<Report> {
  const { source, server } = (await BACKENDS[backend]?.(records)) ?? {};
  if (source === undefined) throw new Error(`no backend ${backend}`);
  if (server !== null && server !== undefined) closing.push(async () => server.close());
  return audit({ sources: [source], window: { from: FROM, to: TO }, context: testContext() });
}

/** Beside them is always a call that any query finds. */
async function callsOf(backend: string, records: readonly RawRecord[]): Promise<number> {
  const { totals, coverage } = await reportOf(backend, [...records, call('ordinary')]);
  expect(coverage.gaps).toEqual([]);
  return totals.calls - 1;
}

const [OWN, OTHER] = ['111111111111', '222222222222'];
const GITHUB = `arn:aws:iam::${OWN}:oidc-provider/token.actions.githubusercontent.com`;

function call(name: string, fields: Readonly<Record<string, Json>> = {}): RawRecord {
  return globalCall({ eventID: uuid(name), eventTime: at(5), recipientAccountId: OWN, ...fields }) as RawRecord; // prettier-ignore
}

/** The copy of the account that owns the role. */
function targetCopy(name: string, fields: Readonly<Record<string, Json>>): RawRecord {
  const userIdentity = { type: 'AWSAccount', principalId: 'AROADEPLOY:session', accountId: OWN };
  return call(name, { recipientAccountId: OTHER, userIdentity, ...fields });
}

/** Callers whose sessions or subjects are no callers of their own. */
const SESSIONS: Readonly<Record<string, (session: string) => Json>> = {
  'a role': (session) => ({ type: 'AssumedRole', principalId: `AROADEPLOY:${session}`, arn: `arn:aws:sts::${OWN}:assumed-role/Deploy/${session}`, accountId: OWN }), // prettier-ignore
  'a role, without an ARN': (session) => ({ type: 'AssumedRole', principalId: `AROADEPLOY:${session}`, accountId: OWN }), // prettier-ignore
  'a role of another account': (session) => ({ type: 'AWSAccount', principalId: `AROADEPLOY:${session}`, accountId: OTHER }), // prettier-ignore
  'an identity pool': (session) => ({ type: 'WebIdentityUser', principalId: `cognito-identity.amazonaws.com:us-east-1:pool:us-east-1:${session}`, userName: `us-east-1:${session}`, identityProvider: 'cognito-identity.amazonaws.com' }), // prettier-ignore
  'a role as itself': (session) => ({ type: 'Role', principalId: `AROADEPLOY:${session}`, arn: `arn:aws:sts::${OWN}:assumed-role/Deploy/${session}`, accountId: OWN }), // prettier-ignore
  'a user, with something behind the id': (session) => ({ type: 'IAMUser', principalId: `AIDADEPLOY:${session}`, accountId: OWN }), // prettier-ignore
  'a user of Identity Center': (session) => ({ type: 'IdentityCenterUser', principalId: `USER:${session}`, accountId: OWN }), // prettier-ignore
  'an identity pool, by its id alone': (session) => ({ type: 'WebIdentityUser', principalId: `cognito-identity.amazonaws.com:us-east-1:pool:us-east-1:${session}`, identityProvider: '' }), // prettier-ignore
  'a repository, by its id alone': (session) => ({ type: 'WebIdentityUser', principalId: `${GITHUB}:repo:org/app:ref:refs/heads/${session}`, userName: '' }), // prettier-ignore
  'a repository': (session) => ({ type: 'WebIdentityUser', principalId: `${GITHUB}:sts.amazonaws.com:repo:org/app:ref:refs/heads/${session}`, userName: `repo:org/app:ref:refs/heads/${session}`, identityProvider: GITHUB }), // prettier-ignore
};

const LISTS = ['callers', 'source_addresses', 'requested_sessions', 'target_roles', 'issued_to'];
const SQL = ['athena, its SQL executed', 'lake, its SQL executed'];
const INSIGHTS = ['insights, its queries executed', 'insights, infrequent access, its queries executed']; // prettier-ignore

describe.each([...SQL, ...INSIGHTS])('%s', (backend) => {
  it('tells of colliding events what files tells', async () => {
    const [report, wanted] = [await reportOf(backend, collidingEvents()), await reportOf('files', collidingEvents())]; // prettier-ignore
    expect(wanted.findings.length).toBeGreaterThan(1000);
    expect(report.totals).toEqual(wanted.totals);
    expect(report.coverage.accounts).toEqual(wanted.coverage.accounts);
    const others = new Map(report.findings.map((finding) => [finding.id, finding]));
    const wrong = wanted.findings.find((finding) => JSON.stringify(finding) !== JSON.stringify(others.get(finding.id))); // prettier-ignore
    expect(others.get(wrong?.id ?? '')).toEqual(wrong);
    expect(report.findings.map(({ id }) => id)).toEqual(wanted.findings.map(({ id }) => id));
  });
});

describe.each(SQL)('%s', (backend) => {
  it('has a row also where nothing is found', async () => {
    const { coverage, sources } = await reportOf(backend, [call('other', { eventSource: 's3.amazonaws.com' })]); // prettier-ignore
    expect(coverage.gaps.map(({ code }) => code)).toEqual(['nothing-assessable']);
    expect(sources[0]?.figures['rows']).toBe(0);
  });

  it('counts two calls of one account under one shared event id', async () => {
    const shared = { sharedEventID: uuid('pair') };
    expect(await callsOf(backend, [call('first', shared), call('second', shared)])).toBe(2);
  });

  it('counts an update without the shared event id of what it replaces once, with the copy of the other account', async () => {
    const shared = { sharedEventID: uuid('pair') };
    const addendum = { reason: 'UPDATED_DATA', originalEventID: uuid('caller') };
    const records = [call('caller', shared), targetCopy('target', shared), call('update', { addendum })]; // prettier-ignore
    expect(await callsOf(backend, records)).toBe(1);
  });

  it('takes the copy of a caller without an account over that of the target', async () => {
    const shared = { sharedEventID: uuid('pair') };
    const nobody = { type: 'IAMUser', principalId: 'AIDANOBODY', userName: 'nobody' };
    const records = [call('caller', { ...shared, userIdentity: nobody }), targetCopy('target', shared)]; // prettier-ignore
    const { findings } = await reportOf(backend, records);
    expect(findings.map(({ principal, calls }) => [principal.type, calls])).toEqual([['user', 1]]);
  });

  it('tells users of Identity Center apart, also where no column holds them', async () => {
    const by = (userId: string): RawRecord =>
      call(userId, { userIdentity: { type: 'IdentityCenterUser', accountId: OWN, onBehalfOf: { userId } } }); // prettier-ignore
    const { findings } = await reportOf(backend, [by('ann'), by('ben')]);
    const ids = findings.map(({ principal }) => principal.id).toSorted();
    expect(ids).toEqual([expect.stringContaining('ann'), expect.stringContaining('ben')]);
  });

  it('does not take white space about a host for a part of it', async () => {
    const host = '\t sts.amazonaws.com\r\n';
    expect(await callsOf(backend, [call('white', { tlsDetails: { clientProvidedHostHeader: host } })])).toBe(1); // prettier-ignore
  });

  it('takes a host that was logged as a number for no evidence', async () => {
    const numbers = [call('number', { tlsDetails: { clientProvidedHostHeader: 5 } })];
    const { coverage } = await reportOf(backend, numbers);
    expect(coverage).toMatchObject({ complete: false, assessable: 0, notAssessable: 1 });
  });

  it.each(Object.entries(SESSIONS))(
    'counts the sessions of %s as one kind of call',
    async (_kind, identity) => {
      const records = Array.from({ length: 5 }, (_, place) => call(`session ${place}`, { userIdentity: identity(`s${place}`) })); // prettier-ignore
      const { sources, totals } = await reportOf(backend, records);
      expect(totals).toMatchObject({ calls: 5, findings: 1 });
      expect(sources[0]?.figures['rows']).toBe(1);
    },
  );

  it('lists of a kind of call no more than it says', async () => {
    const { source, server } = (await BACKENDS[backend]?.(crowd())) ?? {};
    if (source === undefined || server === null || server === undefined) throw new Error('no backend'); // prettier-ignore
    closing.push(async () => server.close());
    await audit({ sources: [source], window: { from: FROM, to: TO }, context: testContext() });
    const { queries } = server as SqlService;
    const { columns = [], rows = [] } = queries[0]?.result ?? {};
    expect(rows).toHaveLength(1);
    const lengths = LISTS.map((name) => (JSON.parse(String(rows[0]?.[columns.indexOf(name)])) as unknown[]).length); // prettier-ignore
    expect(Math.max(...lengths)).toBe(CROWD);
  });

  it.each([
    ['by the id', (arn: string) => ({ principalId: `${arn}:aud:sub` })],
    ['by a column of their own', (arn: string) => ({ identityProvider: arn })],
  ])('tells OpenID Connect providers apart %s', async (_how, fields) => {
    const by = (provider: string): RawRecord => {
      const named = fields(`arn:aws:iam::${OWN}:oidc-provider/${provider}`);
      return call(provider, { userIdentity: { type: 'WebIdentityUser', ...named, userName: 'sub' } }); // prettier-ignore
    };
    const { findings } = await reportOf(backend, [by('a.example'), by('b.example')]);
    expect(findings).toHaveLength(2);
  });
});

/** Records of calls that the report cannot show; `files` tells them file by file. */
function lostIn({ gaps }: Report['coverage']): number {
  const lost = gaps.filter(({ code }) => code === 'lost-calls');
  return lost.reduce((sum, { message }) => sum + Number.parseInt(message, 10), 0);
}

describe('athena, its SQL executed', () => {
  const backend = 'athena, its SQL executed';

  it('reads times as files does, and counts what has none, with every copy', async () => {
    const records = [call('ordinary'), ...oddTimes()];
    const [report, wanted] = [await reportOf(backend, records), await reportOf('files', records)];
    expect(wanted.totals.calls).toBe(ODDLY_TIMED + 1);
    const told = ({ findings, totals, coverage }: Report): unknown => {
      const { complete, rejectedRecords } = coverage;
      return { findings, totals, complete, seen: coverage.stsEvents, rejectedRecords, lost: lostIn(coverage) }; // prettier-ignore
    };
    expect(told(report)).toEqual(told(wanted));
    const rejected = Object.values(report.coverage.rejectedRecords);
    expect(rejected.reduce((sum, count) => sum + count, 0)).toBe(4 * UNTIMED);
    expect(lostIn(report.coverage)).toBe(2 * UNTIMED);
  });

  it('counts events of us-east-1 alone where the table has no partitions', async () => {
    const records = [call('here'), call('elsewhere', { awsRegion: 'eu-west-1' })];
    const { engine, table } = await athenaTable(records, 240);
    const server = await athenaService(engine, [{ ...table, partitions: [] }]);
    closing.push(async () => server.close());
    const client = () => athenaClient({ region: 'us-east-1', endpointUrl: server.url });
    const sources = [athena({ table: 'audit.cloudtrail', client })];
    const { coverage } = await audit({ sources, window: { from: FROM, to: TO }, context: testContext() }); // prettier-ignore
    expect(coverage.stsEvents).toBe(1);
  });

  it.each([-12, 24])(
    'finds a call in the partition of a day that is %d hours off',
    async (hours) => {
      const edges = [call('first', { eventTime: at(0) }), call('last', { eventTime: at(95.9) })];
      const { source, server } = (await BACKENDS[backend]?.(edges, hours * 3600)) ?? {};
      if (source === undefined || server === null || server === undefined) throw new Error('no backend'); // prettier-ignore
      closing.push(async () => server.close());
      const report = await audit({ sources: [source], window: { from: FROM, to: TO }, context: testContext() }); // prettier-ignore
      expect(report.totals.calls).toBe(2);
    },
  );
});

describe('lake, its SQL executed', () => {
  it('counts events of us-east-1 alone, as a store can hold those of all Regions', async () => {
    const records = [call('here'), call('elsewhere', { awsRegion: 'eu-west-1' })];
    const { coverage } = await reportOf('lake, its SQL executed', records);
    expect(coverage.stsEvents).toBe(1);
  });
});

describe('the short queries for the console', () => {
  const records = stsEvents();
  const window = ['--from', '2026-07-01', '--to', '2026-07-05'];
  const inside = records.filter((record) => {
    const time = textAt(record, 'eventTime') ?? '';
    return record['eventSource'] === 'sts.amazonaws.com' && isGlobal(record) && time >= at(0) && time < at(96); // prettier-ignore
  });
  const ids = new Set(inside.map((record) => textAt(record, 'eventID')));
  const sum = (counts: readonly unknown[]): number => counts.reduce<number>((total, count) => total + Number(count), 0); // prettier-ignore

  async function textOf(...args: readonly string[]): Promise<string> {
    return (await runMain(['query', ...args, '--summary'])).stdout;
  }

  it('of Athena count each event once', async () => {
    const { engine } = await athenaTable(records, 240);
    const { columns, rows } = await engine.run(await textOf('athena', '--table', 'audit.cloudtrail', ...window)); // prettier-ignore
    expect(sum(rows.map((row) => row[columns.indexOf('calls')]))).toBe(ids.size);
  });

  it('of Lake count each event once', async () => {
    const engine = await lakeTable(STORE, records);
    const text = quoteDataStore(await textOf('lake', '--event-data-store', STORE, ...window), STORE); // prettier-ignore
    const { columns, rows } = await engine.run(text);
    expect(sum(rows.map((row) => row[columns.indexOf('calls')]))).toBe(ids.size);
  });

  it('of Logs Insights count each event once, and name who called', async () => {
    const events = inside.map((record, number) => ({ '@message': JSON.stringify(record), '@timestamp': 0, '@ptr': `${number}` })); // prettier-ignore
    const { rows } = await executeInsights(
      await textOf('insights', '--log-group', 'trail', ...window),
      events,
      true,
    );
    expect(sum(rows.map((row) => row['calls']))).toBe(ids.size);
    const callers = rows.flatMap(({ caller }) => caller ?? []);
    expect(callers).toContain('arn:aws:iam::111111111111:role/app/Deploy');
    expect(callers).toContain('ecs.amazonaws.com');
  });
});
