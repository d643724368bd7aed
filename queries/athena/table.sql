-- A table over CloudTrail's bucket, for `legacy-endpoint-audit athena`: the trail of an organization,
-- or of one account.
--
-- Partitions are projected: none has to be added, ever. Account, Region and day are read from the
-- path, so that a query for us-east-1 reads nothing else. AWS documents the projection of the day
-- for one account and Region; this one adds both as partitions.
--   https://docs.aws.amazon.com/athena/latest/ug/create-cloudtrail-table-partition-projection.html
--
-- Parameters
--   table       name of the new table
--   location    s3://bucket/prefix/AWSLogs/ or, for an organization, .../AWSLogs/o-exampleorgid/
--   path        the same, then ${account}/CloudTrail/${region}/${timestamp}
--   accounts    the accounts, separated by commas
--   days        first and last day of the logs, such as 2024/01/01,NOW
--
-- The Region is us-east-1 alone: calls to the global endpoint are logged there. To query Regional
-- calls too, add their Regions to projection.region.values.
--
-- Limits: an account that is not listed is not seen, so add new ones. `useridentity` has
-- identityprovider and inscopeof beside the fields of AWS's own template: the audit needs the first
-- to name federated callers and the second to name functions and tasks.
CREATE EXTERNAL TABLE {{table}} (
  eventversion STRING,
  useridentity STRUCT<
    type: STRING,
    principalid: STRING,
    arn: STRING,
    accountid: STRING,
    invokedby: STRING,
    accesskeyid: STRING,
    username: STRING,
    identityprovider: STRING,
    onbehalfof: STRUCT<userid: STRING, identitystorearn: STRING>,
    inscopeof: STRUCT<sourcearn: STRING, sourceaccount: STRING, issuertype: STRING, credentialsissuedto: STRING>,
    sessioncontext: STRUCT<
      attributes: STRUCT<mfaauthenticated: STRING, creationdate: STRING>,
      sessionissuer: STRUCT<type: STRING, principalid: STRING, arn: STRING, accountid: STRING, username: STRING>,
      ec2roledelivery: STRING,
      webidfederationdata: STRUCT<federatedprovider: STRING, attributes: MAP<STRING, STRING>>
    >
  >,
  eventtime STRING,
  eventsource STRING,
  eventname STRING,
  awsregion STRING,
  sourceipaddress STRING,
  useragent STRING,
  errorcode STRING,
  errormessage STRING,
  requestparameters STRING,
  responseelements STRING,
  additionaleventdata STRING,
  requestid STRING,
  eventid STRING,
  readonly STRING,
  resources ARRAY<STRUCT<arn: STRING, accountid: STRING, type: STRING>>,
  eventtype STRING,
  apiversion STRING,
  recipientaccountid STRING,
  serviceeventdetails STRING,
  sharedeventid STRING,
  vpcendpointid STRING,
  vpcendpointaccountid STRING,
  eventcategory STRING,
  addendum STRUCT<reason: STRING, updatedfields: STRING, originalrequestid: STRING, originaleventid: STRING>,
  sessioncredentialfromconsole STRING,
  edgedevicedetails STRING,
  tlsdetails STRUCT<tlsversion: STRING, ciphersuite: STRING, clientprovidedhostheader: STRING>
)
PARTITIONED BY (account STRING, region STRING, `timestamp` STRING)
ROW FORMAT SERDE 'org.apache.hive.hcatalog.data.JsonSerDe'
STORED AS INPUTFORMAT 'com.amazon.emr.cloudtrail.CloudTrailInputFormat'
OUTPUTFORMAT 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat'
LOCATION {{location}}
TBLPROPERTIES (
  'projection.enabled' = 'true',
  'projection.account.type' = 'enum',
  'projection.account.values' = {{accounts}},
  'projection.region.type' = 'enum',
  'projection.region.values' = 'us-east-1',
  'projection.timestamp.type' = 'date',
  'projection.timestamp.format' = 'yyyy/MM/dd',
  'projection.timestamp.interval' = '1',
  'projection.timestamp.interval.unit' = 'DAYS',
  'projection.timestamp.range' = {{days}},
  'storage.location.template' = {{path}}
)
