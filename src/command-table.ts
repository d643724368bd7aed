/**
 * Every command and flag, once: parsing, help and the README's test read this table.
 */

export interface Flag {
  readonly name: string;
  /** What stands for the value in help; a flag without it takes none. */
  readonly value?: string;
  readonly summary: string;
  readonly repeatable?: boolean;
}

export interface Command {
  readonly name: string;
  readonly usage: string;
  readonly summary: string;
  readonly flags: readonly Flag[];
  readonly examples: readonly string[];
}

const WINDOW: readonly Flag[] = [
  {
    name: 'from',
    value: 'DATE',
    summary: 'first moment, such as 2026-01-01 or 2026-01-01T06:00:00Z (UTC)',
  },
  {
    name: 'to',
    value: 'DATE',
    summary: 'the moment after the last: --to 2026-02-01 ends with January',
  },
  { name: 'since', value: 'AGE', summary: 'instead of --from: the last 12h, 30d or 8w' },
];

const OUTPUT: readonly Flag[] = [
  {
    name: 'format',
    value: 'LIST',
    summary: 'json, csv, text, markdown, html, junit, sarif; several with commas',
  },
  {
    name: 'out',
    value: 'DIR',
    summary: 'write DIR/report.<format>; - writes one format to standard output',
  },
  { name: 'baseline', value: 'FILE', summary: 'say what changed since this JSON report' },
  { name: 'ignore', value: 'FILE', summary: 'findings to leave as they are, with reasons' },
  { name: 'owners', value: 'FILE', summary: 'who owns which principals' },
  {
    name: 'split-by',
    value: 'WHAT',
    summary: 'account, owner or principal: also one set of files for each',
  },
  {
    name: 'fail-on',
    value: 'WHAT',
    summary: 'new or any: exit with 1 when there is such a finding that is not ignored',
  },
  { name: 'quiet', summary: 'no progress and no summary' },
];

const FILES: readonly Flag[] = [
  {
    name: 'all-regions',
    summary: 'read logs of every Region, not only those that can hold such calls',
  },
  { name: 'threads', value: 'N', summary: 'worker threads; the number of cores by default' },
  {
    name: 'max-file-size',
    value: 'SIZE',
    summary: 'most that one compressed file may inflate to; 1GiB by default',
  },
];

export const GLOBAL_FLAGS: readonly Flag[] = [
  { name: 'help', summary: 'this text, or that of a command' },
  { name: 'version', summary: 'the version' },
];

export const COMMANDS: readonly Command[] = [
  {
    name: 'files',
    usage: 'files <path…>',
    summary:
      'find the calls in CloudTrail log files: folders, files, quoted patterns, - for standard input',
    flags: [...WINDOW, ...FILES, ...OUTPUT],
    examples: [
      'legacy-endpoint-audit files AWSLogs/ --since 30d --out report',
      'legacy-endpoint-audit files "logs/**/*.json.gz" --format csv --out - > calls.csv',
      'aws cloudtrail lookup-events --region us-east-1 --lookup-attributes \\',
      '  AttributeKey=EventSource,AttributeValue=sts.amazonaws.com |',
      '  legacy-endpoint-audit files -',
    ],
  },
  {
    name: 'run',
    usage: 'run [config]',
    summary: 'do the job that a config file describes, for a schedule',
    flags: [{ name: 'quiet', summary: 'no progress and no summary' }],
    examples: [
      'legacy-endpoint-audit run',
      'legacy-endpoint-audit run /etc/audit/legacy-endpoint-audit.config.yaml --quiet',
    ],
  },
  {
    name: 'render',
    usage: 'render <report.json>',
    summary: 'write a saved report in other formats',
    flags: OUTPUT,
    examples: [
      'legacy-endpoint-audit render report/report.json --format html,markdown --out report',
    ],
  },
  {
    name: 'diff',
    usage: 'diff <earlier.json> <later.json>',
    summary: 'say what changed between two saved reports',
    flags: OUTPUT.filter(({ name }) => name !== 'baseline'),
    examples: ['legacy-endpoint-audit diff last-week.json report/report.json --fail-on new'],
  },
  {
    name: 'merge',
    usage: 'merge <report.json…>',
    summary: 'make one report of those of several accounts, Regions or days',
    flags: OUTPUT,
    examples: ['legacy-endpoint-audit merge 111122223333.json 444455556666.json --out report'],
  },
  {
    name: 'schema',
    usage: 'schema [report|ignore|owners|config]',
    summary: 'print the JSON Schema of the report or of a file that you write',
    flags: [],
    examples: [
      'legacy-endpoint-audit schema > report.schema.json',
      'legacy-endpoint-audit schema ignore > ignore.schema.json',
    ],
  },
];
