/**
 * Expressions of Logs Insights in the SQL of DuckDB.
 */
import type { Token } from './tokens.js';

/** Fields that a query has at some place. */
export interface Scope {
  /** Made by the query itself, and `@message`. */
  readonly made: ReadonlySet<string>;
  /** Whether other names are fields of the record, which Infrequent Access may not know. */
  readonly discovers: boolean;
}

const WORDS = new Set(['and', 'or', 'not', 'in', 'desc', 'asc']);
const FUNCTIONS: Readonly<Record<string, string>> = {
  coalesce: 'coalesce(',
  // Times are milliseconds here.
  toMillis: '(',
  isempty: 'is_empty(',
  // As text of results: 0 or 1.
  ispresent: 'is_present(',
  count: 'count(',
  count_distinct: 'count(DISTINCT ',
  // The first and the last in the order of text.
  sortsFirst: 'min(',
  sortsLast: 'max(',
};
const SIGNS: Readonly<Record<string, string>> = { '[': '(', ']': ')' };

export const MACROS: readonly string[] = [
  'CREATE MACRO is_present(value) AS CASE WHEN value IS NULL THEN 0 ELSE 1 END',
  "CREATE MACRO is_empty(value) AS coalesce(value, '') = ''",
];

export function toSql(tokens: readonly Token[], scope: Scope): string {
  const words: string[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const { kind, text } = tokens[at] ?? { kind: 'sign', text: '' };
    const isCall = tokens[at + 1]?.text === '(' && !WORDS.has(text);
    if (kind === 'name' && text === 'like') {
      at += 1;
      words.push(matches(words, tokens[at]));
    } else if (kind === 'name' && isCall) {
      at += 1;
      words.push(FUNCTIONS[text] ?? unknown(text));
    } else words.push(word(kind, text, scope));
  }
  return words.join(' ');
}

/** `x like /…/`, and `x not like /…/`, of which the last words are at hand. */
function matches(before: string[], pattern: Token | undefined): string {
  const negated = before.at(-1) === 'not';
  if (negated) before.pop();
  const left = before.pop() ?? '';
  if (pattern?.kind !== 'pattern') return unknown('like without a pattern');
  return `${negated ? 'NOT ' : ''}regexp_matches(${left}, ${literal(pattern.text)})`;
}

function word(kind: Token['kind'], text: string, scope: Scope): string {
  if (kind === 'text') return literal(text);
  if (kind === 'number') return text;
  if (kind === 'sign') return SIGNS[text] ?? text;
  if (kind === 'pattern') return unknown(text);
  return WORDS.has(text) ? text : field(text, scope);
}

/** A field that is not there is NULL. */
export function field(name: string, { made, discovers }: Scope): string {
  if (made.has(name)) return `"${name}"`;
  if (!discovers) return unknown(`${name}, which is not discovered`);
  return `json_extract_string("@message", '$.${name}')`;
}

export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function unknown(what: string): never {
  throw new Error(`Logs Insights does not have it, or this translation: ${what}`);
}
