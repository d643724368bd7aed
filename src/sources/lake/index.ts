/**
 * CloudTrail Lake, which aggregates as Athena does. It takes no new customers since 31 May 2026.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-lake-service-availability-change.html
 */
import type { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { cloudTrailClient } from '../../aws/clients.js';
import type { Batch, Context, Coverage, Source, Window } from '../../contracts.js';
import { compact, dataStoreId, render, sqlTimestamp, type Template } from '../../queries.js';
import { type Bounded, boundedWindow } from '../bounded.js';
import { nameOf } from '../name.js';
import { type DataStore, parseDataStore } from './data-store.js';

export interface LakeOptions {
  /** Id or ARN of the event data store. */
  readonly eventDataStore: string;
  /** The account that is asked, where several are. */
  readonly account?: string | undefined;
  /** A client for the store's home Region; the SDK's own settings by default. */
  readonly client?: () => Promise<CloudTrailClient>;
}

/** Throws a UserError for what is no event data store, and from `collect` when it cannot start. */
export function lake(options: LakeOptions): Source {
  const store = parseDataStore(options.eventDataStore);
  return {
    name: nameOf('lake', options.account),
    collect: (window, context) => collect(store, options, window, context),
    explain: ({
      from,
      to,
    }) => `-- Calls: cloudtrail:StartQuery, cloudtrail:DescribeQuery until it has ended,
-- cloudtrail:GetQueryResults page by page, cloudtrail:CancelQuery when interrupted.
-- The query, without the comments of queries/lake/audit.sql: Lake takes at most 10,000 characters.

${auditQuery(store.id, { from: from ?? 0, to: to ?? 0 })}`,
  };
}

/**
 * The audit query, for a store and window. Lake takes at most 10,000 characters.
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_StartQuery.html
 */
function auditQuery(id: string, window: Bounded): string {
  return compact(rendered('lake/audit.sql', id, window));
}

/** For people, at the console. */
export function callersQuery(id: string, window: Bounded): string {
  return rendered('lake/callers.sql', id, window);
}

function rendered(template: Template, id: string, { from, to }: Bounded): string {
  return render(template, {
    event_data_store: dataStoreId(id),
    from: sqlTimestamp(from),
    to: sqlTimestamp(to),
  });
}

async function* collect(
  store: DataStore,
  options: LakeOptions,
  window: Window,
  context: Context,
): AsyncGenerator<Batch, Coverage, void> {
  const bounded = boundedWindow(window, context);
  const region = store.region === null ? {} : { region: store.region };
  const client = await (options.client ?? (() => cloudTrailClient(region)))();
  const { collectLake } = await import('./collect.js');
  const query = { store, text: auditQuery(store.id, bounded), account: options.account }; // prettier-ignore
  return yield* collectLake(client, query, context);
}
