/**
 * Athena over one table, whose query is evaluated in plain code.
 */
import type { RawRecord } from '../events.js';
import { auditRows, type ResultRow } from './aggregate.js';
import { type Answer, json, jsonError, Loopback, type Received } from './loopback.js';

export interface FakeAthenaOptions {
  readonly records: readonly RawRecord[];
  /** Column types by name; a table as `query athena --ddl` makes it by default. */
  readonly columns?: Readonly<Record<string, string>>;
  readonly partitions?: Readonly<Record<string, string>>;
  readonly properties?: Readonly<Record<string, string>>;
  /** The days that were added to the table by hand, by account, as its column writes them. */
  readonly added?: Readonly<Record<string, readonly string[]>>;
  readonly workgroup?: Readonly<Record<string, unknown>>;
  /** How often a query is said to be running before it ends. */
  readonly polls?: number;
  readonly page?: number;
  readonly bytes?: number;
  /** The status with which a query ends, by its number from 1; null for success. */
  readonly ending?: (number: number, text: string) => object | null;
  /** Without the row of names that AWS puts first. */
  readonly withoutHeader?: boolean;
}

interface Query {
  readonly text: string;
  readonly rows: readonly ResultRow[];
  readonly input: Readonly<Record<string, unknown>>;
  polls: number;
}

export interface FakeAthena extends Loopback {
  readonly queries: readonly Query[];
  readonly stopped: readonly string[];
}

export async function fakeAthena(options: FakeAthenaOptions): Promise<FakeAthena> {
  const queries: Query[] = [];
  const stopped: string[] = [];
  const server = await Loopback.start((received) => answer(received, options, queries, stopped));
  return Object.assign(server, { queries, stopped });
}

const STRINGS = ['eventversion', 'eventtime', 'eventsource', 'eventname', 'awsregion', 'sourceipaddress', 'useragent', 'errorcode', 'errormessage', 'requestparameters', 'responseelements', 'additionaleventdata', 'eventid', 'recipientaccountid', 'sharedeventid', 'vpcendpointid', 'eventcategory']; // prettier-ignore

export const COLUMNS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(STRINGS.map((name) => [name, 'string'])),
  resources: 'array<struct<arn:string,accountid:string,type:string>>',
  addendum: 'struct<reason:string,updatedfields:string,originaleventid:string>',
  tlsdetails: 'struct<tlsversion:string,ciphersuite:string,clientprovidedhostheader:string>',
  useridentity:
    'struct<type:string,principalid:string,arn:string,accountid:string,invokedby:string,accesskeyid:string,username:string,identityprovider:string,onbehalfof:struct<userid:string,identitystorearn:string>,inscopeof:struct<sourcearn:string,credentialsissuedto:string>,sessioncontext:struct<attributes:struct<mfaauthenticated:string>,sessionissuer:struct<type:string,principalid:string,arn:string,accountid:string,username:string>,webidfederationdata:struct<federatedprovider:string,attributes:map<string,string>>>>',
};

export const PROJECTED = { 'projection.enabled': 'true', 'projection.timestamp.format': 'yyyy/MM/dd' }; // prettier-ignore

const PARTITIONS = { account: 'string', region: 'string', timestamp: 'string' };

function answer(
  received: Received,
  options: FakeAthenaOptions,
  queries: Query[],
  stopped: string[],
): Answer {
  const input = JSON.parse(received.body) as Record<string, string>;
  switch (received.operation) {
    case 'GetWorkGroup':
      return json({ WorkGroup: { Name: input['WorkGroup'], State: 'ENABLED', Configuration: { ResultConfiguration: { OutputLocation: 's3://results/' } }, ...options.workgroup } }); // prettier-ignore
    case 'GetTableMetadata':
      return table(input, options);
    case 'StartQueryExecution':
      return start(input, options, queries);
    case 'GetQueryExecution':
      return status(input, options, queries);
    case 'GetQueryResults':
      return results(input, options, queries);
    case 'StopQueryExecution':
      stopped.push(input['QueryExecutionId'] ?? '');
      return json({});
    default:
      return jsonError('UnknownOperationException');
  }
}

function table(input: Record<string, string>, options: FakeAthenaOptions): Answer {
  if (input['TableName'] !== 'cloudtrail') {
    return jsonError('MetadataException', 'EntityNotFoundException: Entity Not Found');
  }
  const list = (columns: Readonly<Record<string, string>>): unknown =>
    Object.entries(columns).map(([Name, Type]) => ({ Name, Type }));
  return json({
    TableMetadata: {
      Name: 'cloudtrail',
      Columns: list(options.columns ?? COLUMNS),
      PartitionKeys: list(options.partitions ?? PARTITIONS),
      Parameters: options.properties ?? PROJECTED,
    },
  });
}

/** A start that is repeated with the same token is the same query. */
function start(
  input: Record<string, string>,
  options: FakeAthenaOptions,
  queries: Query[],
): Answer {
  const token = input['ClientRequestToken'];
  const known = queries.findIndex((query) => query.input['ClientRequestToken'] === token);
  if (known >= 0) return json({ QueryExecutionId: `query-${known + 1}` });
  const text = input['QueryString'] ?? '';
  const rows = text.includes('$partitions"') ? addedRows(options) : countedRows(text, options);
  queries.push({ text, rows, input, polls: 0 });
  return json({ QueryExecutionId: `query-${queries.length}` });
}

function addedRows({ added = {} }: FakeAthenaOptions): ResultRow[] {
  return Object.entries(added).map(([account, days]) => ({ account, days: JSON.stringify(days.map((day) => [day])) })); // prettier-ignore
}

function countedRows(text: string, { records }: FakeAthenaOptions): ResultRow[] {
  const [, from = '', to = ''] =
    /event_second >= \S+?\('([^']+)'\)\) AND event_second < \S+?\('([^']+)'\)\)/.exec(text) ?? [];
  return auditRows(records, Date.parse(from) / 1000, Date.parse(to) / 1000);
}

function numberOf(input: Readonly<Record<string, string>>): number {
  return Number(input['QueryExecutionId']?.replace('query-', ''));
}

function status(
  input: Readonly<Record<string, string>>,
  options: FakeAthenaOptions,
  queries: readonly Query[],
): Answer {
  const number = numberOf(input);
  const query = queries[number - 1];
  if (query === undefined) return jsonError('InvalidRequestException');
  query.polls += 1;
  const running = query.polls <= (options.polls ?? 0);
  // The catalog has no bytes to scan.
  const bytes = query.text.includes('$partitions"') ? 0 : (options.bytes ?? 1_000_000);
  const ending = options.ending?.(number, query.text) ?? { State: 'SUCCEEDED' };
  return json({
    QueryExecution: {
      Status: running ? { State: query.polls % 2 === 0 ? 'QUEUED' : 'RUNNING' } : ending,
      Statistics: { DataScannedInBytes: bytes },
    },
  });
}

function results(
  input: Readonly<Record<string, string>>,
  options: FakeAthenaOptions,
  queries: readonly Query[],
): Answer {
  const query = queries[numberOf(input) - 1];
  const names = Object.keys(query?.rows[0] ?? { account: '' });
  const cells = (query?.rows ?? []).map((row) => names.map((name) => row[name] ?? null));
  const all: (string | null)[][] = options.withoutHeader === true ? cells : [names, ...cells];
  const at = Number(input['NextToken']?.replace('token-', '') ?? 0);
  const end = at + Math.min(Number(input['MaxResults']), options.page ?? 1000);
  return json({
    ResultSet: {
      Rows: all.slice(at, end).map((row) => ({
        Data: row.map((value) => (value === null ? {} : { VarCharValue: value })),
      })),
      ResultSetMetadata: { ColumnInfo: names.map((Name) => ({ Name, Type: 'varchar' })) },
    },
    ...(end < all.length ? { NextToken: `token-${end}` } : {}),
  });
}
