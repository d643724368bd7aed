/**
 * Every command and flag, once: parsing, help and the README's test read this table.
 */

import {
  WINDOW,
  OUTPUT,
  FILES,
  IP_RANGES,
  AWS,
  ACCOUNT,
  REQUESTER_PAYS,
  LOG_GROUP,
  DATA_STORE,
  TABLE,
  type Flag,
} from './flag-table.js';

export interface Command {
  readonly name: string;
  readonly usage: string;
  readonly summary: string;
  readonly flags: readonly Flag[];
  readonly examples: readonly string[];
  /** Asks nobody for evidence, so that there is nothing to lose when it is interrupted. */
  readonly worksOnSaved?: true;
}

export const COMMANDS: readonly Command[] = [
  {
    name: 'files',
    usage: 'files <path…>',
    summary:
      'find the calls in CloudTrail log files: folders, files, quoted patterns, - for standard input, s3://bucket/prefix',
    flags: [...WINDOW, ...FILES, ACCOUNT, REQUESTER_PAYS, ...AWS, IP_RANGES, ...OUTPUT],
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
    flags: [LOG_GROUP, ...WINDOW, ...AWS, IP_RANGES, ...OUTPUT],
    examples: [
      'legacy-endpoint-audit insights --log-group org-trail --region eu-central-1 --since 7d \\',
      '  --out report',
    ],
  },
  {
    name: 'athena',
    usage: 'athena',
    summary: 'find the calls with Athena, in a table over the bucket of a trail',
    flags: [...TABLE, ...WINDOW, ...AWS, IP_RANGES, ...OUTPUT],
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
      IP_RANGES,
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
    flags: [DATA_STORE, ...WINDOW, ...AWS, IP_RANGES, ...OUTPUT],
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
      ...AWS.filter(({ name }) => name === 'role-arn' || name === 'region'),
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
    worksOnSaved: true,
    usage: 'render <report.json>',
    summary: 'write a saved report in other formats',
    flags: OUTPUT,
    examples: [
      'legacy-endpoint-audit render report/report.json --format html,markdown --out report',
    ],
  },
  {
    name: 'diff',
    worksOnSaved: true,
    usage: 'diff <earlier.json> <later.json>',
    summary: 'say what changed between two saved reports',
    flags: OUTPUT.filter(({ name }) => name !== 'baseline'),
    examples: ['legacy-endpoint-audit diff last-week.json report/report.json --fail-on new'],
  },
  {
    name: 'merge',
    worksOnSaved: true,
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
