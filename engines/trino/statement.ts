/**
 * Statements over Trino's HTTP protocol, and what the server says about how they ran.
 * https://trino.io/docs/476/develop/client-protocol.html
 */
import { z } from 'zod';
import type { Answer, Cell } from '../../test/support/sql/engine.js';

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
export async function execute(url: string, sql: string): Promise<Answer> {
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
    next = answer.nextUri;
  }
  return { columns, rows, bytesRead };
}
