/**
 * Looks around with whatever is permitted; what is not becomes a line of its own.
 */
import {
  type AthenaClient,
  GetWorkGroupCommand,
  ListDatabasesCommand,
  ListTableMetadataCommand,
  ListWorkGroupsCommand,
  type TableMetadata,
} from '@aws-sdk/client-athena';
import { call, CallError } from '../aws/call.js';
import { type FailureCode, toUserError } from '../aws/failure.js';
import { LostPages, pages } from '../aws/tokens.js';
import type { Context } from '../contracts.js';
import { UserError } from '../errors.js';
import { planOf } from '../sources/athena/plan.js';
import { toTable } from '../sources/athena/table.js';
import type { TableFacts, Trouble, WorkgroupFacts } from './facts.js';

type Options = { readonly abortSignal: AbortSignal };

/** Sends calls, and notes those that are refused. */
export class Looker {
  readonly troubles: Trouble[] = [];
  readonly #context: Context;

  constructor(context: Context) {
    this.#context = context;
  }

  /** The answer, or null when it was refused. Throws a UserError when nothing can be asked. */
  async ask<T>(
    action: string,
    resource: string,
    send: (options: Options) => Promise<T>,
  ): Promise<T | null> {
    try {
      return await call(this.#context, { action, resource }, send);
    } catch (error) {
      this.#note(error);
      return null;
    }
  }

  /** All pages, or those before one that was refused. */
  async *pages<P>(
    action: string,
    resource: string,
    send: (token: string | undefined, options: Options) => Promise<P>,
    tokenOf: (page: P) => string | undefined,
  ): AsyncGenerator<P, void> {
    const read = async (token?: string): Promise<P> =>
      call(this.#context, { action, resource }, async (options) => send(token, options));
    try {
      yield* pages(read, tokenOf);
    } catch (error) {
      this.#note(error);
    }
  }

  #note(error: unknown): void {
    if (error instanceof LostPages) this.troubles.push(error.message);
    else if (!(error instanceof CallError)) throw error;
    else if (HOPELESS.has(error.failure.code)) throw toUserError(error.failure, error);
    else this.troubles.push(error.message);
  }
}

/** Whatever else would be asked would fail alike. */
const HOPELESS: ReadonlySet<FailureCode> = new Set([
  'no-credentials',
  'credentials-expired',
  'wrong-clock',
  'unreachable',
  'no-such-host',
  'bad-endpoint',
  'foreign-answer',
]);

const CATALOG = 'AwsDataCatalog';
/** Enough for a hint; accounts with more know their table. */
const MOST_DATABASES = 50;

/** Tables that have CloudTrail's columns; null when they could not be listed. */
export async function findTables(
  client: AthenaClient,
  looker: Looker,
): Promise<TableFacts[] | null> {
  const before = looker.troubles.length;
  const found = looker.pages(
    'athena:ListDatabases',
    CATALOG,
    async (NextToken, options) =>
      client.send(new ListDatabasesCommand({ CatalogName: CATALOG, NextToken }), options),
    (page) => page.NextToken,
  );
  const databases: string[] = [];
  for await (const { DatabaseList = [] } of found) {
    databases.push(...DatabaseList.map(({ Name = '' }) => Name));
  }
  const tables: TableFacts[] = [];
  for (const database of databases.slice(0, MOST_DATABASES)) {
    tables.push(...(await tablesOf(client, database, looker)));
  }
  if (databases.length > MOST_DATABASES) {
    looker.troubles.push(`only ${MOST_DATABASES} of ${databases.length} databases were searched for tables`); // prettier-ignore
  }
  return tables.length === 0 && looker.troubles.length > before ? null : tables;
}

async function tablesOf(
  client: AthenaClient,
  database: string,
  looker: Looker,
): Promise<TableFacts[]> {
  const input = { CatalogName: CATALOG, DatabaseName: database };
  const found = looker.pages(
    'athena:ListTableMetadata',
    `database ${database}`,
    async (NextToken, options) =>
      client.send(new ListTableMetadataCommand({ ...input, NextToken }), options),
    (page) => page.NextToken,
  );
  const tables: TableFacts[] = [];
  for await (const { TableMetadataList = [] } of found) {
    for (const metadata of TableMetadataList) {
      const names = new Set(metadata.Columns?.map((column) => column.Name?.toLowerCase()));
      if (names.has('useridentity') && names.has('eventsource')) tables.push(tableFacts(database, metadata)); // prettier-ignore
    }
  }
  return tables;
}

/** As the source that would read it judges. */
function tableFacts(database: string, metadata: TableMetadata): TableFacts {
  const { Name: table = '', PartitionKeys = [] } = metadata;
  const facts = { name: `${database}.${table}`, partitions: PartitionKeys.map(({ Name = '' }) => Name) }; // prettier-ignore
  try {
    const plan = planOf(toTable({ catalog: CATALOG, database, table }, metadata), { table: facts.name }); // prettier-ignore
    // Whether its days can be compared is seen when a query is made of them.
    plan.query({ from: 0, to: 1 });
    return { ...facts, problem: null, isRegistered: plan.isRegistered };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const hint = error.hint === null ? '' : ` (${error.hint})`;
    return { ...facts, problem: `${error.message}${hint}`, isRegistered: false };
  }
}

const MOST_WORKGROUPS = 10;

/** One that says where results go if there is one, `primary` before others. */
export async function findWorkgroup(
  client: AthenaClient,
  looker: Looker,
): Promise<WorkgroupFacts | null> {
  const found = looker.pages(
    'athena:ListWorkGroups',
    'the account',
    async (NextToken, options) => client.send(new ListWorkGroupsCommand({ NextToken }), options),
    (page) => page.NextToken,
  );
  const names: string[] = [];
  for await (const { WorkGroups = [] } of found) {
    const enabled = WorkGroups.filter(({ State }) => State !== 'DISABLED');
    names.push(...enabled.map(({ Name = '' }) => Name));
  }
  const isPrimary = (name: string): number => Number(name === 'primary');
  const sorted = names.toSorted((a, b) => isPrimary(b) - isPrimary(a));
  for (const name of sorted.slice(0, MOST_WORKGROUPS)) {
    if (await hasOutput(client, name, looker)) return { name, hasOutput: true };
  }
  return sorted[0] === undefined ? null : { name: sorted[0], hasOutput: false };
}

async function hasOutput(client: AthenaClient, name: string, looker: Looker): Promise<boolean> {
  const answer = await looker.ask('athena:GetWorkGroup', `workgroup ${name}`, async (options) =>
    client.send(new GetWorkGroupCommand({ WorkGroup: name }), options),
  );
  const { ResultConfiguration, ManagedQueryResultsConfiguration } = answer?.WorkGroup?.Configuration ?? {}; // prettier-ignore
  const isManaged = ManagedQueryResultsConfiguration?.Enabled === true;
  return isManaged || (ResultConfiguration?.OutputLocation ?? '') !== '';
}
