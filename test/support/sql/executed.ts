/**
 * Records in DuckDB, where the queries of Athena and Lake can be executed.
 */
import { tableDdl } from '../../../src/sources/athena/ddl.js';
import { deliveryDay, textAt } from '../aws/evidence.js';
import { FROM, type RawRecord } from '../events.js';
import { openDuckDb } from './duckdb.js';
import { createHiveTable, createLakeTable } from './duckdb-tables.js';
import type { Engine } from './engine.js';
import { type HiveTable, parseHiveTable } from './hive-table.js';

const ACCOUNT = '111111111111';

/** The trail of one account, in the table that the product offers; delivered `late` seconds later. */
export async function athenaTable(
  records: readonly RawRecord[],
  late: number,
): Promise<{ engine: Engine; table: HiveTable }> {
  const trail = { location: 's3://trail/AWSLogs', accounts: [ACCOUNT], since: FROM - 86_400 * 30 };
  const name = { catalog: 'AwsDataCatalog', database: 'audit', table: 'cloudtrail' };
  const table = parseHiveTable(tableDdl(name, trail));
  const rows = records.map((record) => {
    const region = textAt(record, 'awsRegion') === 'global' ? 'us-east-1' : textAt(record, 'awsRegion'); // prettier-ignore
    const day = deliveryDay(record, late).replaceAll('-', '/');
    return { record, partition: [ACCOUNT, region ?? '', day] };
  });
  const engine = await openDuckDb();
  await createHiveTable(engine, table, rows);
  return { engine, table };
}

export async function lakeTable(store: string, records: readonly RawRecord[]): Promise<Engine> {
  const engine = await openDuckDb();
  await createLakeTable(engine, store, records);
  return engine;
}
