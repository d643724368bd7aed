/**
 * The CloudTrail table: whether it has what the audit reads, and how it is partitioned. Tables made
 * by older consoles and guides lack newer columns.
 */
import {
  type AthenaClient,
  GetTableMetadataCommand,
  type TableMetadata,
} from '@aws-sdk/client-athena';
import { call, CallError } from '../../aws/call.js';
import { toUserError } from '../../aws/failure.js';
import type { Context } from '../../contracts.js';
import { UserError } from '../../errors.js';
import { fieldsOfStruct } from './hive-type.js';
import type { TableName } from './athena-options.js';

export interface Column {
  readonly name: string;
  /** In lower case, such as `string` or `int`. */
  readonly type: string;
}

export interface Table {
  readonly name: TableName;
  /** Columns and, with dots, fields of structs. */
  readonly columns: ReadonlySet<string>;
  readonly partitions: readonly Column[];
  /** Table properties, among them those of partition projection. */
  readonly properties: Readonly<Record<string, string>>;
}

const REQUIRED = [
  'eventid',
  'eventtime',
  'eventsource',
  'eventname',
  'awsregion',
  'sourceipaddress',
  'useragent',
  'errorcode',
  'errormessage',
  'requestparameters',
  'additionaleventdata',
  'resources',
  'useridentity.type',
  'useridentity.principalid',
  'useridentity.arn',
  'useridentity.accountid',
  'useridentity.invokedby',
  'useridentity.username',
  'useridentity.sessioncontext.sessionissuer.arn',
  'useridentity.sessioncontext.sessionissuer.principalid',
  'tlsdetails.tlsversion',
  'tlsdetails.clientprovidedhostheader',
];
/** Columns that hold JSON, which a table may have opened into structs. */
const JSON_TEXT = new Set(['requestparameters', 'additionaleventdata']);

/** Throws a UserError when the table cannot be looked up or does not suit. */
export async function describeTable(
  client: AthenaClient,
  name: TableName,
  context: Context,
): Promise<Table> {
  const { catalog, database, table } = name;
  const attempt = { action: 'athena:GetTableMetadata', resource: `table ${database}.${table}` };
  const input = { CatalogName: catalog, DatabaseName: database, TableName: table };
  const metadata = await call(context, attempt, async (options) =>
    client.send(new GetTableMetadataCommand(input), options),
  ).catch((error: unknown) => {
    throw lookupError(error, `${database}.${table}`);
  });
  return toTable(name, metadata.TableMetadata ?? {});
}

/** Throws a UserError when the table does not suit. */
export function toTable(name: TableName, metadata: Partial<TableMetadata>): Table {
  const { Columns = [], PartitionKeys = [], Parameters = {} } = metadata;
  const columns = Columns.map(toColumn);
  checkColumns(columns, `${name.database}.${name.table}`);
  return {
    name,
    columns: new Set(columns.flatMap(pathsOf)),
    partitions: PartitionKeys.map(toColumn),
    properties: Parameters,
  };
}

function toColumn(column: { Name: string | undefined; Type?: string | undefined }): Column {
  return { name: (column.Name ?? '').toLowerCase(), type: (column.Type ?? '').toLowerCase() };
}

function pathsOf({ name, type }: Column): string[] {
  return [name, ...[...fieldsOfStruct(type)].map((field) => `${name}.${field}`)];
}

function checkColumns(columns: readonly Column[], table: string): void {
  const paths = new Set(columns.flatMap(pathsOf));
  const missing = REQUIRED.filter((path) => !paths.has(path));
  const hint = 'legacy-endpoint-audit query athena --ddl prints a table that suits';
  if (missing.length > 0) {
    const what = missing.some((path) => path.startsWith('tlsdetails'))
      ? 'lacks tlsdetails, so it cannot show the endpoint; tables made before 2023 often do'
      : `lacks ${missing.join(', ')}`;
    throw new UserError(`the table ${table} ${what}`, { hint });
  }
  const opened = columns.find(
    ({ name, type }) => JSON_TEXT.has(name) && !/^(?:string|varchar)/.test(type),
  );
  if (opened === undefined) return;
  throw new UserError(`the column ${opened.name} of ${table} is not text that holds JSON`, {
    hint,
  });
}

/** Glue's answer for a table that is not there comes wrapped in an error of metadata. */
function lookupError(error: unknown, table: string): unknown {
  if (!(error instanceof CallError)) return error;
  const { failure } = error;
  const isMissing = failure.name === 'MetadataException' && /not found/i.test(failure.message);
  if (!isMissing) return toUserError(failure, error);
  return new UserError(`no such table: ${table}`, {
    hint: 'name it with --table DATABASE.TABLE, and its Region with --region; query athena --ddl prints one to create', // prettier-ignore
    cause: error,
  });
}
