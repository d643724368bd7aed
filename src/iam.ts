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

export function insightsPolicy(logGroups: readonly string[]): Policy {
  const arns = logGroups.map((group) =>
    group.startsWith('arn:')
      ? group.replace(/:\*$/, '')
      : `arn:aws:logs:REGION:ACCOUNT:log-group:${group}`,
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

export function athenaPolicy(table: {
  database: string;
  table: string;
  workgroup: string;
}): Policy {
  const glue = (resource: string): string => `arn:aws:glue:REGION:ACCOUNT:${resource}`;
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
      [`arn:aws:athena:REGION:ACCOUNT:workgroup/${table.workgroup}`],
    ),
    allow(
      'DescribeTable',
      ['athena:GetTableMetadata'],
      ['arn:aws:athena:REGION:ACCOUNT:datacatalog/AwsDataCatalog'],
    ),
    allow(
      'ReadCatalog',
      ['glue:GetDatabase', 'glue:GetTable', 'glue:GetPartition', 'glue:GetPartitions'],
      [
        glue('catalog'),
        glue(`database/${table.database}`),
        glue(`table/${table.database}/${table.table}`),
      ],
    ),
    // The rest is what Athena does for the caller, as the caller.
    allow('LocateLogs', ['s3:GetBucketLocation'], ['arn:aws:s3:::TRAIL-BUCKET']),
    ...readBucket('TRAIL-BUCKET', ''),
    allow(
      'KeepResults',
      [
        's3:GetBucketLocation',
        's3:ListBucket',
        's3:GetObject',
        's3:PutObject',
        's3:AbortMultipartUpload',
      ],
      ['arn:aws:s3:::RESULT-BUCKET', 'arn:aws:s3:::RESULT-BUCKET/*'],
    ),
  );
}

export function bucketPolicy(bucket: string, prefix: string): Policy {
  return policy(...readBucket(bucket, prefix));
}

export function lookupPolicy(): Policy {
  // The action knows no resources.
  return policy(allow('ReadEventHistory', ['cloudtrail:LookupEvents'], ['*']));
}

export function lakePolicy(eventDataStore: string): Policy {
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
          : `arn:aws:cloudtrail:REGION:ACCOUNT:eventdatastore/${eventDataStore}`,
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
function readBucket(bucket: string, prefix: string): Statement[] {
  const folder = prefix.replace(/\/*$/, '');
  const objects = folder === '' ? '*' : `${folder}/*`;
  return [
    allow('ListLogs', ['s3:ListBucket'], [`arn:aws:s3:::${bucket}`]),
    allow('ReadLogs', ['s3:GetObject'], [`arn:aws:s3:::${bucket}/${objects}`]),
    allow('DecryptLogs', ['kms:Decrypt'], ['arn:aws:kms:REGION:ACCOUNT:key/TRAIL-KEY']),
  ];
}

function policy(...statements: readonly Statement[]): Policy {
  return { Version: '2012-10-17', Statement: statements };
}

function allow(sid: string, actions: readonly string[], resources: readonly string[]): Statement {
  return { Sid: sid, Effect: 'Allow', Action: actions, Resource: resources };
}
