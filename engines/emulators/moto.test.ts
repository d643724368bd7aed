import { rmSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { audit } from '../../src/audit.js';
import { athenaClient, s3Client } from '../../src/aws/clients.js';
import type { Source } from '../../src/contracts.js';
import { Executor } from '../../src/sources/athena/execution.js';
import { CoverageNotes } from '../../src/sources/coverage.js';
import { batchesOfPages } from '../../src/sources/engine/result.js';
import { auditRows, type ResultRow } from '../../test/support/aws/aggregate.js';
import { stubAws } from '../../test/support/aws/context.js';
import { FROM, stsEvents, TO } from '../../test/support/events.js';
import { newFolder } from '../cache.js';
import { everyKind, organisation } from '../corpus.js';
import { had } from '../had.js';
import { shown } from '../report/evidence.js';
import { expectSame, reportOf, reportOfFiles } from '../reports.js';
import { allOf, patiently, unheard } from './context.js';
import { interruptedWhileRunning, lastState } from './interrupted.js';
import { putBucket } from './load.js';
import { ask } from './operations.js';
import { startMoto } from './server.js';

const kinds = newFolder('kinds');
const CORPORA = [
  { name: 'kinds', corpus: everyKind(kinds) },
  { name: 'organisation', corpus: organisation(5000) },
];
const LACKS =
  'LookupEvents, the queries of Lake and GetTableMetadata, which it does not have; Insights, whose StartQuery fails for `logGroupIdentifiers`';

stubAws();
const emulator = await had('moto', startMoto);
const ENGINE = { engine: 'moto', version: emulator.found?.version ?? '' };
const setting = { region: 'us-east-1', endpointUrl: emulator.found?.url };

afterAll(async () => {
  await emulator.found?.stop();
  rmSync(kinds, { recursive: true });
});

describe.each(CORPORA)('moto: $corpus.name', ({ name, corpus }) => {
  it('S3: the bucket of a trail', async (context) => {
    const { url } = emulator.orSkip(context);
    const objects = await putBucket(await s3Client(setting), name, corpus);
    const { report } = await reportOf(corpus, 'files', `s3://${name}`, '--endpoint-url', url);
    expectSame(report, await reportOfFiles(corpus));
    shown(context, {
      ...ENGINE,
      ran: '`files s3://…` after PutObject',
      events: corpus.name,
      rows: objects,
      equality: 'findings byte for byte, totals, coverage',
      unchecked: 'permissions, encryption and throttling of S3',
    });
  });
});

describe('moto', () => {
  it('Athena: results that were put there', async (context) => {
    const { url } = emulator.orSkip(context);
    const wanted = auditRows(stsEvents(), FROM, TO);
    await queueResults(url, wanted);
    const name = { catalog: 'AwsDataCatalog', database: 'audit', table: 'cloudtrail' };
    const workgroup = { name: 'primary', outputLocation: 's3://kinds/', cutoff: null };
    const executor = new Executor(await athenaClient(setting), name, { workgroup, maxScan: null }, unheard); // prettier-ignore
    const rows = await allOf(await executor.run('SELECT 1', patiently()));
    expect(rows).toEqual(wanted);
    const report = await audit({ sources: [sourceOf(rows)], window: { from: FROM, to: TO } });
    const { findings } = await reportOfFiles(everyKind(kinds));
    expect(JSON.stringify(report.findings, null, 1)).toBe(JSON.stringify(findings, null, 1));
    shown(context, {
      ...ENGINE,
      ran: 'StartQueryExecution, GetQueryExecution and GetQueryResults, with rows put there',
      rows: rows.length,
      equality: 'rows, and the findings made of them byte for byte',
      unchecked: `the queries: it executes none; ${LACKS}`,
    });
  });

  it('Athena: a query that is stopped while it runs', async (context) => {
    const { url } = emulator.orSkip(context);
    await changeState(url, { progression: 'manual', times: 2 });
    const client = await athenaClient(setting);
    const name = { catalog: 'AwsDataCatalog', database: 'audit', table: 'cloudtrail' };
    const workgroup = { name: 'primary', outputLocation: 's3://kinds/', cutoff: null };
    const executor = new Executor(client, name, { workgroup, maxScan: null }, unheard);
    await expect(executor.run('SELECT 1', interruptedWhileRunning())).rejects.toThrow('interrupted'); // prettier-ignore
    expect(await lastState(client)).toBe('CANCELLED');
    await changeState(url, { progression: 'immediate' });
    shown(context, {
      ...ENGINE,
      ran: 'a query that goes from QUEUED to RUNNING, and StopQueryExecution when the run is interrupted',
      rows: 0,
      equality: 'not compared: the emulator says CANCELLED',
      unchecked: '`--max-scan` while a query runs: it says that nothing was scanned',
    });
  });

  it('lacks what the documentation says that it lacks', async (context) => {
    const { url } = emulator.orSkip(context);
    const asked = [
      { service: 'cloudtrail', target: 'CloudTrail_20131101.LookupEvents', input: {} },
      { service: 'cloudtrail', target: 'CloudTrail_20131101.StartQuery', input: { QueryStatement: 'SELECT 1' } }, // prettier-ignore
      { service: 'athena', target: 'AmazonAthena.GetTableMetadata', input: { CatalogName: 'c', DatabaseName: 'd', TableName: 't' } }, // prettier-ignore
      { service: 'logs', target: 'Logs_20140328.StartQuery', input: { logGroupIdentifiers: ['kinds'], startTime: 0, endTime: 1, queryString: 'fields @message' } }, // prettier-ignore
    ];
    for (const operation of asked) expect(await ask(url, operation)).not.toBe(200);
  });
});

/** https://docs.getmoto.org/en/latest/docs/configuration/state_transition/ */
async function changeState(
  url: string,
  transition: Readonly<Record<string, unknown>>,
): Promise<void> {
  const body = JSON.stringify({ model_name: 'athena::execution', transition });
  const answer = await fetch(`${url}/moto-api/state-manager/set-transition`, { method: 'POST', headers: { 'content-type': 'application/json' }, body }); // prettier-ignore
  expect(answer.status).toBe(201);
}

/** https://docs.getmoto.org/en/latest/docs/services/athena.html */
async function queueResults(url: string, rows: readonly ResultRow[]): Promise<void> {
  const names = Object.keys(rows[0] ?? {});
  const data = (values: readonly (string | null)[]): unknown => ({
    Data: values.map((value) => (value === null ? {} : { VarCharValue: value })),
  });
  const results = {
    rows: [data(names), ...rows.map((row) => data(names.map((name) => row[name] ?? null)))],
    column_info: names.map((Name) => ({ CatalogName: '', SchemaName: '', TableName: '', Name, Label: Name, Type: 'varchar', Precision: 0, Scale: 0, Nullable: 'UNKNOWN', CaseSensitive: true })), // prettier-ignore
  };
  const body = JSON.stringify({
    account_id: '123456789012',
    region: 'us-east-1',
    results: [results],
  });
  const answer = await fetch(`${url}/moto-api/static/athena/query-results`, {
    method: 'POST',
    body,
  });
  expect(answer.status).toBe(201);
}

function sourceOf(rows: readonly ResultRow[]): Source {
  const coverage = new CoverageNotes('athena', ['audit.cloudtrail'], undefined);
  const pages = async function* (): AsyncGenerator<readonly ResultRow[], void> {
    yield rows;
  };
  return {
    name: 'athena',
    collect: async function* () {
      yield* batchesOfPages(pages(), 'the window', coverage);
      return coverage.result(false);
    },
  };
}
