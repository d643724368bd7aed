/**
 * The least that each source needs to be allowed. What the user named is filled in; the rest is in
 * capitals, to be replaced.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */

interface Statement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
}

export interface Policy {
  readonly Version: '2012-10-17';
  readonly Statement: readonly Statement[];
}

/** Where the resources are, as far as the user said. */
export interface Whereabouts {
  readonly region?: string | undefined;
  readonly account?: string | undefined;
}

export function insightsPolicy(logGroups: readonly string[], where: Whereabouts = {}): Policy {
  const arns = logGroups.map((group) =>
    group.startsWith('arn:')
      ? group.replace(/:\*$/, '')
      : arnIn(where, 'logs', `log-group:${group}`),
  );
  return policy(
    // Actions on log groups are checked against either form of the ARN.
    allow(
      'StartQueries',
      ['logs:StartQuery'],
      arns.flatMap((arn) => [arn, `${arn}:*`]),
    ),
    allow(
      'ReadResults',
      ['logs:GetQueryResults', 'logs:StopQuery', 'logs:DescribeLogGroups'],
      ['*'],
    ),
  );
}

/** The catalog of the caller's own account and Region. */
export const OWN_CATALOG = 'AwsDataCatalog';

export interface AthenaAccess {
  readonly catalog: string;
  readonly database: string;
  readonly table: string;
  readonly workgroup: string;
  /** Where results go, if that was said. */
  readonly output?: Place | undefined;
}

/** A folder or object in a bucket. */
export interface Place {
  readonly bucket: string;
  readonly key: string;
}

export function athenaPolicy(access: AthenaAccess, where: Whereabouts = {}): Policy {
  const { workgroup, output } = access;
  return policy(
    allow(
      'RunQueries',
      [
        'athena:StartQueryExecution',
        'athena:GetQueryExecution',
        'athena:GetQueryResults',
        'athena:StopQueryExecution',
        'athena:GetWorkGroup',
      ],
      [arnIn(where, 'athena', `workgroup/${workgroup}`)],
    ),
    ...readTable(access, where),
    // The rest is what Athena does for the caller, as the caller.
    allow('LocateLogs', ['s3:GetBucketLocation'], ['arn:aws:s3:::TRAIL-BUCKET']),
    ...readBucket({ bucket: 'TRAIL-BUCKET', key: '' }, where),
    keepResults(output ?? { bucket: 'RESULT-BUCKET', key: '' }),
  );
}

/** https://docs.aws.amazon.com/athena/latest/ug/security-iam-cross-account-glue-catalog-access.html */
function readTable({ catalog, database, table }: AthenaAccess, where: Whereabouts): Statement[] {
  const isOwn = catalog === OWN_CATALOG;
  const owner = isOwn ? where : { ...where, account: 'CATALOG-ACCOUNT' };
  return [
    allow(
      'DescribeTable',
      ['athena:GetTableMetadata', ...(isOwn ? [] : ['athena:GetDataCatalog'])],
      [arnIn(where, 'athena', `datacatalog/${catalog}`)],
    ),
    allow(
      'ReadCatalog',
      ['glue:GetDatabase', 'glue:GetTable', 'glue:GetPartition', 'glue:GetPartitions'],
      ['catalog', `database/${database}`, `table/${database}/${table}`].map((resource) =>
        arnIn(owner, 'glue', resource),
      ),
    ),
  ];
}

function keepResults({ bucket, key }: Place): Statement {
  const actions = ['s3:GetBucketLocation', 's3:ListBucket', 's3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload']; // prettier-ignore
  return allow('KeepResults', actions, [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/${below(key)}`]); // prettier-ignore
}

/** `isObject`: the key is not a folder's. */
export function bucketPolicy(
  place: Place & { isObject?: boolean },
  where: Whereabouts = {},
): Policy {
  return policy(...readBucket(place, where));
}

export function lookupPolicy(): Policy {
  // The action knows no resources.
  return policy(allow('ReadEventHistory', ['cloudtrail:LookupEvents'], ['*']));
}

export function lakePolicy(eventDataStore: string, where: Whereabouts = {}): Policy {
  return policy(
    allow(
      'QueryEventDataStore',
      [
        'cloudtrail:StartQuery',
        'cloudtrail:DescribeQuery',
        'cloudtrail:GetQueryResults',
        'cloudtrail:CancelQuery',
      ],
      [
        eventDataStore.startsWith('arn:')
          ? eventDataStore
          : arnIn(where, 'cloudtrail', `eventdatastore/${eventDataStore}`),
      ],
    ),
  );
}

export function doctorPolicy(): Policy {
  return policy(
    allow(
      'LookAround',
      [
        'cloudtrail:DescribeTrails',
        'cloudtrail:ListTrails',
        'cloudtrail:GetTrailStatus',
        'cloudtrail:GetEventSelectors',
        'cloudtrail:ListEventDataStores',
        'logs:DescribeLogGroups',
        'athena:ListWorkGroups',
        'athena:GetWorkGroup',
        'athena:ListDatabases',
        'athena:ListTableMetadata',
        'glue:GetDatabases',
        'glue:GetTables',
      ],
      ['*'],
    ),
  );
}

/** Needed besides, when roles of other accounts are assumed. */
export function assumePolicy(roles: readonly string[]): Policy {
  return policy(allow('AssumeRoles', ['sts:AssumeRole'], roles));
}

/** The last one only where the trail is encrypted with a key of the customer's. */
function readBucket(
  { bucket, key, isObject = false }: Place & { isObject?: boolean },
  where: Whereabouts,
): Statement[] {
  const objects = isObject ? literal(key) : below(key);
  return [
    allow('ListLogs', ['s3:ListBucket'], [`arn:aws:s3:::${bucket}`]),
    allow('ReadLogs', ['s3:GetObject'], [`arn:aws:s3:::${bucket}/${objects}`]),
    // The key may be another account's.
    allow(
      'DecryptLogs',
      ['kms:Decrypt'],
      [arnIn({ region: where.region }, 'kms', 'key/TRAIL-KEY')],
    ),
  ];
}

/** All objects of a folder, or of the bucket. */
function below(key: string): string {
  const folder = key.replace(/\/*$/, '');
  return folder === '' ? '*' : `${literal(folder)}/*`;
}

/**
 * A key may have characters that are patterns and variables in policies.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
function literal(key: string): string {
  return key.replace(/[*?$]/g, (char) => `\${${char}}`);
}

function arnIn({ region, account }: Whereabouts, service: string, resource: string): string {
  return `arn:aws:${service}:${region ?? 'REGION'}:${account ?? 'ACCOUNT'}:${resource}`;
}

function policy(...statements: readonly Statement[]): Policy {
  return { Version: '2012-10-17', Statement: statements };
}

function allow(sid: string, actions: readonly string[], resources: readonly string[]): Statement {
  return { Sid: sid, Effect: 'Allow', Action: actions, Resource: resources };
}
