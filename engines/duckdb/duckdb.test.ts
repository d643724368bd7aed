import { rmSync } from 'node:fs';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { Report } from '../../src/report/schema.js';
import { stubAws } from '../../test/support/aws/context.js';
import { fakeLogs } from '../../test/support/aws/fake-logs.js';
import type { Loopback } from '../../test/support/aws/loopback.js';
import { executeInsights } from '../../test/support/insights-ql/execute.js';
import { athenaService } from '../../test/support/sql/athena-service.js';
import { type DuckDb, openDuckDb, versionOf } from '../../test/support/sql/duckdb.js';
import { createHiveTable, createLakeTable } from '../../test/support/sql/duckdb-tables.js';
import { lakeService } from '../../test/support/sql/lake-service.js';
import { newFolder } from '../cache.js';
import {
  collisions,
  type Corpus,
  earlierOrganisation,
  everyKind,
  organisation,
  recordsOf,
  rowsOf,
  untimed,
} from '../corpus.js';
import { count } from '../count.js';
import { shown } from '../report/evidence.js';
import { expectSame, reportOf, reportOfFiles } from '../reports.js';
import { projectedTable } from '../trino/tables.js';

const kinds = newFolder('kinds');
const colliding = newFolder('collisions');
const timeless = newFolder('times');
const EARLIER = earlierOrganisation();
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
  for (const folder of [kinds, colliding, timeless]) rmSync(folder, { recursive: true });
});

async function openForTest(): Promise<DuckDb> {
  const opened = await openDuckDb();
  databases.push(opened);
  return opened;
}

async function askAthena(corpus: Corpus): Promise<{ report: Report; rows: number }> {
  const engine = await openForTest();
  const table = await projectedTable('trail', corpus);
  await createHiveTable(engine, table, rowsOf(corpus));
  const service = await athenaService(engine, [table]);
  services.push(service);
  const { report } = await reportOf(corpus, 'athena', '--table', 'audit.trail', '--endpoint-url', service.url); // prettier-ignore
  return { report, rows: service.queries[0]?.result?.rows.length ?? 0 };
}

describe('DuckDB: times of every form', () => {
  it('the audit query of Athena', async (context) => {
    const corpus = untimed(timeless);
    const { report, rows } = await askAthena(corpus);
    expectSame(report, await reportOfFiles(corpus));
    expect(report.coverage.complete).toBe(false);
    shown(context, {
      engine: 'DuckDB',
      version: versionOf(),
      ran: '`athena` (`audit.sql`) over the columns of `--ddl`',
      events: corpus.name,
      rows,
      equality: 'findings byte for byte, totals, coverage',
      unchecked: UNCHECKED,
    });
  });
});

describe.each([organisation(), EARLIER])('DuckDB and files, counted apart: $name', (corpus) => {
  it('the window, and all that was made', async (context) => {
    const whole = { ...corpus, from: '2025-03-01', to: '2026-04-01' };
    const { stsEvents, calls } = corpus.truth;
    for (const source of ['files', 'athena']) {
      expect(countOf(await told(source, corpus))).toEqual(count(corpus));
      expect(countOf(await told(source, whole))).toEqual({ stsEvents, calls });
    }
    shown(context, {
      engine: 'DuckDB',
      version: versionOf(),
      ran: '`athena` and `files`, each held against counts that share no code with them',
      events: corpus.name,
      rows: calls,
      equality: 'STS events and calls of the window are those of a plain count, and those of all of it what the generator says', // prettier-ignore
      unchecked: 'who called: it only counts',
    });
  });

  async function told(source: string, asked: Corpus): Promise<Report> {
    return source === 'files' ? reportOfFiles(asked) : (await askAthena(asked)).report;
  }

  function countOf({ totals, coverage }: Report): unknown {
    return { stsEvents: coverage.stsEvents, calls: totals.calls + totals.awsManagedCalls };
  }
});

describe.each([everyKind(kinds), collisions(colliding), organisation(), EARLIER])(
  'DuckDB: $name',
  (corpus) => {
    it('the audit query of Athena', async (context) => {
      const { report, rows } = await askAthena(corpus);
      expectSame(report, await reportOfFiles(corpus));
      shown(context, {
        engine: 'DuckDB',
        version: versionOf(),
        ran: '`athena` (`audit.sql`) over the columns of `--ddl`',
        events: corpus.name,
        rows,
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
        unchecked: "Logs Insights itself: the translation is this project's own, made after AWS's documentation, since no emulator knows `parse` with a pattern and functions", // prettier-ignore
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
