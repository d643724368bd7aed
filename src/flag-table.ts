/**
 * The flags, in the groups that commands share.
 */

export interface Flag {
  readonly name: string;
  /** What stands for the value in help; a flag without it takes none. */
  readonly value?: string;
  readonly summary: string;
  readonly repeatable?: boolean;
}

export const WINDOW: readonly Flag[] = [
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
  { name: 'since', value: 'AGE', summary: 'instead of --from: the last 12h, 30d or 8w, up to now' },
];

export const OUTPUT: readonly Flag[] = [
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
    summary:
      'new, any, or a risk (served-remote, unknown, served-local, already-us-east-1), which stands for greater ones too: exit with 1 when there is such a finding that is not ignored',
  },
  { name: 'quiet', summary: 'no progress, and no summary beside the files of --out' },
];

/** Of the commands that gather: a saved report is not analysed anew. */
export const IP_RANGES: Flag = {
  name: 'ip-ranges',
  value: 'FILE',
  summary: "AWS's published ip-ranges.json, to tell callers in AWS from those outside",
};

export const FILES: readonly Flag[] = [
  {
    name: 'all-regions',
    summary: 'read logs of every Region, not only those that can hold such calls',
  },
  { name: 'threads', value: 'N', summary: 'most worker threads; the number of cores by default' },
  {
    name: 'max-file-size',
    value: 'SIZE',
    summary: 'most that one compressed file may inflate to; 1GiB by default',
  },
];

export const AWS: readonly Flag[] = [
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

export const ACCOUNT: Flag = {
  name: 'account',
  value: 'ID',
  summary:
    'only logs of this account, as far as their path or partition names one; repeat it for several',
  repeatable: true,
};

export const REQUESTER_PAYS: Flag = {
  name: 'requester-pays',
  summary: 'pay for reading a bucket whose owner asks for it',
};

export const LOG_GROUP: Flag = {
  name: 'log-group',
  value: 'NAME',
  summary: 'log group of the trail, or its ARN in a monitoring account; repeat it for several',
  repeatable: true,
};

export const DATA_STORE: Flag = {
  name: 'event-data-store',
  value: 'ID',
  summary: 'the event data store, or its ARN',
};

export const TABLE: readonly Flag[] = [
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
