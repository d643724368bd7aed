/**
 * One query of Logs Insights from start to last page, and the end of it whatever happens.
 */
import {
  type CloudWatchLogsClient,
  GetQueryResultsCommand,
  type GetQueryResultsCommandOutput,
  StartQueryCommand,
  StopQueryCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { call, CallError } from '../../aws/call.js';
import { pages } from '../../aws/tokens.js';
import type { Context } from '../../contracts.js';
import type { Bounded } from '../bounded.js';

export interface Request {
  readonly groupIds: readonly string[];
  readonly window: Bounded;
  readonly text: (limit: number) => string;
}

export type Row = Readonly<Record<string, string>>;

export interface Result {
  readonly rows: readonly Row[];
  /** Events that the query matched, of which rows may show only a part; null when not said. */
  readonly matched: number | null;
  /** The most rows that the query could return. */
  readonly limit: number;
  readonly bytesScanned: number;
  readonly recordsScanned: number;
}

/** A query that ended without a result: the service's word for its state. */
export class QueryFailed extends Error {
  readonly status: string;

  constructor(status: string) {
    super(`the query ended as ${status}`);
    this.name = 'QueryFailed';
    this.status = status;
  }
}

/** Since 2026; before, and where that has not arrived, 10,000. */
const MOST_ROWS = 100_000;
const MOST_ROWS_BEFORE = 10_000;
/** The service ends queries after 60 minutes; one that says nothing for longer is lost. */
const LONGEST_QUERY = 65 * 60_000;
const FIRST_POLL = 500;
const LONGEST_POLL = 5000;

export class Session {
  readonly #client: CloudWatchLogsClient;
  #limit = MOST_ROWS;

  constructor(client: CloudWatchLogsClient) {
    this.#client = client;
  }

  /** Rejects with CallError, QueryFailed, LostPages, or the signal's reason. */
  async run(request: Request, context: Context): Promise<Result> {
    const { queryId, limit } = await this.#start(request, context);
    let ended = false;
    try {
      const last = await this.#wait(queryId, context);
      ended = true;
      const { recordsMatched, bytesScanned, recordsScanned } = last.statistics ?? {};
      return {
        rows: await this.#read(queryId, context),
        matched: recordsMatched ?? null,
        limit,
        bytesScanned: bytesScanned ?? 0,
        recordsScanned: recordsScanned ?? 0,
      };
    } finally {
      if (!ended) await this.#stop(queryId);
    }
  }

  async #start(request: Request, context: Context): Promise<{ queryId: string; limit: number }> {
    const limit = this.#limit;
    const { from, to } = request.window;
    const input = {
      logGroupIdentifiers: [...request.groupIds],
      startTime: from,
      endTime: to - 1,
      queryString: request.text(limit),
      limit,
    };
    const attempt = { action: 'logs:StartQuery', resource: request.groupIds.join(', ') };
    try {
      const { queryId = '' } = await call(context, attempt, async (options) =>
        this.#client.send(new StartQueryCommand(input), options),
      );
      return { queryId, limit };
    } catch (error) {
      if (!refusesLimit(error) || limit === MOST_ROWS_BEFORE) throw error;
      this.#limit = MOST_ROWS_BEFORE;
      return this.#start(request, context);
    }
  }

  /** Asks for a single row meanwhile: a running query returns what it has found so far. */
  async #wait(queryId: string, context: Context): Promise<GetQueryResultsCommandOutput> {
    const deadline = context.now() + LONGEST_QUERY;
    for (let pause = FIRST_POLL; ; pause = Math.min(LONGEST_POLL, pause * 1.5)) {
      const output = await this.#page(queryId, context, { maxItems: 1 });
      const status = output.status ?? 'Unknown';
      if (status === 'Complete') return output;
      if (status === 'Failed' || status === 'Cancelled' || status === 'Timeout') {
        throw new QueryFailed(status);
      }
      if (context.now() > deadline) throw new QueryFailed('Timeout');
      await context.sleep(pause);
    }
  }

  async #read(queryId: string, context: Context): Promise<Row[]> {
    const rows = new Map<string, Row>();
    const read = async (nextToken?: string): Promise<GetQueryResultsCommandOutput> =>
      this.#page(queryId, context, nextToken === undefined ? {} : { nextToken });
    for await (const { results = [] } of pages(read, ({ nextToken }) => nextToken)) {
      for (const fields of results) {
        const row = Object.fromEntries(fields.map(({ field = '', value = '' }) => [field, value]));
        // A pointer names one event of one log group: a page that comes twice counts once.
        rows.set(row['@ptr'] ?? `row ${rows.size}`, row);
      }
    }
    return [...rows.values()];
  }

  async #page(
    queryId: string,
    context: Context,
    paging: { maxItems?: number; nextToken?: string },
  ): Promise<GetQueryResultsCommandOutput> {
    const attempt = { action: 'logs:GetQueryResults', resource: 'the query' };
    return call(context, attempt, async (options) =>
      this.#client.send(new GetQueryResultsCommand({ queryId, ...paging }), options),
    );
  }

  /** Not to be interrupted, and its own failure changes nothing: the query may have just ended. */
  async #stop(queryId: string): Promise<void> {
    await this.#client.send(new StopQueryCommand({ queryId })).catch(() => undefined);
  }
}

function refusesLimit(error: unknown): boolean {
  const names = ['InvalidParameterException', 'MalformedQueryException'];
  return error instanceof CallError && names.includes(error.failure.name);
}
