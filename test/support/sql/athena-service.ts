/**
 * Athena's protocol on loopback, over an engine of SQL: the text of a query is executed as it comes.
 */
import { type Answer, json, jsonError, Loopback } from '../aws/loopback.js';
import type { HiveColumn, HiveTable } from './hive-table.js';
import type { Answer as Result, Engine } from './engine.js';
import { Query, type SqlService } from './query.js';

type Input = Readonly<Record<string, string>>;

export async function athenaService(
  engine: Engine,
  tables: readonly HiveTable[],
): Promise<SqlService> {
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
        queries.push(new Query(engine, input['QueryString'] ?? ''));
        return json({ QueryExecutionId: String(queries.length - 1) });
      case 'GetQueryExecution':
        return execution(find(input));
      case 'StopQueryExecution':
        return stop(find(input));
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

async function execution(query: Query | undefined): Promise<Answer> {
  if (query === undefined) return jsonError('InvalidRequestException', 'no such query');
  await query.soon();
  return json({
    QueryExecution: {
      Status: statusOf(query),
      Statistics: { DataScannedInBytes: query.bytesRead },
    },
  });
}

async function stop(query: Query | undefined): Promise<Answer> {
  if (query === undefined) return jsonError('InvalidRequestException', 'no such query');
  await query.cancel();
  return json({});
}

function statusOf({ isRunning, isCancelled, reason }: Query): unknown {
  if (isRunning) return { State: 'RUNNING' };
  if (isCancelled) return { State: 'CANCELLED', StateChangeReason: reason };
  if (reason === '') return { State: 'SUCCEEDED' };
  return { State: 'FAILED', StateChangeReason: reason, AthenaError: { ErrorCategory: 2, ErrorMessage: reason } }; // prettier-ignore
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
