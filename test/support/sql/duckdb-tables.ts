/**
 * Records as tables of DuckDB, shaped like those of Athena and Lake.
 */
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { scratch } from '../cli.js';
import type { Json, RawRecord } from '../events.js';
import type { Engine } from './engine.js';
import type { HiveTable } from './hive-table.js';
import { LAKE_MAPS, LAKE_STRUCTS, LAKE_TEXTS } from './lake-columns.js';

interface Column {
  readonly name: string;
  /** In DuckDB's dialect. */
  readonly type: string;
}

/** The table that a statement of Hive describes, as its JSON SerDe reads records. */
export async function createHiveTable(
  engine: Engine,
  { database, name, columns, partitions }: HiveTable,
  rows: Iterable<{ readonly record: RawRecord; readonly partition: readonly string[] }>,
): Promise<void> {
  const all = [...columns, ...partitions].map((column) => ({ name: column.name, type: toDuckDbType(column.type) })); // prettier-ignore
  await engine.run(`CREATE SCHEMA IF NOT EXISTS "${database}"`);
  await fill(engine, { name: `"${database}"."${name}"`, columns: all }, lines());

  function* lines(): Generator<RawRecord> {
    for (const { record, partition } of rows) {
      const values = partition.map((value, place): [string, Json] => [partitions[place]?.name ?? '', value]); // prettier-ignore
      yield { ...hiveRow(record, columns), ...Object.fromEntries(values) };
    }
  }
}

/** Names of fields lose their capitals, and an object in a column of text is its JSON. */
function hiveRow(record: RawRecord, columns: HiveTable['columns']): RawRecord {
  const fields = new Map(Object.entries(record).map(([field, value]) => [field.toLowerCase(), value])); // prettier-ignore
  return Object.fromEntries(
    columns.map(({ name, type }) => {
      const value = fields.get(name) ?? null;
      return [name, type === 'string' ? textOf(value) : lowerCase(value)];
    }),
  );
}

/** As a column or a map of text holds it. */
function textOf(value: Json): string | null {
  return value === null || typeof value === 'string' ? value : JSON.stringify(value);
}

function lowerCase(value: Json): Json {
  if (Array.isArray(value)) return value.map((item: Json) => lowerCase(item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name.toLowerCase(), lowerCase(inner)])); // prettier-ignore
}

/** `array<struct<arn:string>>` to `struct("arn" varchar)[]`. */
function toDuckDbType(type: string): string {
  const [, item] = /^array<(.*)>$/.exec(type) ?? [];
  if (item !== undefined) return `${toDuckDbType(item)}[]`;
  return type
    .replaceAll(/(\w+):/g, '"$1" ')
    .replaceAll('string', 'varchar')
    .replaceAll('<', '(')
    .replaceAll('>', ')');
}

/** An event data store, as a table under its id. */
export async function createLakeTable(
  engine: Engine,
  store: string,
  records: Iterable<RawRecord>,
): Promise<void> {
  const columns = [
    ...LAKE_TEXTS.map((name) => ({ name, type: 'varchar' })),
    ...LAKE_MAPS.map((name) => ({ name, type: 'map(varchar, varchar)' })),
    ...Object.entries(LAKE_STRUCTS).map(([name, type]) => ({ name, type: ofTrino(type) })),
    { name: 'eventTime', type: 'timestamp' },
    { name: 'readOnly', type: 'boolean' },
    { name: 'managementEvent', type: 'boolean' },
    { name: 'eventJson', type: 'varchar' },
  ];
  await fill(engine, { name: `"${store}"`, columns }, lines());

  function* lines(): Generator<RawRecord> {
    for (const record of records) yield lakeRow(record);
  }
}

function lakeRow(record: RawRecord): RawRecord {
  const maps = LAKE_MAPS.map((name): [string, Json] => [name, textsOf(record[name] ?? null)]);
  const structs = Object.keys(LAKE_STRUCTS).map((name): [string, Json] => [name, lowerCase(record[name] ?? null)]); // prettier-ignore
  const changes = Object.fromEntries([...maps, ...structs]);
  return { ...record, ...changes, eventJson: JSON.stringify(record) };
}

function textsOf(value: Json): Json {
  if (typeof value !== 'object' || value === null) return null;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, textOf(inner)])); // prettier-ignore
}

/** `array(row(arn varchar))` to `struct(arn varchar)[]`. */
function ofTrino(type: string): string {
  return type.replace(/^array\((.*)\)$/, '$1[]').replaceAll('row(', 'struct(');
}

/** DuckDB reads the rows from a file, which takes a thousandth of inserting them. */
export async function fill(
  engine: Engine,
  { name, columns }: { name: string; columns: readonly Column[] },
  rows: Iterable<RawRecord>,
): Promise<void> {
  const file = join(scratch(), 'rows.ndjson');
  const descriptor = openSync(file, 'w');
  for (const row of rows) writeSync(descriptor, `${JSON.stringify(row)}\n`);
  closeSync(descriptor);
  const types = columns.map((column) => `'${column.name}': '${column.type}'`).join(', ');
  await engine.run(
    `CREATE TABLE ${name} AS SELECT * FROM read_json('${file}', format = 'newline_delimited', columns = {${types}})`,
  );
  rmSync(file);
}
