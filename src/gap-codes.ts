/**
 * The words for what keeps evidence from being complete. Scripts rely on them; docs/sources.md says
 * what each means.
 */
export const GAP_CODES = [
  // What AWS, the network or credentials do.
  'no-credentials',
  'credentials-expired',
  'wrong-clock',
  'access-denied',
  'throttled',
  'unreachable',
  'no-such-host',
  'bad-endpoint',
  'service-error',
  'foreign-answer',
  'refused',
  // The whole run, or all of a source.
  'interrupted',
  'source-failed',
  'given-up',
  'nothing-assessable',
  'account-missing',
  'account-cut-short',
  'not-covered',
  // Queries and their results.
  'before-event-history',
  'before-log-group',
  'partitions-missing',
  'query-failed',
  'query-timeout',
  'scan-limit',
  'truncated',
  'rows-missing',
  'pages-missing',
  'days-missing',
  'unreadable-rows',
  'unreadable-records',
  'disputed-calls',
  'lost-calls',
  // Files and objects.
  'no-match',
  'list-incomplete',
  'vanished',
  'archived',
  'size-differs',
  'unreadable',
  'empty-file',
  'corrupt',
  'too-large',
  'unsupported-format',
  'not-a-file',
  'event-history-csv',
  'no-records',
  'not-json',
  'unreadable-event',
  'torn-record',
  'cut-short',
  'record-too-large',
  'abandoned',
  'more-problems',
] as const;

export type GapCode = (typeof GAP_CODES)[number];
