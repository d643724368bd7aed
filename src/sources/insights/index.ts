/**
 * CloudWatch Logs Insights over the log group of a trail.
 *
 * It counts first and reads then: one query counts STS events by what they tell about the endpoint,
 * and only where calls to the global endpoint are among them does a second one fetch their records.
 * No byte is scanned more than twice, unless calls are too many for one result.
 *
 * Records are taken whole (`@message`) instead of as fields. On the sample logs a call comes to 1,646
 * bytes of the API's answer as a record and to 1,441 as the fields that the audit reads, since each
 * field repeats its name (bench/insights-message.mjs); what is scanned, and paid for, is the same. That
 * buys that no field can go undiscovered, and that a record is read by the same code as that of a file.
 */
import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { logsClient } from '../../aws/clients.js';
import type { Batch, Context, Coverage, Source, Window } from '../../contracts.js';
import { boundedWindow } from '../bounded.js';
import { nameOf } from '../name.js';
import { explain } from './explain.js';
import { type LogGroup, parseLogGroup } from './log-group.js';

export interface InsightsOptions {
  /** Names, or ARNs in a monitoring account. */
  readonly logGroups: readonly string[];
  /** The account that is asked, where several are. */
  readonly account?: string | undefined;
  /** A client for the Region of the log groups; the SDK's own settings by default. */
  readonly client?: () => Promise<CloudWatchLogsClient>;
}

/** Throws a UserError for a name that can be none, and from `collect` when it cannot start. */
export function insights(options: InsightsOptions): Source {
  // One that is named twice would count twice.
  const ids = new Map(options.logGroups.map(parseLogGroup).map((group) => [group.id, group]));
  const groups = [...ids.values()];
  return {
    name: nameOf('insights', options.account),
    collect: (window, context) => collect(options, groups, window, context),
    explain: (window) => explain(groups, window),
  };
}

async function* collect(
  options: InsightsOptions,
  groups: readonly LogGroup[],
  window: Window,
  context: Context,
): AsyncGenerator<Batch, Coverage, void> {
  const bounded = boundedWindow(window, context);
  const client = await (options.client ?? (() => logsClient({})))();
  const { collectInsights } = await import('./collect.js');
  const run = { groups, window: bounded, account: options.account };
  return yield* collectInsights(client, run, context);
}
