import { rmSync } from 'node:fs';
import { afterAll, afterEach, describe, it } from 'vitest';
import { stubAws } from '../../test/support/aws/context.js';
import { fakeLogs } from '../../test/support/aws/fake-logs.js';
import type { Loopback } from '../../test/support/aws/loopback.js';
import { executeInsights } from '../../test/support/insights-ql/execute.js';
import { athenaService } from '../../test/support/sql/athena-service.js';
import { type DuckDb, openDuckDb, versionOf } from '../../test/support/sql/duckdb.js';
import { createHiveTable, createLakeTable } from '../../test/support/sql/duckdb-tables.js';
import { lakeService } from '../../test/support/sql/lake-service.js';
import { newFolder } from '../cache.js';
import { collisions, everyKind, organisation, recordsOf, rowsOf } from '../corpus.js';
import { shown } from '../report/evidence.js';
import { expectSame, reportOf, reportOfFiles } from '../reports.js';
import { projectedTable } from '../trino/tables.js';

const kinds = newFolder('kinds');
const colliding = newFolder('collisions');
const STORE = '11111111-2222-4333-8444-555555555555';
const UNCHECKED = 'types and functions where DuckDB is not Trino: what was defined for it is listed below'; // prettier-ignore

stubAws();
const services: Loopback[] = [];
const databases: DuckDb[] = [];
afterEach(async () => {
  await Promise.all(services.splice(0).map(async (service) => service.close()));
  for (const database of databases.splice(0)) database.close();
});
afterAll(() => {
  for (const folder of [kinds, colliding]) rmSync(folder, { recursive: true });
});

async function openForTest(): Promise<DuckDb> {
  const opened = await openDuckDb();
  databases.push(opened);
  return opened;
}

describe.each([everyKind(kinds), collisions(colliding), organisation()])(
  'DuckDB: $name',
  (corpus) => {
    // prettier-ignore
    it('the audit query of Athena', async (context) => {
    const engine = await openForTest();
    const table = await projectedTable('trail', corpus);
    await createHiveTable(engine, table, rowsOf(corpus));
    const service = await athenaService(engine, [table]);
    services.push(service);
    const { report } = await reportOf(corpus, 'athena', '--table', 'audit.trail', '--endpoint-url', service.url); // prettier-ignore
    expectSame(report, await reportOfFiles(corpus));
    shown(context, {
      engine: 'DuckDB',
      version: versionOf(),
      ran: '`athena` (`audit.sql`) over the columns of `--ddl`',
      events: corpus.name,
      rows: service.queries[0]?.result?.rows.length ?? 0,
      equality: 'findings byte for byte, totals, coverage',
      unchecked: UNCHECKED,
    });
  });

    it('the queries of Logs Insights', async (context) => {
      const records = [...recordsOf(corpus)];
      const service = await fakeLogs({ groups: { trail: { records } }, delay: 240, execute: executeInsights }); // prettier-ignore
      services.push(service);
      const { report } = await reportOf(corpus, 'insights', '--log-group', 'trail', '--endpoint-url', service.url); // prettier-ignore
      expectSame(report, await reportOfFiles(corpus));
      shown(context, {
        engine: 'DuckDB',
        version: versionOf(),
        ran: '`insights` (`evidence.txt`, `calls.txt`), translated to SQL',
        events: corpus.name,
        rows: service.queries.reduce((sum, { rows }) => sum + rows.length, 0),
        equality: 'findings byte for byte, totals, coverage',
        unchecked: "Logs Insights itself: the translation is this project's own, made after AWS's documentation, since no other implementation knows `parse` and `stats`", // prettier-ignore
      });
    });

    it('the audit query of Lake', async (context) => {
      const engine = await openForTest();
      await createLakeTable(engine, STORE, recordsOf(corpus));
      const service = await lakeService(engine, STORE, 'left out');
      services.push(service);
      const { report } = await reportOf(corpus, 'lake', '--event-data-store', STORE, '--endpoint-url', service.url); // prettier-ignore
      expectSame(report, await reportOfFiles(corpus));
      shown(context, {
        engine: 'DuckDB',
        version: versionOf(),
        ran: "`lake` (`audit.sql`) over Lake's columns",
        events: corpus.name,
        rows: report.sources[0]?.figures['rows'] ?? 0,
        equality: 'findings byte for byte, totals, coverage',
        unchecked: UNCHECKED,
      });
    });
  },
);
