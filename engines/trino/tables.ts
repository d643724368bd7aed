/**
 * The corpus as tables: files for the engine, and the statements that create tables over them.
 */
import { linkSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Json, RawRecord } from '../../test/support/events.js';
import { cli } from '../../test/support/cli.js';
import { type Corpus, type Log, logsOf, recordsIn } from '../corpus.js';
import { toTrino } from './dialect.js';
import {
  type HiveColumn,
  type HiveTable,
  parseHiveTable,
} from '../../test/support/sql/hive-table.js';
import type { Trino } from './server.js';

/** How a table's partitions are named: the columns, and their values for a log file. */
export interface Partitioning {
  readonly columns: readonly HiveColumn[];
  readonly values: (log: Log) => readonly string[];
}

const part = (name: string, type = 'string'): HiveColumn => ({ name, type });
const dayParts = ({ day }: Log): string[] => day.split('-');

/** The forms that AWS's pages and people's own tables have, beside the projected table. */
export const PARTITIONINGS: Readonly<Record<string, Partitioning>> = {
  'account, region, year, month, day (text)': {
    columns: [part('account'), part('region'), part('year'), part('month'), part('day')],
    values: (log) => [log.account, log.region, ...dayParts(log)],
  },
  'region, year, month, day (numbers)': {
    columns: [part('region'), part('year', 'int'), part('month', 'int'), part('day', 'int')],
    values: (log) => [log.region, ...dayParts(log).map((text) => String(Number(text)))],
  },
  'region, dt (date)': {
    columns: [part('region'), part('dt', 'date')],
    values: ({ region, day }) => [region, day],
  },
};

/** Fields that Amazon's input format turns to text. */
const JSON_TEXT = [
  'requestParameters',
  'responseElements',
  'additionalEventData',
  'serviceEventDetails',
];

function asRead(record: RawRecord): RawRecord {
  const texts = JSON_TEXT.filter(
    (name) => typeof record[name] === 'object' && record[name] !== null,
  );
  const replaced = texts.map((name): [string, Json] => [name, JSON.stringify(record[name])]);
  return { ...record, ...Object.fromEntries(replaced) };
}

/** Log files as the engine reads them, under the bucket's name; their paths stay. */
export function writeLines(trino: Trino, bucket: string, { folder }: Corpus): void {
  for (const log of logsOf(folder)) {
    const lines = recordsIn(folder, log).map((record) => JSON.stringify(asRead(record)));
    const file = join(trino.folder, bucket, log.path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, gzipSync(lines.join('\n')));
  }
}

/** The table that `query athena --ddl` prints, over that bucket. */
export async function projectedTable(bucket: string, corpus: Corpus): Promise<HiveTable> {
  const accounts = new Set(logsOf(corpus.folder).map(({ account }) => account));
  const place = ['--table', `audit.${bucket}`, '--location', `s3://${bucket}/AWSLogs/o-exampleorg`];
  const contents = ['--account', [...accounts].join(','), '--from', '2025-01-01'];
  const { stdout } = await cli(['query', 'athena', '--ddl', ...place, ...contents]);
  return parseHiveTable(stdout);
}

/** The same columns under other partitions, in folders named `column=value`. */
export function partitionedTable(
  table: HiveTable,
  partitioning: Partitioning,
  name: string,
): HiveTable {
  const { columns, database } = table;
  return {
    database,
    name,
    columns,
    partitions: partitioning.columns,
    location: `s3://${name}`,
    properties: {},
  };
}

/** Creates it, and finds its partitions where there is no projection. */
export async function create(trino: Trino, table: HiveTable): Promise<void> {
  await trino.run(`CREATE SCHEMA IF NOT EXISTS ${table.database}`);
  await trino.run(toTrino(table));
  const isProjected = table.properties['projection.enabled'] === 'true';
  if (isProjected || table.partitions.length === 0) return;
  await trino.run(
    `CALL system.sync_partition_metadata('${table.database}', '${table.name}', 'ADD')`,
  );
}

/** The files of a bucket again, by the values of partition columns. */
export function linkPartitions(
  trino: Trino,
  bucket: string,
  corpus: Corpus,
  { name, partitioning }: { name: string; partitioning: Partitioning },
): void {
  for (const log of logsOf(corpus.folder)) {
    const values = partitioning.values(log);
    const folders = partitioning.columns.map((column, place) => `${column.name}=${values[place]}`);
    const file = join(trino.folder, name, ...folders, basename(log.path));
    mkdirSync(dirname(file), { recursive: true });
    linkSync(join(trino.folder, bucket, log.path), file);
  }
}

/** So often that a query over it runs for minutes. */
const AGAIN = 100;

/** A table without partitions over a file with all logs of us-east-1, which is there again and again. */
export async function createLongTable(
  trino: Trino,
  { bucket, corpus }: { bucket: string; corpus: Corpus },
  { database, columns }: HiveTable,
): Promise<{ table: HiveTable; bytes: number }> {
  const table = { database, name: 'long', columns, partitions: [], location: 's3://long', properties: {} }; // prettier-ignore
  const logs = logsOf(corpus.folder).filter(({ region }) => region === 'us-east-1');
  const newLine = gzipSync('\n');
  const file = Buffer.concat(logs.flatMap(({ path }) => [readFileSync(join(trino.folder, bucket, path)), newLine])); // prettier-ignore
  const [folder, first] = [join(trino.folder, 'long'), join(trino.folder, 'long', '0.json.gz')];
  mkdirSync(folder);
  writeFileSync(first, file);
  for (let copy = 1; copy < AGAIN; copy += 1) linkSync(first, join(folder, `${copy}.json.gz`));
  await create(trino, table);
  return { table, bytes: file.length * AGAIN };
}

/** AWS's own template lacks what ours adds to `useridentity`. */
export function officialColumns(table: HiveTable): HiveTable {
  const columns = table.columns.map(({ name, type }) => ({
    name,
    type: type.replace('identityprovider:string,', '').replace(/inscopeof:struct<[^>]*>,/, ''),
  }));
  return { ...table, columns };
}
