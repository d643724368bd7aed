/**
 * CloudTrail Lake's protocol on loopback, over an engine of SQL.
 */
import { tooLong } from '../aws/limits.js';
import { type Answer, json, jsonError, Loopback } from '../aws/loopback.js';
import { quoteDataStore } from './data-store.js';
import type { Answer as Result, Cell, Engine } from './engine.js';
import { Query, type SqlService } from './query.js';

/** How the service writes SQL's NULL, which is not documented. */
export type NullForm = 'the word null' | 'empty' | 'left out';

type Input = Readonly<Record<string, string>>;

export async function lakeService(
  engine: Engine,
  store: string,
  nullForm: NullForm,
): Promise<SqlService> {
  const queries: Query[] = [];
  const find = (input: Input): Query | undefined => queries[Number(input['QueryId'])];
  const start = (input: Input): Answer => {
    queries.push(new Query(engine, quoteDataStore(input['QueryStatement'] ?? '', store)));
    return json({ QueryId: String(queries.length - 1) });
  };
  const server = await Loopback.start(({ operation, body }) => {
    const input = JSON.parse(body) as Input;
    switch (operation) {
      case 'StartQuery':
        return tooLong(input['QueryStatement']) ?? start(input);
      case 'DescribeQuery':
        return description(find(input));
      case 'GetQueryResults':
        return results(find(input)?.result ?? null, input, nullForm);
      default:
        return jsonError('UnsupportedOperationException', operation);
    }
  });
  return Object.assign(server, { queries });
}

async function description(query: Query | undefined): Promise<Answer> {
  if (query === undefined) return jsonError('InactiveQueryException', 'no such query');
  await query.soon();
  const { isRunning, result, reason } = query;
  return json({
    QueryStatus: isRunning ? 'RUNNING' : reason === '' ? 'FINISHED' : 'FAILED',
    QueryStatistics: { BytesScanned: result?.bytesRead ?? 0 },
    ...(reason === '' ? {} : { ErrorMessage: reason }),
  });
}

/** A row is a list of maps with one column each, and all values are text. */
function results(result: Result | null, input: Input, nullForm: NullForm): Answer {
  if (result === null) return jsonError('InactiveQueryException', 'the query has no result');
  const from = Number(input['NextToken'] ?? 0);
  const to = from + Number(input['MaxQueryResults']);
  const rows = result.rows
    .slice(from, to)
    .map((row) =>
      row.flatMap((value, place) => cell(result.columns[place] ?? '', value, nullForm)),
    );
  return json({
    QueryStatus: 'FINISHED',
    QueryResultRows: rows,
    ...(to < result.rows.length ? { NextToken: String(to) } : {}),
  });
}

function cell(name: string, value: Cell, nullForm: NullForm): Record<string, string>[] {
  if (value !== null) return [{ [name]: String(value) }];
  if (nullForm === 'left out') return [];
  return [{ [name]: nullForm === 'empty' ? '' : 'null' }];
}
