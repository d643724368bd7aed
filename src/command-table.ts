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

const AWS: readonly Flag[] = [
  { name: 'profile', value: 'NAME', summary: 'profile of the AWS configuration files' },
  { name: 'region', value: 'REGION', summary: 'Region of the evidence' },
  {
    name: 'role-arn',
    value: 'ARN',
    summary: 'role to assume, such as one of a member account; repeat it to read several accounts',
    repeatable: true,
  },
  { name: 'external-id', value: 'ID', summary: 'what those roles ask for' },
  {
    name: 'endpoint-url',
    value: 'URL',
    summary: 'other endpoint of the service: an emulator or an interface endpoint',
  },
];

const ACCOUNT: Flag = {
  name: 'account',
  value: 'ID',
  summary: 'only the logs of this account; repeat it for several',
  repeatable: true,
};

const REQUESTER_PAYS: Flag = {
  name: 'requester-pays',
  summary: 'pay for reading a bucket whose owner asks for it',
};

const LOG_GROUP: Flag = {
  name: 'log-group',
  value: 'NAME',
  summary: 'log group of the trail, or its ARN in a monitoring account; repeat it for several',
  repeatable: true,
};

const DATA_STORE: Flag = {
  name: 'event-data-store',
  value: 'ID',
  summary: 'the event data store, or its ARN',
};

const TABLE: readonly Flag[] = [
  { name: 'table', value: 'DB.TABLE', summary: 'the CloudTrail table' },
  { name: 'workgroup', value: 'NAME', summary: 'workgroup; primary by default' },
  {
    name: 'output-location',
    value: 'S3URL',
    summary: 'where results go, if the workgroup does not say',
  },
  {
    name: 'max-scan',
    value: 'SIZE',
    summary: 'refuse to scan more, such as 200GiB: estimated before, watched during the query',
  },
  ACCOUNT,
  { name: 'region-partition', value: 'NAME', summary: 'partition column of the Region' },
  { name: 'account-partition', value: 'NAME', summary: 'partition column of the account' },
  {
    name: 'date-partition',
    value: 'NAMES',
    summary: 'partition column of the day, or those of year,month,day',
  },
  { name: 'date-format', value: 'FORMAT', summary: 'how that column writes days: yyyy/MM/dd' },
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
      'find the calls in CloudTrail log files: folders, files, quoted patterns, - for standard input, s3://bucket/prefix',
    flags: [...WINDOW, ...FILES, ACCOUNT, REQUESTER_PAYS, ...AWS, ...OUTPUT],
    examples: [
      'legacy-endpoint-audit files AWSLogs/ --since 30d --out report',
      'legacy-endpoint-audit files "logs/**/*.json.gz" --format csv --out - > calls.csv',
      'aws cloudtrail lookup-events --region us-east-1 --lookup-attributes \\',
      '  AttributeKey=EventSource,AttributeValue=sts.amazonaws.com |',
      '  legacy-endpoint-audit files -',
    ],
  },
  {
    name: 'insights',
    usage: 'insights',
    summary: 'find the calls with CloudWatch Logs Insights, in the log group of a trail',
    flags: [LOG_GROUP, ...WINDOW, ...AWS, ...OUTPUT],
    examples: [
      'legacy-endpoint-audit insights --log-group org-trail --region eu-central-1 --since 7d \\',
      '  --out report',
    ],
  },
  {
    name: 'athena',
    usage: 'athena',
    summary: 'find the calls with Athena, in a table over the bucket of a trail',
    flags: [...TABLE, ...WINDOW, ...AWS, ...OUTPUT],
    examples: [
      'legacy-endpoint-audit athena --table audit.cloudtrail --since 90d --max-scan 200GiB \\',
      '  --output-location s3://amzn-s3-demo-bucket/results/ --out report',
    ],
  },
  {
    name: 'lookup',
    usage: 'lookup',
    summary: 'find the calls in the event history: no trail needed; 90 days, one account, slow',
    flags: [
      {
        name: 'resume',
        value: 'FILE',
        summary: 'keep what was read in this file, and go on with it after an interruption',
      },
      ...WINDOW,
      ...AWS,
      ...OUTPUT,
    ],
    examples: [
      'legacy-endpoint-audit lookup --since 14d --resume lookup.jsonl --out report',
      'legacy-endpoint-audit lookup --role-arn arn:aws:iam::111122223333:role/audit \\',
      '  --role-arn arn:aws:iam::444455556666:role/audit --external-id example',
    ],
  },
  {
    name: 'lake',
    usage: 'lake',
    summary: 'find the calls with CloudTrail Lake, which takes no new customers since 31 May 2026',
    flags: [DATA_STORE, ...WINDOW, ...AWS, ...OUTPUT],
    examples: [
      'legacy-endpoint-audit lake --event-data-store 11111111-2222-3333-4444-555555555555 \\',
      '  --since 90d',
    ],
  },
  {
    name: 'query',
    usage: 'query <source>',
    summary:
      'print what a source would ask AWS, and the IAM policy that it needs; calls nothing. Sources: files, insights, athena, lookup, lake, doctor',
    flags: [
      { name: 'summary', summary: 'only a short query for people, to paste into the console' },
      { name: 'ddl', summary: 'only the statement that creates a table for athena' },
      { name: 'location', value: 'S3URL', summary: 'for --ddl: s3://bucket/prefix/AWSLogs[/o-id]' },
      LOG_GROUP,
      DATA_STORE,
      ...TABLE,
      ...AWS.filter(({ name }) => name === 'role-arn'),
      ...WINDOW,
    ],
    examples: [
      'legacy-endpoint-audit query insights --log-group org-trail --since 7d',
      'legacy-endpoint-audit query athena --table audit.cloudtrail --since 90d --summary',
      'legacy-endpoint-audit query athena --ddl --table audit.cloudtrail --from 2024-01-01 \\',
      '  --location s3://amzn-s3-demo-bucket/AWSLogs/o-exampleorgid --account 111122223333',
    ],
  },
  {
    name: 'doctor',
    usage: 'doctor',
    summary: 'show what evidence the account has, what it lacks, and the command for each source',
    flags: AWS,
    examples: ['legacy-endpoint-audit doctor --profile management'],
  },
  {
    name: 'schema',
    usage: 'schema',
    summary: 'print the JSON Schema of the report',
    flags: [],
    examples: ['legacy-endpoint-audit schema > report.schema.json'],
  },
];
