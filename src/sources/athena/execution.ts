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
import { call, CallError } from '../../aws/call.js';
import { cancel, notCancelled } from '../../aws/cancel.js';
import { LostPages, pages } from '../../aws/tokens.js';
import type { Context } from '../../contracts.js';
import type { TextRow } from '../engine/row.js';
import type { TableName } from './athena-options.js';
import { QueryEnded } from './query-ended.js';
import type { Workgroup } from './workgroup.js';

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
  readonly #note: (sentence: string) => void;
  #bytesScanned = 0;
  #hasStarted = false;
  /** Why a query could not be followed: further ones would be charged for in vain. */
  #denied: CallError | null = null;

  /** `note` takes what a reader of the report should know. */
  constructor(
    client: AthenaClient,
    name: TableName,
    limits: { workgroup: Workgroup; maxScan: number | null },
    note: (sentence: string) => void,
  ) {
    this.#client = client;
    this.#name = name;
    this.#workgroup = limits.workgroup;
    this.#maxScan = limits.maxScan;
    this.#note = note;
  }

  /** Whether more than `--max-scan` was scanned, by all queries together. */
  get isOverLimit(): boolean {
    return this.#maxScan !== null && this.#bytesScanned > this.#maxScan;
  }

  /** Whether any query was started. Until then, trouble is one of configuration. */
  get hasStarted(): boolean {
    return this.#hasStarted;
  }

  /** Of all queries, also those that ended without a result: they are charged for, too. */
  get bytesScanned(): number {
    return this.#bytesScanned;
  }

  /**
   * Runs a query to its end and hands out its rows, page by page, to be read once. Rejects with CallError, QueryEnded or the signal's reason; reading its
   * pages does so with LostPages, too.
   */
  async run(text: string, context: Context): Promise<AsyncIterable<readonly TextRow[]>> {
    // An earlier query may have gone past the limit between two looks at it.
    if (this.isOverLimit) throw new QueryEnded('max-scan');
    if (this.#denied !== null) throw this.#denied;
    const id = await this.#start(text, context);
    this.#hasStarted = true;
    let ended = false;
    try {
      const execution = await this.#wait(id, context);
      ended = true;
      if (execution.Status?.State !== 'SUCCEEDED') throw new QueryEnded(execution.Status);
      return this.#pages(id, context);
    } finally {
      if (!ended) await this.#stop(id);
    }
  }

  /** Not to be interrupted: a query that has been started has to be known, to be stopped. */
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
    const { QueryExecutionId: id = '' } = await call(context, attempt, async () =>
      this.#client.send(new StartQueryExecutionCommand(input)),
    );
    return id;
  }

  async #wait(id: string, context: Context): Promise<QueryExecution> {
    const deadline = context.now() + LONGEST_QUERY;
    const before = this.#bytesScanned;
    const attempt = { action: 'athena:GetQueryExecution', resource: `query ${id}` };
    for (let pause = FIRST_POLL; ; pause = Math.min(LONGEST_POLL, pause * 1.5)) {
      const { QueryExecution: execution = {} } = await this.#follow(
        context,
        attempt,
        async (options) =>
          this.#client.send(new GetQueryExecutionCommand({ QueryExecutionId: id }), options),
      );
      const state = execution.Status?.State ?? 'QUEUED';
      const bytes = before + (execution.Statistics?.DataScannedInBytes ?? 0);
      this.#bytesScanned = bytes;
      context.progress({ source: 'athena', unit: 'queries', done: 0, total: null, bytes, totalBytes: null, detail: state.toLowerCase() }); // prettier-ignore
      if (state !== 'QUEUED' && state !== 'RUNNING') return execution;
      if (this.isOverLimit) throw new QueryEnded('max-scan');
      if (context.now() > deadline) throw new QueryEnded('deadline');
      await context.sleep(pause);
    }
  }

  async *#pages(id: string, context: Context): AsyncGenerator<readonly TextRow[], void> {
    const attempt = { action: 'athena:GetQueryResults', resource: `query ${id}` };
    const read = async (NextToken?: string) =>
      this.#follow(context, attempt, async (options) =>
        this.#client.send(
          new GetQueryResultsCommand({ QueryExecutionId: id, MaxResults: PAGE, ...(NextToken === undefined ? {} : { NextToken }) }), // prettier-ignore
          options,
        ),
      );
    let isFirst = true;
    let names: string[] = [];
    for await (const { ResultSet } of pages(read, ({ NextToken }) => NextToken)) {
      const columns = ResultSet?.ResultSetMetadata?.ColumnInfo;
      names = columns?.map(({ Name = '' }) => Name) ?? names;
      if (ResultSet?.Rows === undefined) throw new LostPages('a page came without rows');
      // The first row of the first page repeats the names of the columns.
      const hasHeader = isFirst && ResultSet.Rows.slice(0, 1).some((row) => isHeader(row, names));
      const rows = hasHeader ? ResultSet.Rows.slice(1) : ResultSet.Rows;
      isFirst = false;
      yield rows.map((row) => toTextRow(row, names));
    }
  }

  /** A call about a query that was started. */
  async #follow<T>(...asked: Parameters<typeof call<T>>): Promise<T> {
    return call(...asked).catch((error: unknown) => {
      if (error instanceof CallError && !error.failure.transient) this.#denied = error;
      throw error;
    });
  }

  async #stop(id: string): Promise<void> {
    const attempt = { action: 'athena:StopQueryExecution', resource: `query ${id}` };
    const command = new StopQueryExecutionCommand({ QueryExecutionId: id });
    const stopped = await cancel(attempt, async () => this.#client.send(command));
    if (!stopped) this.#note(notCancelled(attempt));
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
