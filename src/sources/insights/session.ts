/**
 * One query of Logs Insights from start to last page, and the end of it whatever happens.
 */
import {
  type CloudWatchLogsClient,
  GetQueryResultsCommand,
  type GetQueryResultsCommandOutput,
  type ResultField,
  StartQueryCommand,
  StopQueryCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { call, CallError } from '../../aws/call.js';
import { cancel, notCancelled } from '../../aws/cancel.js';
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
  /** The rows, page by page; a page that comes twice is yielded once. To be read once. */
  readonly pages: AsyncIterable<readonly Row[]>;
  /**
   * Events that the query matched, of which rows may show only a part; null when not said. Pages
   * that are read may still raise it: the most that any states counts.
   */
  readonly matched: number | null;
  /** The most rows that the query could return. */
  readonly limit: number;
  readonly bytesScanned: number;
  readonly recordsScanned: number;
}

/** A query that ended without a result: the service's word for its state, or `Lost`. */
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
/** Of up to 10,000: the pages of all queries that run are in memory, several times over. */
const PAGE = 2000;
const FIRST_POLL = 500;
const LONGEST_POLL = 5000;

export class Session {
  readonly #client: CloudWatchLogsClient;
  readonly #note: (sentence: string) => void;
  #limit = MOST_ROWS;
  #hasStarted = false;
  /** Why results may not be read: further queries would be charged for in vain. */
  #denied: CallError | null = null;

  /** `note` takes what a reader of the report should know. */
  constructor(client: CloudWatchLogsClient, note: (sentence: string) => void) {
    this.#client = client;
    this.#note = note;
  }

  /** Whether any query was started. Until then, trouble is one of configuration. */
  get hasStarted(): boolean {
    return this.#hasStarted;
  }

  /**
   * Starts a query and waits for its end. Rejects with CallError, QueryFailed or the signal's
   * reason; reading its pages does so with LostPages, too.
   */
  async run(request: Request, context: Context): Promise<Result> {
    if (this.#denied !== null) throw this.#denied;
    const { queryId, limit } = await this.#start(request, context);
    this.#hasStarted = true;
    let ended = false;
    try {
      const last = await this.#wait(queryId, context);
      ended = true;
      let matched = matchedOf(last);
      const note = (page: GetQueryResultsCommandOutput): void => {
        const stated = matchedOf(page);
        if (stated !== null) matched = Math.max(matched ?? 0, stated);
      };
      return {
        pages: this.#pages(queryId, last, context, note),
        get matched() {
          return matched;
        },
        limit,
        bytesScanned: last.statistics?.bytesScanned ?? 0,
        recordsScanned: last.statistics?.recordsScanned ?? 0,
      };
    } catch (error) {
      ended ||= error instanceof QueryFailed && error.status !== 'Lost';
      throw error;
    } finally {
      if (!ended) await this.#stop(queryId);
    }
  }

  /** Not to be interrupted: a query that has been started has to be known, to be stopped. */
  async #start(request: Request, context: Context): Promise<{ queryId: string; limit: number }> {
    const limit = this.#limit;
    const { from, to } = request.window;
    const input = {
      logGroupIdentifiers: [...request.groupIds],
      startTime: from,
      // Shared with the next piece; the text of the query tells whose its events are.
      endTime: to,
      queryString: request.text(limit),
      limit,
    };
    const attempt = { action: 'logs:StartQuery', resource: request.groupIds.join(', ') };
    try {
      const { queryId = '' } = await call(context, attempt, async () =>
        this.#client.send(new StartQueryCommand(input)),
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
      if (context.now() > deadline) throw new QueryFailed('Lost');
      await context.sleep(pause);
    }
  }

  /** Of a result of no more than one row, `last` has shown everything. */
  async *#pages(
    queryId: string,
    last: GetQueryResultsCommandOutput,
    context: Context,
    note: (page: GetQueryResultsCommandOutput) => void,
  ): AsyncGenerator<readonly Row[], void> {
    const known = new Set<string>();
    const read = async (nextToken?: string): Promise<GetQueryResultsCommandOutput> => {
      if (nextToken === undefined && last.nextToken === undefined) return last;
      return this.#page(queryId, context, {
        maxItems: PAGE,
        ...(nextToken === undefined ? {} : { nextToken }),
      });
    };
    for await (const page of pages(read, ({ nextToken }) => nextToken)) {
      note(page);
      yield (page.results ?? []).map(rowOf).filter((row) => {
        // A pointer names one event of one log group; rows of counts differ in what they count.
        const key = row['@ptr'] ?? JSON.stringify(row);
        const isNew = !known.has(key);
        known.add(key);
        return isNew;
      });
    }
  }

  async #page(
    queryId: string,
    context: Context,
    paging: { maxItems?: number; nextToken?: string },
  ): Promise<GetQueryResultsCommandOutput> {
    const attempt = { action: 'logs:GetQueryResults', resource: 'the query' };
    const command = new GetQueryResultsCommand({ queryId, ...paging });
    try {
      return await call(context, attempt, async (options) => this.#client.send(command, options));
    } catch (error) {
      if (error instanceof CallError && !error.failure.transient) this.#denied = error;
      throw error;
    }
  }

  async #stop(queryId: string): Promise<void> {
    const attempt = { action: 'logs:StopQuery', resource: 'the query' };
    const send = async (): Promise<unknown> => this.#client.send(new StopQueryCommand({ queryId }));
    if (!(await cancel(attempt, send))) this.#note(notCancelled(attempt));
  }
}

function rowOf(fields: readonly ResultField[]): Row {
  return Object.fromEntries(fields.map(({ field = '', value = '' }) => [field, value]));
}

function matchedOf({ statistics }: GetQueryResultsCommandOutput): number | null {
  return statistics?.recordsMatched ?? null;
}

function refusesLimit(error: unknown): boolean {
  const names = ['InvalidParameterException', 'MalformedQueryException'];
  return error instanceof CallError && names.includes(error.failure.name) && !isTooOld(error);
}

/**
 * Whether the service refused a time that ends before a log group began, or that it no longer
 * keeps: "end date and time is either before the log groups creation time or exceeds the log groups
 * log retention settings".
 */
export function isTooOld(error: unknown): boolean {
  return (
    error instanceof CallError &&
    error.failure.name === 'MalformedQueryException' &&
    /log groups? (?:creation time|log retention)/i.test(error.failure.message)
  );
}
