/**
 * A view shaped like an event data store: the columns that AWS documents, made from records.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/query-supported-event-schemas.html
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Corpus, logsOf, recordsIn } from '../corpus.js';
import type { Trino } from './server.js';

/** Columns of text, by their names in a record. */
const TEXT = [
  'eventVersion',
  'eventSource',
  'eventName',
  'awsRegion',
  'sourceIPAddress',
  'userAgent',
  'errorCode',
  'errorMessage',
  'requestID',
  'eventID',
  'eventType',
  'apiVersion',
  'recipientAccountId',
  'sharedEventID',
  'vpcEndpointId',
  'vpcEndpointAccountId',
  'eventCategory',
  'sessionCredentialFromConsole',
];
/** Maps of text to text; what is not text is written as JSON. */
const MAPS = ['requestParameters', 'responseElements', 'additionalEventData', 'serviceEventDetails', 'edgeDeviceDetails']; // prettier-ignore
const STRUCTS: Readonly<Record<string, string>> = {
  userIdentity:
    'row(type varchar, principalid varchar, arn varchar, accountid varchar, accesskeyid varchar, username varchar, sessioncontext row(attributes row(creationdate varchar, mfaauthenticated varchar), sessionissuer row(type varchar, principalid varchar, arn varchar, accountid varchar, username varchar), webidfederationdata row(federatedprovider varchar, attributes map(varchar, varchar)), sourceidentity varchar, ec2roledelivery varchar, ec2issuedinvpc varchar), invokedby varchar, identityprovider varchar)',
  tlsDetails: 'row(tlsversion varchar, ciphersuite varchar, clientprovidedhostheader varchar)',
  addendum:
    'row(reason varchar, updatedfields varchar, originalrequestid varchar, originaleventid varchar)',
  resources: 'array(row(accountid varchar, type varchar, arn varchar, arnprefix varchar))',
};

/** The store is multi-Region and holds the whole organisation, as one table. */
export async function createLakeView(trino: Trino, store: string, corpus: Corpus): Promise<void> {
  const name = `lines_${store.slice(0, 8)}`;
  writeLines(join(trino.folder, name), corpus);
  await trino.run('CREATE SCHEMA IF NOT EXISTS audit');
  await trino.run(
    `CREATE TABLE audit.${name} (line varchar) WITH (format = 'TEXTFILE', external_location = 'local:///${name}')`,
  );
  const of = (field: string): string => `json_extract(line, '$.${field}')`;
  const columns = [
    ...TEXT.map((field) => `json_extract_scalar(line, '$.${field}') AS ${field}`),
    ...MAPS.map((field) => `${mapOf(of(field))} AS ${field}`),
    ...Object.entries(STRUCTS).map(([field, type]) => `CAST(${of(field)} AS ${type}) AS ${field}`),
    "CAST(from_iso8601_timestamp(json_extract_scalar(line, '$.eventTime')) AT TIME ZONE 'UTC' AS timestamp(3)) AS eventTime",
    ...['readOnly', 'managementEvent'].map((field) => `CAST(${of(field)} AS boolean) AS ${field}`),
    'line AS eventJson',
  ];
  await trino.run(
    `CREATE VIEW audit."${store}" AS SELECT ${columns.join(',\n')} FROM audit.${name}`,
  );
}

function mapOf(value: string): string {
  return `transform_values(CAST(${value} AS map(varchar, json)), (key, item) -> coalesce(json_extract_scalar(item, '$'), json_format(item)))`;
}

function writeLines(folder: string, corpus: Corpus): void {
  mkdirSync(folder, { recursive: true });
  for (const [number, log] of logsOf(corpus.folder).entries()) {
    const lines = recordsIn(corpus.folder, log).map((record) => JSON.stringify(record));
    writeFileSync(join(folder, `${number}.gz`), gzipSync(lines.join('\n')));
  }
}
