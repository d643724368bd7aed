/**
 * The query templates in `queries/`, and the only way to put values into them. A value enters a
 * query as a token, and tokens are made here, from values that were checked.
 */
import { readFileSync } from 'node:fs';
import { formatTime } from './cloudtrail/event-time.js';
import { UserError } from './errors.js';

class Token {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}
export type QueryToken = Token;

export type Template =
  | 'athena/audit.sql'
  | 'athena/callers.sql'
  | 'athena/partitions.sql'
  | 'athena/table.sql'
  | 'insights/callers.txt'
  | 'insights/calls.txt'
  | 'insights/evidence.txt'
  | 'lake/audit.sql'
  | 'lake/callers.sql';

/** Fills a template. A missing or superfluous value is a bug and throws. */
export function render(template: Template, values: Readonly<Record<string, QueryToken>>): string {
  const text = readFileSync(new URL(`../queries/${template}`, import.meta.url), 'utf8');
  const used = new Set<string>();
  const filled = text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) throw new Error(`${template}: no value for ${name}`);
    used.add(name);
    return value.text;
  });
  const unused = Object.keys(values).find((name) => !used.has(name));
  if (unused !== undefined) throw new Error(`${template}: no place for ${unused}`);
  return filled;
}

/** Without what is for people: comments, which have lines of their own, and indentation. */
export function compact(text: string): string {
  return text.replaceAll(/^[ ]*--.*\n/gm, '').replaceAll(/^[ ]+/gm, '');
}

/** Query text written in the code, with tokens in it. */
export function query(strings: TemplateStringsArray, ...tokens: readonly QueryToken[]): QueryToken {
  return new Token(strings.map((text, at) => text + (tokens[at]?.text ?? '')).join(''));
}

/** Tokens with query text between them. */
export function joined(
  tokens: readonly QueryToken[],
  separator: ', ' | ' AND ' | ' OR ',
): QueryToken {
  return new Token(tokens.map(({ text }) => text).join(separator));
}

/** A name of a column, table, database or catalog, quoted for SQL. Throws a UserError. */
export function identifier(name: string): QueryToken {
  return new Token(`"${checked('name', name, /^[A-Za-z0-9_][A-Za-z0-9_-]{0,254}$/)}"`);
}

/** The name of the list of a table's partitions. Throws a UserError. */
export function partitionList(table: string): QueryToken {
  return new Token(`${identifier(table).text.slice(0, -1)}$partitions"`);
}

/** The same, quoted for the Hive statements that create tables. */
export function hiveIdentifier(name: string): QueryToken {
  return new Token(`\`${checked('name', name, /^[A-Za-z0-9_][A-Za-z0-9_-]{0,254}$/)}\``);
}

/** A text value in a Hive statement, whose escapes differ: none is needed. Throws a UserError. */
export function hiveText(value: string): QueryToken {
  return new Token(`'${checked('text', value, /^[A-Za-z0-9$ !_.,:*()+=@/{}-]*$/)}'`);
}

/** A text value in SQL. Throws a UserError for control characters. */
export function sqlText(value: string): QueryToken {
  return new Token(
    `'${checked('text', value, /^[^\u0000-\u001f\u007f-\u009f\u2028\u2029]*$/).replaceAll("'", "''")}'`,
  );
}

/** `'2026-01-31T00:00:00Z'`, as CloudTrail writes times; they sort as text. */
export function sqlTime(seconds: number): QueryToken {
  return new Token(`'${formatTime(seconds)}'`);
}

/** The same for Logs Insights, which takes double quotes. */
export function insightsTime(seconds: number): QueryToken {
  return new Token(`"${formatTime(seconds)}"`);
}

/** `TIMESTAMP '2026-01-31 00:00:00'`, in the session's time zone, which is UTC. */
export function sqlTimestamp(seconds: number): QueryToken {
  return new Token(`TIMESTAMP '${formatTime(seconds).slice(0, 19).replace('T', ' ')}'`);
}

/** A whole number from 0. */
export function wholeNumber(value: number): QueryToken {
  return new Token(checked('number', String(value), /^\d{1,15}$/));
}

/** The id of an event data store, which Lake takes for a table's name. Throws a UserError. */
export function dataStoreId(id: string): QueryToken {
  return new Token(
    checked('event data store id', id, /^[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$/),
  );
}

function checked(what: string, value: string, shape: RegExp): string {
  if (shape.test(value)) return value;
  throw new UserError(`this ${what} cannot stand in a query: ${JSON.stringify(value)}`);
}
