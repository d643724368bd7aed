/**
 * What is not there: partitions that nobody has added to a table, by Trino's own list of them, and
 * events in a window.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/report/schema.js';
import { stubAws } from '../../test/support/aws/context.js';
import type { Loopback } from '../../test/support/aws/loopback.js';
import { athenaService } from '../../test/support/sql/athena-service.js';
import { lakeService } from '../../test/support/sql/lake-service.js';
import { newFolder } from '../cache.js';
import { everyKind, logsOf } from '../corpus.js';
import { had } from '../had.js';
import { shown } from '../report/evidence.js';
import { reportOf } from '../reports.js';
import { createLakeView } from './lake-view.js';
import { startTrino, type Trino } from './server.js';
import { create, linkPartitions, partitionedTable, type Partitioning, PARTITIONINGS, projectedTable, writeLines } from './tables.js'; // prettier-ignore

const NOT_ATHENA = "Athena itself, and Glue's list of partitions";
const STORE = '11111111-2222-4333-8444-555555555555';
const folder = newFolder('days');
const corpus = everyKind(folder);

stubAws();
const engine = await had('Trino', startTrino);
const services: Loopback[] = [];

beforeAll(() => {
  if (engine.found !== null) writeLines(engine.found, 'days', corpus);
});
afterEach(async () => {
  await Promise.all(services.splice(0).map(async (service) => service.close()));
});
afterAll(async () => {
  await engine.found?.stop();
  rmSync(folder, { recursive: true });
});

/** The days of July that the table is told of, and what the program reports over it. */
async function reportOver(
  trino: Trino,
  partitioning: Partitioning,
  forgotten: readonly string[],
): Promise<{ report: Report; rows: number }> {
  const name = `days_${partitioning.columns.length}_without_${forgotten.length}`;
  const table = partitionedTable(await projectedTable('days', corpus), partitioning, name);
  linkPartitions(trino, 'days', corpus, { name, partitioning });
  for (const { path, ...log } of logsOf(folder)) {
    if (!forgotten.includes(log.day)) continue;
    const values = partitioning.values({ path, ...log });
    const folders = partitioning.columns.map((column, place) => `${column.name}=${values[place]}`);
    rmSync(join(trino.folder, name, ...folders), { recursive: true });
  }
  await create(trino, table);
  const service = await athenaService(trino, [table]);
  services.push(service);
  const { report } = await reportOf(corpus, 'athena', '--table', `audit.${name}`, '--endpoint-url', service.url); // prettier-ignore
  const [list] = service.queries;
  expect(list?.text).toContain('$partitions');
  return { report, rows: list?.result?.rows.length ?? 0 };
}

describe.each(Object.entries(PARTITIONINGS))(
  'partitions added by hand: %s',
  (style, partitioning) => {
    it('of which two days were forgotten', async (context) => {
      const trino = engine.orSkip(context);
      const { report, rows } = await reportOver(trino, partitioning, ['2026-07-02', '2026-07-03']);
      expect(report.coverage.gaps.map(({ message }) => message)).toEqual(['The table has no partition of 2 days of the window, which were not read: 2026-07-02 to 2026-07-03.']); // prettier-ignore
      shown(context, {
        engine: 'Trino',
        version: trino.version,
        ran: `\`partitions.sql\`, partitions \`${style}\`, two days forgotten`,
        events: corpus.name,
        rows,
        equality: 'the two days are named as a gap, and no others',
        unchecked: NOT_ATHENA,
      });
    });

    it('of which none was forgotten', async (context) => {
      const trino = engine.orSkip(context);
      const { report, rows } = await reportOver(trino, partitioning, []);
      expect(report.coverage.gaps).toEqual([]);
      shown(context, {
        engine: 'Trino',
        version: trino.version,
        ran: `\`partitions.sql\`, partitions \`${style}\``,
        events: corpus.name,
        rows,
        equality: 'no gap',
        unchecked: NOT_ATHENA,
      });
    });
  },
);

describe('a window without events', () => {
  const before = { ...corpus, from: '2026-06-01T00:00:00Z', to: '2026-06-02T00:00:00Z' };

  it('in a table', async (context) => {
    const trino = engine.orSkip(context);
    const table = await projectedTable('days', corpus);
    await create(trino, table);
    const service = await athenaService(trino, [table]);
    services.push(service);
    const { report } = await reportOf(before, 'athena', '--table', 'audit.days', '--endpoint-url', service.url); // prettier-ignore
    expectNothing(report, service.queries.at(-1)?.result?.rows.length);
    shown(context, { engine: 'Trino', version: trino.version, ran: '`athena` (`audit.sql`) over a window without events', events: corpus.name, rows: 1, equality: 'one row, which says that there is none', unchecked: NOT_ATHENA }); // prettier-ignore
  });

  it('in an event data store', async (context) => {
    const trino = engine.orSkip(context);
    await createLakeView(trino, STORE, corpus);
    const service = await lakeService(trino, STORE, 'left out');
    services.push(service);
    const { report } = await reportOf(before, 'lake', '--event-data-store', STORE, '--endpoint-url', service.url); // prettier-ignore
    expectNothing(report, 1);
    shown(context, { engine: 'Trino', version: trino.version, ran: '`lake` (`audit.sql`) over a window without events', events: corpus.name, rows: 1, equality: 'one row, which says that there is none', unchecked: 'Lake itself' }); // prettier-ignore
  });
});

function expectNothing(report: Report, rows: number | undefined): void {
  expect(rows).toBe(1);
  expect(report.sources[0]?.figures['rows']).toBe(0);
  expect(report.coverage.gaps.map(({ code }) => code)).toEqual(['nothing-assessable']);
}
