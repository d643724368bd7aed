/**
 * One query of Athena from start to last page, and the end of it whatever happens.
 */
import { randomUUID } from 'node:crypto';
import {
  type AthenaClient,
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  type QueryExecution,
  type Row,
  StartQueryExecutionCommand,
  StopQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import { call } from '../../aws/call.js';
import { pages } from '../../aws/tokens.js';
import type { Context } from '../../contracts.js';
import type { TextRow } from '../engine/row.js';
import type { TableName } from './athena-options.js';
import { QueryEnded } from './query-ended.js';
import type { Workgroup } from './workgroup.js';

export interface Execution {
  readonly rows: readonly TextRow[];
  readonly bytesScanned: number;
}

/** The longest that AWS allows a query, and time to wait in its queue. */
const LONGEST_QUERY = 5 * 3_600_000;
const FIRST_POLL = 500;
const LONGEST_POLL = 5000;
const PAGE = 1000;

export class Executor {
  readonly #client: AthenaClient;
  readonly #name: TableName;
  readonly #workgroup: Workgroup;
  readonly #maxScan: number | null;

  constructor(
    client: AthenaClient,
    name: TableName,
    limits: { workgroup: Workgroup; maxScan: number | null },
  ) {
    this.#client = client;
    this.#name = name;
    this.#workgroup = limits.workgroup;
    this.#maxScan = limits.maxScan;
  }

  /** Rejects with CallError, QueryEnded, LostPages, or the signal's reason. */
  async run(text: string, context: Context): Promise<Execution> {
    const id = await this.#start(text, context);
    let ended = false;
    try {
      const execution = await this.#wait(id, context);
      ended = true;
      if (execution.Status?.State !== 'SUCCEEDED') throw new QueryEnded(execution.Status);
      const bytesScanned = execution.Statistics?.DataScannedInBytes ?? 0;
      return { rows: await this.#rows(id, context), bytesScanned };
    } finally {
      if (!ended) await this.#stop(id);
    }
  }

  async #start(text: string, context: Context): Promise<string> {
    const { name, outputLocation } = this.#workgroup;
    const input = {
      QueryString: text,
      QueryExecutionContext: { Catalog: this.#name.catalog, Database: this.#name.database },
      WorkGroup: name,
      // A start that is repeated after a lost answer must not run, and cost, twice.
      ClientRequestToken: randomUUID(),
      ...(outputLocation === null
        ? {}
        : { ResultConfiguration: { OutputLocation: outputLocation } }),
    };
    const attempt = { action: 'athena:StartQueryExecution', resource: `workgroup ${name}` };
    const { QueryExecutionId: id = '' } = await call(context, attempt, async (options) =>
      this.#client.send(new StartQueryExecutionCommand(input), options),
    );
    return id;
  }

  async #wait(id: string, context: Context): Promise<QueryExecution> {
    const deadline = context.now() + LONGEST_QUERY;
    const attempt = { action: 'athena:GetQueryExecution', resource: `query ${id}` };
    for (let pause = FIRST_POLL; ; pause = Math.min(LONGEST_POLL, pause * 1.5)) {
      const { QueryExecution: execution = {} } = await call(context, attempt, async (options) =>
        this.#client.send(new GetQueryExecutionCommand({ QueryExecutionId: id }), options),
      );
      const state = execution.Status?.State ?? 'QUEUED';
      const bytes = execution.Statistics?.DataScannedInBytes ?? 0;
      context.progress({ source: 'athena', unit: 'queries', done: 0, total: null, bytes, totalBytes: null, detail: state.toLowerCase() }); // prettier-ignore
      if (state !== 'QUEUED' && state !== 'RUNNING') return execution;
      if (this.#maxScan !== null && bytes > this.#maxScan) throw new QueryEnded('max-scan');
      if (context.now() > deadline) throw new QueryEnded('deadline');
      await context.sleep(pause);
    }
  }

  async #rows(id: string, context: Context): Promise<TextRow[]> {
    const attempt = { action: 'athena:GetQueryResults', resource: `query ${id}` };
    const read = async (NextToken?: string) =>
      call(context, attempt, async (options) =>
        this.#client.send(
          new GetQueryResultsCommand({ QueryExecutionId: id, MaxResults: PAGE, ...(NextToken === undefined ? {} : { NextToken }) }), // prettier-ignore
          options,
        ),
      );
    const rows: TextRow[] = [];
    let isFirst = true;
    let names: string[] = [];
    for await (const { ResultSet } of pages(read, ({ NextToken }) => NextToken)) {
      const columns = ResultSet?.ResultSetMetadata?.ColumnInfo;
      names = columns?.map(({ Name = '' }) => Name) ?? names;
      for (const row of ResultSet?.Rows ?? []) {
        // The first row of the first page repeats the names of the columns.
        if (!isFirst || !isHeader(row, names)) rows.push(toTextRow(row, names));
        isFirst = false;
      }
    }
    return rows;
  }

  /** Not to be interrupted, and its own failure changes nothing: the query may have just ended. */
  async #stop(id: string): Promise<void> {
    const command = new StopQueryExecutionCommand({ QueryExecutionId: id });
    await this.#client.send(command).catch(() => undefined);
  }
}

function isHeader({ Data = [] }: Row, names: readonly string[]): boolean {
  return names.length > 0 && names.every((name, column) => Data[column]?.VarCharValue === name);
}

function toTextRow({ Data = [] }: Row, names: readonly string[]): TextRow {
  return Object.fromEntries(
    names.map((name, column) => [name.toLowerCase(), Data[column]?.VarCharValue ?? null]),
  );
}
