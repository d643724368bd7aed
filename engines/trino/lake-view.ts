/**
 * A view shaped like an event data store: the columns that AWS documents, made from records.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { LAKE_MAPS, LAKE_STRUCTS, LAKE_TEXTS } from '../../test/support/sql/lake-columns.js';
import { type Corpus, logsOf, recordsIn } from '../corpus.js';
import type { Trino } from './server.js';

/** The store is multi-Region and holds the whole organisation, as one table. */
export async function createLakeView(trino: Trino, store: string, corpus: Corpus): Promise<void> {
  const name = `lines_${store.slice(0, 8)}`;
  writeLines(join(trino.folder, name), corpus);
  await trino.run('CREATE SCHEMA IF NOT EXISTS audit');
  await trino.run(
    `CREATE TABLE audit.${name} (line varchar) WITH (format = 'TEXTFILE', external_location = 'local:///${name}')`,
  );
  const of = (field: string): string => `json_extract(line, '$.${field}')`;
  const columns = [
    ...LAKE_TEXTS.map((field) => `json_extract_scalar(line, '$.${field}') AS ${field}`),
    ...LAKE_MAPS.map((field) => `${mapOf(of(field))} AS ${field}`),
    ...Object.entries(LAKE_STRUCTS).map(
      ([field, type]) => `CAST(${of(field)} AS ${type}) AS ${field}`,
    ),
    "CAST(from_iso8601_timestamp(json_extract_scalar(line, '$.eventTime')) AT TIME ZONE 'UTC' AS timestamp(3)) AS eventTime",
    ...['readOnly', 'managementEvent'].map((field) => `CAST(${of(field)} AS boolean) AS ${field}`),
    'line AS eventJson',
  ];
  await trino.run(
    `CREATE VIEW audit."${store}" AS SELECT ${columns.join(',\n')} FROM audit.${name}`,
  );
}

function mapOf(value: string): string {
  return `transform_values(CAST(${value} AS map(varchar, json)), (key, item) -> coalesce(json_extract_scalar(item, '$'), json_format(item)))`;
}

function writeLines(folder: string, corpus: Corpus): void {
  mkdirSync(folder, { recursive: true });
  for (const [number, log] of logsOf(corpus.folder).entries()) {
    const lines = recordsIn(corpus.folder, log).map((record) => JSON.stringify(record));
    writeFileSync(join(folder, `${number}.gz`), gzipSync(lines.join('\n')));
  }
}
