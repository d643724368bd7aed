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
  { name: 'format', value: 'LIST', summary: 'json, csv, text; several with commas' },
  {
    name: 'out',
    value: 'DIR',
    summary: 'write DIR/report.<format>; - writes one format to standard output',
  },
  { name: 'fail-on', value: 'WHAT', summary: 'any: exit with 1 when there is a finding' },
  { name: 'quiet', summary: 'no progress, and no summary beside the files of --out' },
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
    name: 'schema',
    usage: 'schema',
    summary: 'print the JSON Schema of the report',
    flags: [],
    examples: ['legacy-endpoint-audit schema > report.schema.json'],
  },
];
