/**
 * CloudWatch Logs Insights over the log group of a trail.
 *
 * It counts first and reads then: one query counts STS events by what they tell about the endpoint,
 * and only where calls to the global endpoint are among them does a second one fetch their records.
 * No byte is scanned more than twice, unless calls are too many for one result.
 *
 * Records are taken whole (`@message`), not as fields: the result of the API writes a name and a
 * value for each field, which for the fields that the audit needs takes 2,150 bytes a call where
 * the record takes 2,200; and the whole record is read by the same code as that of a file.
 */
import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { logsClient } from '../../aws/clients.js';
import type { Batch, Context, Coverage, Source, Window } from '../../contracts.js';
import { boundedWindow } from '../bounded.js';
import { explain } from './explain.js';
import { parseLogGroup } from './log-group.js';

export interface InsightsOptions {
  /** Names, or ARNs in a monitoring account. */
  readonly logGroups: readonly string[];
  /** A client for the Region of the log groups; the SDK's own settings by default. */
  readonly client?: () => Promise<CloudWatchLogsClient>;
}

/** Throws a UserError for a name that can be none, and from `collect` when it cannot start. */
export function insights(options: InsightsOptions): Source {
  const groups = options.logGroups.map(parseLogGroup);
  return {
    name: 'insights',
    collect: (window, context) => collect(options, window, context),
    explain: (window) => explain(groups, window),
  };
}

async function* collect(
  options: InsightsOptions,
  window: Window,
  context: Context,
): AsyncGenerator<Batch, Coverage, void> {
  const bounded = boundedWindow(window, context);
  const client = await (options.client ?? (() => logsClient({})))();
  const { collectInsights } = await import('./collect.js');
  const groups = options.logGroups.map(parseLogGroup);
  return yield* collectInsights(client, groups, bounded, context);
}
