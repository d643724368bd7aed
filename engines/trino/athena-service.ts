/**
 * Athena's protocol on loopback, over Trino: the text of a query is executed as it comes.
 */
import { type Answer, json, jsonError, Loopback } from '../../test/support/aws/loopback.js';
import type { HiveColumn, HiveTable } from './hive-table.js';
import type { Trino } from './server.js';
import type { Answer as Result } from './statement.js';

interface Query {
  readonly text: string;
  state: 'RUNNING' | 'SUCCEEDED' | 'FAILED';
  result: Result | null;
  reason: string;
}

export interface AthenaService extends Loopback {
  /** In the order in which they were started. */
  readonly queries: readonly Query[];
}

type Input = Readonly<Record<string, string>>;

export async function athenaService(
  trino: Trino,
  tables: readonly HiveTable[],
): Promise<AthenaService> {
  const queries: Query[] = [];
  const find = (input: Input): Query | undefined => queries[Number(input['QueryExecutionId'])];
  const server = await Loopback.start(({ operation, body }) => {
    const input = JSON.parse(body) as Input;
    switch (operation) {
      case 'GetWorkGroup':
        return json({ WorkGroup: { Name: input['WorkGroup'], State: 'ENABLED', Configuration: { ResultConfiguration: { OutputLocation: 's3://results/' } } } }); // prettier-ignore
      case 'GetTableMetadata':
        return metadata(tables, input);
      case 'StartQueryExecution':
        queries.push(start(trino, input['QueryString'] ?? ''));
        return json({ QueryExecutionId: String(queries.length - 1) });
      case 'GetQueryExecution':
        return execution(find(input));
      case 'GetQueryResults':
        return results(find(input)?.result ?? null, input);
      default:
        return jsonError('InvalidRequestException', operation);
    }
  });
  return Object.assign(server, { queries });
}

function metadata(tables: readonly HiveTable[], input: Input): Answer {
  const table = tables.find(({ database, name }) => database === input['DatabaseName'] && name === input['TableName']); // prettier-ignore
  if (table === undefined) return jsonError('MetadataException', 'Entity Not Found');
  const list = (columns: readonly HiveColumn[]): unknown =>
    columns.map(({ name, type }) => ({ Name: name, Type: type }));
  return json({
    TableMetadata: {
      Name: table.name,
      Columns: list(table.columns),
      PartitionKeys: list(table.partitions),
      Parameters: { ...table.properties, location: table.location },
    },
  });
}

function start(trino: Trino, text: string): Query {
  const query: Query = { text, state: 'RUNNING', result: null, reason: '' };
  trino.run(text).then(
    (result) => Object.assign(query, { result, state: 'SUCCEEDED' }),
    (error: unknown) => Object.assign(query, { reason: String(error), state: 'FAILED' }),
  );
  return query;
}

function execution(query: Query | undefined): Answer {
  if (query === undefined) return jsonError('InvalidRequestException', 'no such query');
  const { state, result, reason } = query;
  return json({
    QueryExecution: {
      Status: { State: state, ...(reason === '' ? {} : { StateChangeReason: reason, AthenaError: { ErrorCategory: 2, ErrorMessage: reason } }) }, // prettier-ignore
      Statistics: { DataScannedInBytes: result?.bytesRead ?? 0 },
    },
  });
}

/** A page; the first begins with the names of the columns. */
function results(result: Result | null, input: Input): Answer {
  if (result === null) return jsonError('InvalidRequestException', 'the query has no result');
  const rows = [result.columns, ...result.rows];
  const from = Number(input['NextToken'] ?? 0);
  const to = from + Number(input['MaxResults']);
  const cell = (value: string | number | boolean | null): unknown =>
    value === null ? {} : { VarCharValue: String(value) };
  return json({
    ResultSet: {
      Rows: rows.slice(from, to).map((row) => ({ Data: row.map(cell) })),
      ResultSetMetadata: { ColumnInfo: result.columns.map((Name) => ({ Name, Type: 'varchar' })) },
    },
    ...(to < rows.length ? { NextToken: String(to) } : {}),
  });
}
