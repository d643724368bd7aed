import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/report/schema.js';
import { stubAws } from '../../test/support/aws/context.js';
import type { Loopback } from '../../test/support/aws/loopback.js';
import { cli } from '../../test/support/cli.js';
import { newFolder } from '../cache.js';
import {
  collisions,
  type Corpus,
  earlierOrganisation,
  everyKind,
  globalIdsIn,
  logsOf,
  organisation,
  untimed,
} from '../corpus.js';
import { had } from '../had.js';
import { shown } from '../report/evidence.js';
import { expectSame, expectSameCounts, reportOf, reportOfFiles } from '../reports.js';
import { athenaService } from '../../test/support/sql/athena-service.js';
import type { HiveTable } from '../../test/support/sql/hive-table.js';
import { quoteDataStore } from '../../test/support/sql/data-store.js';
import { createLakeView } from './lake-view.js';
import { lakeService, type NullForm } from '../../test/support/sql/lake-service.js';
import { startTrino, type Trino } from './server.js';
import {
  create,
  createLongTable,
  linkPartitions,
  officialColumns,
  partitionedTable,
  PARTITIONINGS,
  projectedTable,
  writeLines,
} from './tables.js';

const kinds = newFolder('kinds');
const colliding = newFolder('collisions');
const timeless = newFolder('times');
const ORGANISATION = {
  bucket: 'organisation',
  store: '66666666-7777-4888-8999-aaaaaaaaaaaa',
  corpus: organisation(),
};
const CORPORA: readonly { bucket: string; store: string; corpus: Corpus }[] = [
  { bucket: 'kinds', store: '11111111-2222-4333-8444-555555555555', corpus: everyKind(kinds) },
  {
    bucket: 'collisions',
    store: '22222222-3333-4444-8555-666666666666',
    corpus: collisions(colliding),
  },
  ORGANISATION,
  { bucket: 'earlier', store: '77777777-8888-4999-8aaa-bbbbbbbbbbbb', corpus: earlierOrganisation() }, // prettier-ignore
];
const NOT_ATHENA = 'Athena itself: which Trino it is, its queues, limits, errors and prices';
const BYTES = 'findings byte for byte, totals, coverage';

stubAws();
const engine = await had('Trino', startTrino);
const services: Loopback[] = [];
const reports = new Map<Corpus, Promise<Report>>();

/** What `files` reports, which every engine is held against. */
async function wanted(corpus: Corpus): Promise<Report> {
  const report = reports.get(corpus) ?? reportOfFiles(corpus);
  reports.set(corpus, report);
  return report;
}

beforeAll(async () => {
  const trino = engine.found;
  if (trino === null) return;
  for (const { bucket, store, corpus } of CORPORA) {
    writeLines(trino, bucket, corpus);
    await createLakeView(trino, store, corpus);
  }
});
afterEach(async () => {
  await Promise.all(services.splice(0).map(async (service) => service.close()));
});
afterAll(async () => {
  await engine.found?.stop();
  for (const folder of [kinds, colliding, timeless]) rmSync(folder, { recursive: true });
});

/** The report of the real program over a table, and what the engine says that it read. */
async function askAthena(
  trino: Trino,
  table: HiveTable,
  corpus: Corpus,
): Promise<{ report: Report; rows: number; bytesRead: number }> {
  const service = await athenaService(trino, [table]);
  services.push(service);
  const name = `${table.database}.${table.name}`;
  const told = await reportOf(corpus, 'athena', '--table', name, '--endpoint-url', service.url);
  // Where partitions are not projected, their list is asked for before.
  const counted = service.queries.at(-1)?.result;
  return { report: told.report, rows: counted?.rows.length ?? 0, bytesRead: counted?.bytesRead ?? 0 }; // prettier-ignore
}

/** Bytes of the files in us-east-1 of the days that can hold events of the window. */
function prunedBytes(trino: Trino, bucket: string, { folder, days }: Corpus): number {
  const logs = logsOf(folder).filter(({ region, day }) => region === 'us-east-1' && days.includes(day)); // prettier-ignore
  expect(logs.length).toBeGreaterThan(0);
  return logs.reduce((sum, { path }) => sum + statSync(join(trino.folder, bucket, path)).size, 0);
}

describe.each(CORPORA)('Athena over Trino: $corpus.name', ({ bucket, corpus }) => {
  it('the table of query athena --ddl, with partition projection', async (context) => {
    const trino = engine.orSkip(context);
    const table = await projectedTable(bucket, corpus);
    await create(trino, table);
    const { report, rows, bytesRead } = await askAthena(trino, table, corpus);
    expectSame(report, await wanted(corpus));
    expect(bytesRead).toBe(prunedBytes(trino, bucket, corpus));
    shown(context, {
      engine: 'Trino',
      version: trino.version,
      ran: '`athena` (`audit.sql`) over the table of `--ddl`, partitions projected',
      events: corpus.name,
      rows,
      equality: `${BYTES}; bytes read are those of us-east-1 and the window alone`,
      unchecked: NOT_ATHENA,
    });
  });

  it.for(Object.entries(PARTITIONINGS))(
    'partitions: %s',
    async ([style, partitioning], context) => {
      const trino = engine.orSkip(context);
      const name = `${bucket}_${partitioning.columns.map((column) => column.name).join('_')}`;
      const table = partitionedTable(await projectedTable(bucket, corpus), partitioning, name);
      linkPartitions(trino, bucket, corpus, { name, partitioning });
      await create(trino, table);
      const { report, rows, bytesRead } = await askAthena(trino, table, corpus);
      expectSame(report, await wanted(corpus));
      expect(bytesRead).toBe(prunedBytes(trino, bucket, corpus));
      shown(context, {
        engine: 'Trino',
        version: trino.version,
        ran: `\`athena\`, partitions \`${style}\``,
        events: corpus.name,
        rows,
        equality: `${BYTES}; bytes read are those of us-east-1 and the window alone`,
        unchecked: NOT_ATHENA,
      });
    },
  );

  it("AWS's own columns, without what the report cannot know then", async (context) => {
    const trino = engine.orSkip(context);
    const table = { ...officialColumns(await projectedTable(bucket, corpus)), name: `${bucket}_official` }; // prettier-ignore
    await create(trino, table);
    const { report, rows } = await askAthena(trino, table, corpus);
    expectSameCounts(report, await wanted(corpus));
    const notes = report.sources.flatMap((source) => source.notes).join(' ');
    expect(notes).toContain('useridentity.inscopeof.credentialsissuedto');
    shown(context, {
      engine: 'Trino',
      version: trino.version,
      ran: "`athena`, the columns of AWS's own template",
      events: corpus.name,
      rows,
      equality: 'findings with their counts, days, times and signals; coverage',
      unchecked: 'that table has no column for functions and tasks, which the report says',
    });
  });
});

describe('Athena over Trino: what tables seldom are', () => {
  it('the table of query athena --ddl, with partition projection', async (context) => {
    const trino = engine.orSkip(context);
    const corpus = untimed(timeless);
    writeLines(trino, 'times', corpus);
    const table = await projectedTable('times', corpus);
    await create(trino, table);
    const { report, rows } = await askAthena(trino, table, corpus);
    expectSame(report, await wanted(corpus));
    expect(report.coverage.complete).toBe(false);
    shown(context, {
      engine: 'Trino',
      version: trino.version,
      ran: '`athena` (`audit.sql`), calls without a readable time among them',
      events: corpus.name,
      rows,
      equality: `${BYTES}, incomplete, with as many records lost`,
      unchecked: NOT_ATHENA,
    });
  });

  it('a table without partitions', async (context) => {
    const trino = engine.orSkip(context);
    const { bucket, corpus } = ORGANISATION;
    const { columns, database } = await projectedTable(bucket, corpus);
    const table = { database, name: 'whole', columns, partitions: [], location: `s3://${bucket}`, properties: {} }; // prettier-ignore
    await create(trino, table);
    const { report, rows } = await askAthena(trino, table, corpus);
    expectSame(report, await wanted(corpus));
    shown(context, {
      engine: 'Trino',
      version: trino.version,
      ran: '`athena`, no partitions: all Regions and days are read, those of the window counted',
      events: corpus.name,
      rows,
      equality: BYTES,
      unchecked: NOT_ATHENA,
    });
  });
});

describe('Athena over Trino: --max-scan', () => {
  it('stops a query while it runs', async (context) => {
    const trino = engine.orSkip(context);
    const { bucket, corpus } = ORGANISATION;
    const { table, bytes } = await createLongTable(trino, ORGANISATION, await projectedTable(bucket, corpus)); // prettier-ignore
    const service = await athenaService(trino, [table]);
    services.push(service);
    const limit = Math.floor(bytes / 100);
    const flags = ['--max-scan', String(limit), '--endpoint-url', service.url];
    const { report, code } = await reportOf(corpus, 'athena', '--table', 'audit.long', ...flags);
    expect(code).toBe(3);
    expect(report.findings).toEqual([]);
    expect(report.coverage.gaps.map((gap) => gap.code)).toContain('scan-limit');
    expect(service.count('StopQueryExecution')).toBe(1);
    const { bytes_scanned: scanned = 0 } = report.sources[0]?.figures ?? {};
    expect(scanned).toBeGreaterThan(limit);
    const ended = await trino.endOf(service.queries[0]?.text ?? '');
    expect(ended).toMatchObject({ state: 'FAILED', error: 'USER_CANCELED' });
    expect(ended.bytesRead).toBeLessThan(bytes);
    shown(context, {
      engine: 'Trino',
      version: trino.version,
      ran: '`athena --max-scan` over a hundred times the logs of us-east-1: the bytes that Trino reports while the query runs, and StopQueryExecution',
      events: corpus.name,
      rows: 0,
      equality:
        'not compared: Trino says that the query was cancelled, before it had read all; the report is empty, incomplete and says why',
      unchecked: 'how late Athena tells what it has read, and how soon it stops',
    });
  });
});

describe.each(CORPORA)('CloudTrail Lake over Trino: $corpus.name', ({ store, corpus }) => {
  const forms: readonly NullForm[] = ['the word null', 'empty', 'left out'];
  it.for(forms)('NULL as %s', async (nullForm, context) => {
    const trino = engine.orSkip(context);
    const service = await lakeService(trino, store, nullForm);
    services.push(service);
    const flags = ['--event-data-store', store, '--endpoint-url', service.url];
    const { report } = await reportOf(corpus, 'lake', ...flags);
    const expected = await wanted(corpus);
    expectSame(report, expected);
    shown(context, {
      engine: 'Trino',
      version: trino.version,
      ran: `\`lake\` (\`audit.sql\`) over a view with Lake's columns, NULL written as ${nullForm === 'left out' ? 'nothing' : nullForm}`,
      events: corpus.name, // prettier-ignore
      rows: report.sources[0]?.figures['rows'] ?? 0,
      equality: BYTES,
      unchecked: 'Lake itself: it takes no new customers, and how it writes NULL is not documented',
    });
  });
});

/** They count by ids alone, which colliding events do not have. */
const WITH_IDS = CORPORA.filter(({ bucket }) => bucket !== 'collisions');

describe.each(WITH_IDS)(
  'the short queries over Trino: $corpus.name',
  ({ bucket, store, corpus }) => {
    it('callers.sql of Athena', async (context) => {
      const trino = engine.orSkip(context);
      const table = { ...(await projectedTable(bucket, corpus)), name: `${bucket}_for_callers` };
      await create(trino, table);
      const { from, to } = corpus;
      const flags = ['--table', `audit.${table.name}`, '--from', from, '--to', to, '--summary'];
      const { stdout: text } = await cli(['query', 'athena', ...flags]);
      const { columns, rows } = await trino.run(text);
      const calls = rows.reduce((sum, row) => sum + Number(row[columns.indexOf('calls')]), 0);
      expect(calls).toBe(globalIdsIn(corpus).size);
      shown(context, {
        engine: 'Trino',
        version: trino.version,
        ran: '`callers.sql` of Athena',
        events: corpus.name,
        rows: rows.length,
        equality: 'calls are the distinct ids of calls to the global endpoint',
        unchecked: NOT_ATHENA,
      });
    });

    it('callers.sql of Lake', async (context) => {
      const trino = engine.orSkip(context);
      const { from, to } = corpus;
      const flags = ['--event-data-store', store, '--from', from, '--to', to, '--summary'];
      const { stdout } = await cli(['query', 'lake', ...flags]);
      const { columns, rows } = await trino.run(quoteDataStore(stdout, store));
      const calls = rows.reduce((sum, row) => sum + Number(row[columns.indexOf('calls')]), 0);
      expect(calls).toBe(globalIdsIn(corpus).size);
      shown(context, {
        engine: 'Trino',
        version: trino.version,
        ran: '`callers.sql` of Lake',
        events: corpus.name,
        rows: rows.length,
        equality: 'calls are the distinct ids of calls to the global endpoint',
        unchecked: 'Lake itself',
      });
    });
  },
);
