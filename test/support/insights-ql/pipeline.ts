/**
 * Queries of Logs Insights as SQL: our own reading of the documented language, as far as the queries
 * in `queries/insights` use it, and an error for the rest. That AWS reads them alike it cannot show; it
 * does show what their conditions and patterns select and count.
 */
import { field, literal, type Scope, toSql } from './expression.js';
import { splitAtCommas, type Token, tokensOf } from './tokens.js';

export interface Pipeline {
  readonly sql: string;
  /** Counts the events that the conditions let through, whatever is made of them. */
  readonly matched: string;
}

interface Step {
  readonly sql: string;
  readonly scope: Scope;
}

/** `source` is a table with the columns `@message`, `@timestamp` and `@ptr`. */
export function toPipeline(query: string, source: string, discovers: boolean): Pipeline {
  let step: Step = { sql: `SELECT * FROM ${source}`, scope: { made: new Set(['@message', '@timestamp', '@ptr']), discovers } }; // prettier-ignore
  let matched = step.sql;
  for (const [name, rest] of commandsOf(query)) {
    step = commandOf(name)(rest, step);
    if (name === 'filter') matched = step.sql;
  }
  return { sql: step.sql, matched: `SELECT count(*) FROM (${matched})` };
}

/** Each command starts a line. */
function commandsOf(query: string): (readonly [string, Token[]])[] {
  const text = query.replaceAll(/^#.*\n/gm, '').trim();
  return text.split(/\n\| /).map((command) => {
    const [first, ...rest] = tokensOf(command);
    return [first?.text ?? '', rest];
  });
}

type Command = (tokens: readonly Token[], before: Step) => Step;

function commandOf(name: string): Command {
  const command = COMMANDS[name];
  if (command === undefined) throw new Error(`no command of Logs Insights: ${name}`);
  return command;
}

const COMMANDS: Readonly<Record<string, Command>> = {
  filter: (tokens, { sql, scope }) => ({
    sql: `SELECT * FROM (${sql}) WHERE ${toSql(tokens, scope)}`,
    scope,
  }),
  fields: (tokens, { sql, scope }) => {
    const named = splitAtCommas(tokens).filter((part) => part.at(-2)?.text === 'as');
    return added(
      named.map((part) => nameOf(part, scope)),
      { sql, scope },
    );
  },
  parse: ([source, pattern], { sql, scope }) => {
    const from = field(source?.text ?? '', scope);
    const groups = [...(pattern?.text ?? '').matchAll(/\(\?<(\w+)>/g)].map(([, name = '']) => name);
    const text = literal((pattern?.text ?? '').replaceAll(/\(\?<\w+>/g, '('));
    const parsed = groups.map((name, at) => ({ name, sql: `nullif(regexp_extract(${from}, ${text}, ${at + 1}), '')` })); // prettier-ignore
    return added(parsed, { sql, scope });
  },
  stats: (tokens, { sql, scope }) => {
    const by = tokens.findIndex(({ text }) => text === 'by');
    const [counts, groups] = [tokens.slice(0, by), tokens.slice(by + 1)].map((part) => splitAtCommas(part)); // prettier-ignore
    const keys = (groups ?? []).map(([token]) => token?.text ?? '');
    const columns = [
      ...keys.map((name) => ({ name, sql: field(name, scope) })),
      ...(counts ?? []).map((part) => nameOf(part, scope)),
    ];
    return {
      sql: `SELECT ${columns.map(column).join(', ')} FROM (${sql}) GROUP BY ${keys.map((_, at) => at + 1).join(', ')}`, // prettier-ignore
      scope: { made: new Set(columns.map(({ name }) => name)), discovers: false },
    };
  },
  sort: (tokens, { sql, scope }) => ({
    sql: `SELECT * FROM (${sql}) ORDER BY ${toSql(tokens, scope)}`,
    scope,
  }),
  limit: ([count], { sql, scope }) => ({ sql: `${sql} LIMIT ${count?.text ?? ''}`, scope }),
};

interface Column {
  readonly name: string;
  readonly sql: string;
}

/** `… as name`. */
function nameOf(tokens: readonly Token[], scope: Scope): Column {
  if (tokens.at(-2)?.text !== 'as') throw new Error('a column without a name');
  return { name: tokens.at(-1)?.text ?? '', sql: toSql(tokens.slice(0, -2), scope) };
}

function added(columns: readonly Column[], { sql, scope }: Step): Step {
  if (columns.length === 0) return { sql, scope };
  const made = new Set([...scope.made, ...columns.map(({ name }) => name)]);
  return {
    sql: `SELECT *, ${columns.map(column).join(', ')} FROM (${sql})`,
    scope: { ...scope, made },
  };
}

function column({ name, sql }: Column): string {
  return `${sql} AS "${name}"`;
}
