/**
 * Every difference between DuckDB and Trino, whose dialect is Athena's and Lake's. The queries run
 * as the product renders them, but for `WORDS`; what DuckDB lacks or does otherwise is defined for it
 * in `SETTINGS`, by what Trino documents. https://trino.io/docs/current/functions.html
 */
export const SETTINGS: readonly string[] = [
  "SET TimeZone = 'UTC'",
  'SET integer_division = true',
  "SET lambda_syntax = 'ENABLE_SINGLE_ARROW'",
  'CREATE MACRO if_true(condition, value) AS CASE WHEN condition THEN value END, (condition, value, other) AS CASE WHEN condition THEN value ELSE other END',
  'CREATE MACRO to_unixtime(moment) AS epoch(moment)',
  'CREATE MACRO from_iso8601_timestamp(moment) AS CAST(moment AS TIMESTAMPTZ)',
  'CREATE MACRO regexp_like(value, pattern) AS regexp_matches(value, pattern)',
  // NULL where nothing is found, and not an empty text.
  `CREATE MACRO regexp_extract(value, pattern) AS CASE WHEN regexp_matches(value, pattern) THEN system.main.regexp_extract(value, pattern, 0) END,
    (value, pattern, part) AS CASE WHEN regexp_matches(value, pattern) THEN system.main.regexp_extract(value, pattern, part) END`,
  // All that is found, and groups by a dollar sign.
  "CREATE MACRO regexp_replace(value, pattern, words) AS system.main.regexp_replace(value, pattern, replace(words, '$', '\\'), 'g')",
  // All white space, and not blanks alone.
  "CREATE MACRO trim(value) AS system.main.regexp_replace(value, '^\\s+|\\s+$', '', 'g')",
  // NULL for text that is no JSON, and for what is no scalar.
  `CREATE MACRO json_extract_scalar(value, path) AS
    CASE WHEN json_valid(value) AND json_type(value, path) NOT IN ('OBJECT', 'ARRAY') THEN json_extract_string(value, path) END`,
  'CREATE MACRO json_format(value) AS CAST(value AS VARCHAR)',
  'CREATE MACRO slice(list, first, count) AS list_slice(list, first, first + count - 1)',
  'CREATE MACRO element_at(container, key) AS container[key]',
  'CREATE MACRO without_empty(entries) AS map_from_entries(list_filter(map_entries(entries), entry -> entry.value <> \'\'))',
];

/** What a macro cannot take, in the text of a query. */
const WORDS: readonly (readonly [RegExp, string])[] = [
  // DuckDB's grammar wants three arguments.
  [/\bIF\(/g, 'if_true('],
  // A macro takes no lambda.
  [/map_filter\((.*?), \(field, value\) -> value <> ''\)/gs, 'without_empty($1)'],
];

export function toDuckDb(query: string): string {
  return WORDS.reduce((text, [word, other]) => text.replaceAll(word, other), query);
}
