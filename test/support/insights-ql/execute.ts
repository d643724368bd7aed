/**
 * Queries of Logs Insights over log events, executed by DuckDB.
 */
import { openDuckDb } from '../sql/duckdb.js';
import { fill } from '../sql/duckdb-tables.js';
import { MACROS } from './expression.js';
import { toPipeline } from './pipeline.js';

export interface LogEvent {
  readonly '@message': string;
  /** Milliseconds. */
  readonly '@timestamp': number;
  readonly '@ptr': string;
}

export interface Result {
  /** Without the fields that an event does not have. */
  readonly rows: readonly Readonly<Record<string, string>>[];
  readonly matched: number;
}

/** `discovers`: whether the log group's class knows the fields of JSON messages. */
export async function executeInsights(
  query: string,
  events: readonly LogEvent[],
  discovers: boolean,
): Promise<Result> {
  const engine = await openDuckDb();
  try {
    for (const macro of MACROS) await engine.run(macro);
    const columns = [
      { name: '@message', type: 'varchar' },
      { name: '@timestamp', type: 'bigint' },
      { name: '@ptr', type: 'varchar' },
    ];
    await fill(
      engine,
      { name: 'events', columns },
      events.map((event) => ({ ...event })),
    );
    const { sql, matched } = toPipeline(query, 'events', discovers);
    const { columns: names, rows } = await engine.run(sql);
    const total = (await engine.run(matched)).rows[0]?.[0] ?? 0;
    return {
      rows: rows.map((row) =>
        Object.fromEntries(
          row.flatMap((value, at) => (value === null ? [] : [[names[at] ?? '', String(value)]])),
        ),
      ),
      matched: Number(total),
    };
  } finally {
    engine.close();
  }
}
