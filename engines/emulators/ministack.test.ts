import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { GetQueryExecutionCommand, StartQueryExecutionCommand } from '@aws-sdk/client-athena';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { audit } from '../../src/audit.js';
import { athenaClient, logsClient, s3Client } from '../../src/aws/clients.js';
import type { Report } from '../../src/report/schema.js';
import { Executor } from '../../src/sources/athena/execution.js';
import { athena } from '../../src/sources/athena/index.js';
import { stubAws } from '../../test/support/aws/context.js';
import { cli } from '../../test/support/cli.js';
import { athenaService } from '../../test/support/sql/athena-service.js';
import { openDuckDb } from '../../test/support/sql/duckdb.js';
import { createHiveTable } from '../../test/support/sql/duckdb-tables.js';
import { newFolder } from '../cache.js';
import { type Corpus, everyKind, logsOf, organisation, rowsOf } from '../corpus.js';
import { had } from '../had.js';
import { shown } from '../report/evidence.js';
import { expectSame, expectSameFindings, reportOf, reportOfFiles } from '../reports.js';
import { projectedTable } from '../trino/tables.js';
import { allOf, patiently, unheard } from './context.js';
import { interruptedWhileRunning, lastState } from './interrupted.js';
import { insightsService } from './insights-service.js';
import { putBucket, putLogGroup } from './load.js';
import { ask } from './operations.js';
import { startMinistack } from './server.js';

const kinds = newFolder('kinds');
const CORPORA = [
  { name: 'kinds', corpus: everyKind(kinds) },
  { name: 'organisation', corpus: organisation(5000) },
];
const RESULTS = 's3://results/';

stubAws();
const emulator = await had('ministack', startMinistack);
const ENGINE = { engine: 'ministack', version: emulator.found?.version ?? '' };
const setting = { region: 'us-east-1', endpointUrl: emulator.found?.url };

afterAll(async () => {
  await emulator.found?.stop();
  rmSync(kinds, { recursive: true });
});

describe.each(CORPORA)('ministack: $corpus.name', ({ name, corpus }) => {
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

  it('CloudWatch Logs: the query for calls', async (context) => {
    const { url } = emulator.orSkip(context);
    await putLogGroup(await logsClient(setting), name, corpus);
    const service = await insightsService(url, name, corpus);
    onTestFinished(async () => service.close());
    const { report } = await reportOf(corpus, 'insights', '--log-group', name, '--endpoint-url', service.url); // prettier-ignore
    expectSame(report, await reportOfFiles(corpus));
    expect(service.found.size).toBeGreaterThan(0);
    shown(context, {
      ...ENGINE,
      ran: '`insights` after PutLogEvents: `calls.txt` without its comments by StartQuery and GetQueryResults, `evidence.txt` by the translation to SQL',
      events: corpus.name,
      rows: service.found.size,
      equality: 'findings byte for byte, totals, coverage',
      unchecked: 'it knows no comments, and a `filter` with one condition on a field that begins with `@` only: of `calls.txt` it looks at the pattern, the limit and the range of time; other conditions, `parse` and `stats` are passed over, so `evidence.txt` and `callers.txt` cannot run: no emulator executes them', // prettier-ignore
    });
  });
});

describe('ministack: what it does not have is never taken for clean', () => {
  it('CloudWatch Logs: a count that the emulator does not make', async (context) => {
    const { url } = emulator.orSkip(context);
    const log = CORPORA[0]?.corpus ?? everyKind(kinds);
    // A group holds nothing of the time before it was made.
    const soon = Date.now() + 60_000;
    const events = await putLogGroup(await logsClient(setting), 'fresh', log, soon);
    const to = new Date(soon + 60_000).toISOString();
    const flags = [
      '--log-group',
      'fresh',
      '--since',
      '1h',
      '--to',
      to,
      '--format',
      'json',
      '--out',
      '-',
    ];
    const { code, stdout } = await cli(['insights', ...flags, '--quiet', '--endpoint-url', url]);
    const { coverage } = JSON.parse(stdout) as Report;
    expect(code).toBe(3);
    expect(coverage.gaps.map(({ message }) => message)).toContain(
      `${events} events matched, but 0 came back.`,
    );
  });

  it('event history: calls that the emulator logs without their endpoint', async (context) => {
    const { url } = emulator.orSkip(context);
    const sts = new STSClient({ region: 'us-east-1', endpoint: url });
    for (let call = 0; call < 7; call += 1) await sts.send(new GetCallerIdentityCommand({}));
    // A window ends before the second that runs. The emulator, unlike CloudTrail, keeps parts of
    // seconds, and so puts the calls behind the end of the second in which they were made.
    await patiently().sleep(2000);
    const flags = ['--since', '1h', '--format', 'json', '--out', '-'];
    const { code, stdout } = await cli(['lookup', ...flags, '--quiet', '--endpoint-url', url]);
    const { coverage } = JSON.parse(stdout) as Report;
    expect(code).toBe(3);
    expect(coverage).toMatchObject({ complete: false, stsEvents: 7, assessable: 0 });
    shown(context, {
      ...ENGINE,
      ran: '`lookup` after calls of STS, by LookupEvents',
      rows: 7,
      equality: 'all calls seen, none assessable, exit code 3',
      unchecked:
        'its records have no `tlsDetails`, nothing can be put into its history, and it has no second page',
    });
  });
});

describe('ministack: Athena over DuckDB', () => {
  it('takes the DDL, shows the table, and refuses a function of Trino', async (context) => {
    const { url } = emulator.orSkip(context);
    await ask(url, { service: 'glue', target: 'AWSGlue.CreateDatabase', input: { DatabaseInput: { Name: 'audit' } } }); // prettier-ignore
    const place = ['--location', 's3://kinds/AWSLogs/o-exampleorg', '--account', '111111111111'];
    const table = ['--table', 'audit.trail'];
    const { stdout } = await cli(['query', 'athena', '--ddl', ...table, ...place, '--from', '2026-01-01']); // prettier-ignore
    expect(await stateOf(stdout)).toBe('SUCCEEDED');
    const { from, to } = everyKind(kinds);
    const flags = [...table, '--output-location', RESULTS, '--from', from, '--to', to];
    const { code, stdout: report } = await cli(['athena', ...flags, '--out', '-', '--format', 'json', '--endpoint-url', url]); // prettier-ignore
    const { gaps } = (JSON.parse(report) as Report).coverage;
    expect(code).toBe(3);
    expect(gaps.map((gap) => gap.code)).toContain('query-failed');
    shown(context, {
      ...ENGINE,
      ran: '`table.sql` by StartQueryExecution; `athena` over that table',
      rows: 0,
      equality: 'the table is looked up and suits; the failed query is told, not taken for clean',
      unchecked: 'the queries: DuckDB has not the functions of Trino',
    });
  });

  it('pages of results, their header and NULL', async (context) => {
    emulator.orSkip(context);
    const client = await athenaClient(setting);
    const name = { catalog: 'AwsDataCatalog', database: 'audit', table: 'trail' };
    const workgroup = { name: 'primary', outputLocation: RESULTS, cutoff: null };
    const executor = new Executor(client, name, { workgroup, maxScan: null }, unheard);
    const query =
      "SELECT range AS n, CASE WHEN range % 2 = 0 THEN 'even' END AS word FROM range(2500)";
    const rows = await allOf(await executor.run(query, patiently()));
    const expected = Array.from({ length: 2500 }, (_, n) => ({ n: String(n), word: n % 2 === 0 ? 'even' : null })); // prettier-ignore
    expect(rows).toEqual(expected);
    shown(context, {
      ...ENGINE,
      ran: 'a query of 2,500 rows by StartQueryExecution, GetQueryExecution and GetQueryResults',
      rows: rows.length,
      equality: 'every row once, in order, NULL told from text',
      unchecked: 'permissions, limits and errors of Athena',
    });
  });
});

describe('ministack: S3 under a table of DuckDB', () => {
  it('--max-scan: the size of what a query would read', async (context) => {
    emulator.orSkip(context);
    const corpus = everyKind(kinds);
    const table = await projectedTable('kinds', corpus);
    const engine = await openDuckDb();
    await createHiveTable(engine, table, rowsOf(corpus));
    const service = await athenaService(engine, [table]);
    onTestFinished(async () => {
      await service.close();
      engine.close();
    });
    const sizes = logsOf(corpus.folder).filter(({ day }) => corpus.days.includes(day)).map(({ path }) => statSync(join(corpus.folder, path)).size); // prettier-ignore
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    const run = async (maxScan: number): Promise<Report> => {
      const clients = { client: () => athenaClient({ ...setting, endpointUrl: service.url }), s3: () => s3Client(setting) }; // prettier-ignore
      const source = athena({ table: 'audit.kinds', maxScan, ...clients });
      return audit({ sources: [source], window: windowOf(corpus), context: patiently() });
    };
    await expect(run(bytes - 1)).rejects.toThrow(/would scan more than/);
    expect(service.queries).toEqual([]);
    const report = await run(bytes);
    expect(report.sources[0]?.figures['bytes_estimated']).toBe(bytes);
    expectSameFindings(report, await reportOfFiles(corpus));
    shown(context, {
      ...ENGINE,
      ran: '`athena --max-scan` over a table of DuckDB, by ListObjectsV2',
      events: corpus.name,
      rows: sizes.length,
      equality: 'findings byte for byte; the estimate is the size of the objects that can hold events of the window, and with a byte less no query is started', // prettier-ignore
      unchecked: 'a query that is stopped while it runs, for which see Trino: here each has ended before anybody asks how much it read', // prettier-ignore
    });
  });
});

/** The last: DuckDB works on. */
describe('ministack: Athena, interrupted', () => {
  it('a query that is stopped while it runs', async (context) => {
    emulator.orSkip(context);
    const client = await athenaClient(setting);
    const name = { catalog: 'AwsDataCatalog', database: 'audit', table: 'trail' };
    const workgroup = { name: 'primary', outputLocation: RESULTS, cutoff: null };
    const executor = new Executor(client, name, { workgroup, maxScan: null }, unheard);
    // Of minutes: the emulator says so of the query, but lets DuckDB work until it is ended itself.
    const query = 'SELECT sum(range) FROM range(1000000000000)';
    await expect(executor.run(query, interruptedWhileRunning())).rejects.toThrow('interrupted');
    expect(await lastState(client)).toBe('CANCELLED');
    shown(context, {
      ...ENGINE,
      ran: 'a query of minutes, and StopQueryExecution when the run is interrupted',
      rows: 0,
      equality: 'not compared: the emulator says CANCELLED',
      unchecked: '`--max-scan` while a query runs: it says what was scanned when a query has ended',
    });
  });
});

function windowOf({ from, to }: Corpus): { from: number; to: number } {
  return { from: Date.parse(from) / 1000, to: Date.parse(to) / 1000 };
}

/** How a statement of Athena ends. */
async function stateOf(text: string): Promise<string> {
  const client = await athenaClient(setting);
  const s3 = await s3Client(setting);
  await s3.send(new CreateBucketCommand({ Bucket: 'results' }));
  const configuration = { ResultConfiguration: { OutputLocation: RESULTS } };
  const { QueryExecutionId } = await client.send(new StartQueryExecutionCommand({ QueryString: text, ...configuration })); // prettier-ignore
  for (;;) {
    const { QueryExecution } = await client.send(
      new GetQueryExecutionCommand({ QueryExecutionId }),
    );
    const state = QueryExecution?.Status?.State ?? '';
    if (state !== 'QUEUED' && state !== 'RUNNING') return state;
    await patiently().sleep(100);
  }
}
