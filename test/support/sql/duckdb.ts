/**
 * DuckDB in this process: an engine of its own making that executes the queries of Athena and Lake.
 */
import { DuckDBInstance, version } from '@duckdb/node-api';
import { DEFINITIONS, toDuckDb } from './dialect.js';
import type { Answer, Cell, Engine } from './engine.js';

export interface DuckDb extends Engine {
  readonly close: () => void;
}

/** Such as `1.5.6`. */
export function versionOf(): string {
  return version().replace(/^v/, '');
}

export async function openDuckDb(): Promise<DuckDb> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  for (const { sql } of DEFINITIONS) await connection.run(sql);
  return {
    run: async (sql): Promise<Answer> => {
      const reader = await connection.runAndReadAll(toDuckDb(sql));
      return {
        columns: reader.columnNames(),
        rows: reader.getRowsJson() as Cell[][],
        bytesRead: 0,
      };
    },
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}
