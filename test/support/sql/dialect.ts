/**
 * Every difference between DuckDB and Trino, whose dialect is Athena's and Lake's. The queries run
 * as the product renders them, but for `WORDS`; what DuckDB lacks or does otherwise is defined for it
 * by what Trino documents. https://trino.io/docs/current/functions.html
 */
export interface Definition {
  readonly sql: string;
  readonly why: string;
}

const MISSING = 'DuckDB has no such function, or has it under another name.';

export const DEFINITIONS: readonly Definition[] = [
  { sql: "SET TimeZone = 'UTC'", why: 'Sessions of Athena and Lake are in UTC.' },
  { sql: 'SET integer_division = true', why: 'Whole numbers divide to whole numbers.' },
  {
    sql: "SET lambda_syntax = 'ENABLE_SINGLE_ARROW'",
    why: 'DuckDB takes `x -> …` on demand only.',
  },
  { sql: 'CREATE MACRO if_true(condition, value) AS CASE WHEN condition THEN value END, (condition, value, other) AS CASE WHEN condition THEN value ELSE other END', why: "Written for `IF`: DuckDB's grammar wants three arguments." }, // prettier-ignore
  { sql: 'CREATE MACRO to_unixtime(moment) AS epoch(moment)', why: MISSING },
  { sql: 'CREATE MACRO from_iso8601_timestamp(moment) AS CAST(moment AS TIMESTAMPTZ)', why: MISSING }, // prettier-ignore
  { sql: 'CREATE MACRO regexp_like(value, pattern) AS regexp_matches(value, pattern)', why: MISSING }, // prettier-ignore
  { sql: `CREATE MACRO regexp_extract(value, pattern) AS CASE WHEN regexp_matches(value, pattern) THEN system.main.regexp_extract(value, pattern, 0) END,
    (value, pattern, part) AS CASE WHEN regexp_matches(value, pattern) THEN system.main.regexp_extract(value, pattern, part) END`, why: 'NULL where nothing is found, not an empty text.' }, // prettier-ignore
  { sql: "CREATE MACRO regexp_replace(value, pattern, words) AS system.main.regexp_replace(value, pattern, replace(words, '$', '\\'), 'g')", why: 'All that is found is replaced, and groups are named by a dollar sign.' }, // prettier-ignore
  { sql: "CREATE MACRO trim(value) AS system.main.regexp_replace(value, '^\\s+|\\s+$', '', 'g')", why: 'All white space goes, not blanks alone.' }, // prettier-ignore
  { sql: "CREATE MACRO json_extract_scalar(value, path) AS CASE WHEN json_valid(value) AND json_type(value, path) NOT IN ('OBJECT', 'ARRAY') THEN json_extract_string(value, path) END", why: 'NULL for text that is no JSON, and for what is no scalar.' }, // prettier-ignore
  { sql: 'CREATE MACRO json_format(value) AS CAST(value AS VARCHAR)', why: MISSING },
  { sql: 'CREATE MACRO slice(list, first, count) AS list_slice(list, first, first + count - 1)', why: MISSING }, // prettier-ignore
  { sql: 'CREATE MACRO element_at(container, key) AS container[key]', why: 'Of lists as of maps.' },
  { sql: "CREATE MACRO without_empty(entries) AS map_from_entries(list_filter(map_entries(entries), entry -> entry.value <> ''))", why: "Written for `map_filter(…, (field, value) -> value <> '')`: a macro takes no lambda." }, // prettier-ignore
  { sql: 'CREATE MACRO with_calls(entries) AS list_transform(list_distinct(list_transform(entries, entry -> entry.key)), key -> list_append(key, CAST(list_sum(list_transform(list_filter(entries, entry -> entry.key = key), entry -> entry.value)) AS VARCHAR)))', why: 'Written for `map_values(transform_values(multimap_from_entries(…), …))`, which adds up the counts of each key.' }, // prettier-ignore
];

const WORDS: readonly (readonly [RegExp, string])[] = [
  [/\bIF\(/g, 'if_true('],
  [/map_values\(transform_values\(multimap_from_entries\((.*?\)\))\), .*? AS varchar\)\)\)/g, 'with_calls($1)'], // prettier-ignore
  [/map_filter\((.*?), \(field, value\) -> value <> ''\)/gs, 'without_empty($1)'],
];

export function toDuckDb(query: string): string {
  return WORDS.reduce((text, [word, other]) => text.replaceAll(word, other), query);
}

/** `to_unixtime`, or the setting as it stands. */
export function nameOf({ sql }: Definition): string {
  return /^CREATE MACRO (\w+)/.exec(sql)?.[1] ?? sql;
}
