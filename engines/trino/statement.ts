/**
 * Statements over Trino's HTTP protocol, and what the server says about how they ran.
 * https://trino.io/docs/476/develop/client-protocol.html
 */
import { z } from 'zod';
import type { Answer, Cell, Follower } from '../../test/support/sql/engine.js';

const page = z.object({
  nextUri: z.string().optional(),
  columns: z.array(z.object({ name: z.string() })).optional(),
  data: z.array(z.array(z.union([z.string(), z.number(), z.boolean(), z.null()]))).optional(),
  error: z.object({ message: z.string(), errorName: z.string() }).optional(),
  stats: z.object({ physicalInputBytes: z.number() }),
});

class TrinoError extends Error {
  /** Trino's word, such as `SYNTAX_ERROR`. */
  readonly word: string;

  constructor(word: string, message: string) {
    super(`${word}: ${message}`);
    this.name = 'TrinoError';
    this.word = word;
  }
}

const HEADERS = {
  'x-trino-user': 'engines',
  'x-trino-catalog': 'awsdatacatalog',
  'x-trino-schema': 'audit',
  // Athena's and Lake's sessions are in UTC.
  'x-trino-time-zone': 'UTC',
};

/** Throws a TrinoError. */
export async function execute(url: string, sql: string, follower?: Follower): Promise<Answer> {
  const rows: Cell[][] = [];
  let columns: string[] = [];
  let bytesRead = 0;
  let next: string | undefined = `${url}/v1/statement`;
  for (let first = true; next !== undefined; first = false) {
    const response = await fetch(
      next,
      first ? { method: 'POST', headers: HEADERS, body: sql } : {},
    );
    if (!response.ok) throw new TrinoError(String(response.status), await response.text());
    const answer = page.parse(await response.json());
    if (answer.error !== undefined)
      throw new TrinoError(answer.error.errorName, answer.error.message);
    columns = answer.columns?.map(({ name }) => name) ?? columns;
    rows.push(...(answer.data ?? []));
    bytesRead = answer.stats.physicalInputBytes;
    follower?.read(bytesRead);
    next = answer.nextUri;
    if (next !== undefined && follower?.signal.aborted === true) {
      await fetch(next, { method: 'DELETE' });
      throw new TrinoError('USER_CANCELED', 'the statement was cancelled');
    }
  }
  return { columns, rows, bytesRead };
}

export interface End {
  /** Such as `FINISHED`. */
  readonly state: string;
  /** Trino's word, such as `USER_CANCELED`, or empty. */
  readonly error: string;
  readonly bytesRead: number;
}

const list = z.array(z.object({ queryId: z.string(), query: z.string() }));
const info = z.object({
  state: z.string(),
  errorCode: z.object({ name: z.string() }).optional(),
  queryStats: z.object({ physicalInputDataSize: z.string().regex(/^\d+B$/) }),
});

/** What the server keeps about a statement. Throws when it knows none with that text. */
export async function endOf(url: string, sql: string): Promise<End> {
  const ask = async (path: string): Promise<unknown> =>
    (await fetch(`${url}/v1/query${path}`, { headers: HEADERS })).json();
  const known = list.parse(await ask('')).find(({ query }) => query.trim() === sql.trim());
  if (known === undefined) throw new Error('Trino knows no such statement');
  const { state, errorCode, queryStats } = info.parse(await ask(`/${known.queryId}`));
  const bytesRead = Number.parseInt(queryStats.physicalInputDataSize, 10);
  return { state, error: errorCode?.name ?? '', bytesRead };
}
