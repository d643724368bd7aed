import {
  CancelQueryCommand,
  type CloudTrailClient,
  DescribeQueryCommand,
  type DescribeQueryCommandOutput,
  GetQueryResultsCommand,
  StartQueryCommand,
} from '@aws-sdk/client-cloudtrail';
import { call, CallError } from '../../aws/call.js';
import { cancel, notCancelled } from '../../aws/cancel.js';
import { sentenceOf, toUserError } from '../../aws/failure.js';
import { LostPages, pages } from '../../aws/tokens.js';
import type { Batch, Context, Coverage } from '../../contracts.js';
import { UserError } from '../../errors.js';
import { CoverageNotes } from '../coverage.js';
import { batchesOfPages } from '../engine/result.js';
import type { TextRow } from '../engine/row.js';
import type { DataStore } from './data-store.js';
import { counted } from '../../counted.js';

/** Queries end after an hour; one that says nothing for longer is lost. */
const LONGEST_QUERY = 65 * 60_000;
const FIRST_POLL = 1000;
const LONGEST_POLL = 5000;
const PAGE = 1000;

export async function* collectLake(
  client: CloudTrailClient,
  { store, text, account }: { store: DataStore; text: string; account: string | undefined },
  context: Context,
): AsyncGenerator<Batch, Coverage, void> {
  const coverage = new CoverageNotes('lake', [store.id], account);
  try {
    const result = await new LakeQuery(client, store, context).run(text, coverage);
    if (result !== null) yield* batchesOfPages(result, store.id, coverage);
  } catch (error) {
    if (!context.signal.aborted) failed(error, store.id, coverage);
  }
  return coverage.result(context.signal.aborted);
}

function failed(error: unknown, store: string, coverage: CoverageNotes): void {
  if (error instanceof LostPages) {
    coverage.gap('rows-missing', store, `Rows are missing: ${error.message}.`);
  } else if (error instanceof CallError && coverage.figureOf('queries') > 0) {
    coverage.gap(error.failure.code, store, sentenceOf(error.failure));
  } else {
    throw error instanceof CallError ? toUserError(error.failure, error) : error;
  }
}

class LakeQuery {
  readonly #client: CloudTrailClient;
  readonly #store: string;
  readonly #owner: string | null;
  readonly #context: Context;
  /** For every call about the query, where its store is that of another account. */
  #ofOwner: { EventDataStoreOwnerAccountId?: string } = {};

  constructor(client: CloudTrailClient, { id, account }: DataStore, context: Context) {
    this.#client = client;
    this.#store = id;
    this.#owner = account;
    this.#context = context;
  }

  /** The rows, page by page; null when there are none for a reason that was noted. */
  async run(
    text: string,
    coverage: CoverageNotes,
  ): Promise<AsyncIterable<readonly TextRow[]> | null> {
    const QueryId = await this.#start(text);
    coverage.figure('queries', 1);
    let ended = false;
    try {
      const query = await this.#wait(QueryId, coverage);
      ended = query !== null;
      return query === null || !this.#succeeded(query, coverage) ? null : this.#pages(QueryId);
    } finally {
      if (!ended) await this.#cancel(QueryId, coverage);
    }
  }

  /** Not to be interrupted: a query that has been started has to be known, to be stopped. */
  async #start(text: string): Promise<string> {
    try {
      const { QueryId = '' } = await call(this.#context, this.#attempt('StartQuery'), async () =>
        this.#client.send(new StartQueryCommand({ QueryStatement: text, ...this.#ofOwner })),
      );
      return QueryId;
    } catch (error) {
      // A delegated administrator asks the stores of the organization's management account.
      const isElsewhere = error instanceof CallError && error.failure.name === 'EventDataStoreNotFoundException'; // prettier-ignore
      if (!isElsewhere || this.#owner === null || 'EventDataStoreOwnerAccountId' in this.#ofOwner) throw error; // prettier-ignore
      this.#ofOwner = { EventDataStoreOwnerAccountId: this.#owner };
      return this.#start(text);
    }
  }

  /** Null when the service never says that the query has ended. */
  async #wait(
    QueryId: string,
    coverage: CoverageNotes,
  ): Promise<DescribeQueryCommandOutput | null> {
    const deadline = this.#context.now() + LONGEST_QUERY;
    for (let pause = FIRST_POLL; ; pause = Math.min(LONGEST_POLL, pause * 1.5)) {
      const query = await call(this.#context, this.#attempt('DescribeQuery'), async (options) =>
        this.#client.send(new DescribeQueryCommand({ QueryId, ...this.#ofOwner }), options),
      );
      const state = query.QueryStatus ?? 'RUNNING';
      this.#context.progress({ source: 'lake', unit: 'queries', done: 0, total: 1, bytes: query.QueryStatistics?.BytesScanned ?? 0, totalBytes: null, detail: state.toLowerCase() }); // prettier-ignore
      if (state !== 'QUEUED' && state !== 'RUNNING') return query;
      if (this.#context.now() > deadline) {
        coverage.gap('query-timeout', this.#store, 'The query did not end within an hour.');
        return null;
      }
      await this.#context.sleep(pause);
    }
  }

  #succeeded(query: DescribeQueryCommandOutput, coverage: CoverageNotes): boolean {
    const { QueryStatus: status, QueryStatistics: statistics, ErrorMessage: message } = query;
    if (status === 'FAILED') {
      throw new UserError(`the query failed: ${message ?? 'CloudTrail does not say why'}`, {
        hint: 'check the event data store and its Region (--region)',
      });
    }
    coverage.figure('bytes_scanned', statistics?.BytesScanned ?? 0);
    coverage.figure('events_scanned', statistics?.EventsScanned ?? 0);
    if (status === 'FINISHED') return true;
    const hint = status === 'TIMED_OUT' ? '; ask for a shorter window' : '';
    const text = `The query ended as ${status ?? 'unknown'}${hint}.`;
    coverage.gap('query-failed', this.#store, text);
    return false;
  }

  async *#pages(QueryId: string): AsyncGenerator<readonly TextRow[], void> {
    const read = async (NextToken?: string) =>
      call(this.#context, this.#attempt('GetQueryResults'), async (options) =>
        this.#client.send(
          new GetQueryResultsCommand({ QueryId, MaxQueryResults: PAGE, ...this.#ofOwner, ...(NextToken === undefined ? {} : { NextToken }) }), // prettier-ignore
          options,
        ),
      );
    let [came, stated] = [0, 0];
    for await (const { QueryResultRows, QueryStatistics } of pages(
      read,
      ({ NextToken }) => NextToken,
    )) {
      if (QueryResultRows === undefined) throw new LostPages('a page came without rows');
      came += QueryResultRows.length;
      stated = Math.max(stated, QueryStatistics?.TotalResultsCount ?? 0);
      yield QueryResultRows.map(toTextRow);
    }
    if (came < stated)
      throw new LostPages(`the service states ${counted(stated, 'row')}, and ${came} came`);
  }

  async #cancel(QueryId: string, coverage: CoverageNotes): Promise<void> {
    const attempt = this.#attempt('CancelQuery');
    const command = new CancelQueryCommand({ QueryId, ...this.#ofOwner });
    const stopped = await cancel(attempt, async () => this.#client.send(command));
    if (!stopped) coverage.note(notCancelled(attempt));
  }

  #attempt(operation: string): { action: string; resource: string } {
    return { action: `cloudtrail:${operation}`, resource: `event data store ${this.#store}` };
  }
}

/** Each cell is a map with one column. */
function toTextRow(cells: readonly Record<string, string>[]): TextRow {
  const columns = cells.flatMap((cell) => Object.entries(cell));
  return Object.fromEntries(columns.map(([name, value]) => [name.toLowerCase(), value]));
}
