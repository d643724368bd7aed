/**
 * CloudTrail's event history (LookupEvents): the source that needs no trail and no set-up, for one
 * account and 90 days, at two requests a second.
 */
import type { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { cloudTrailClient } from '../../aws/clients.js';
import type { Batch, Context, Coverage, Source, Window } from '../../contracts.js';
import { nameOf } from '../name.js';
import type { Journal } from './journal.js';
import { keptWindow } from './kept-window.js';

export interface LookupOptions {
  /** The account that is asked, where several are. */
  readonly account?: string | undefined;
  /** A client for us-east-1, where calls to the global endpoint are logged. */
  readonly client?: () => Promise<CloudTrailClient>;
  /** Keeps what was read, so that an interrupted run can go on. */
  readonly journal?: Journal | undefined;
}

/** Throws a UserError from `collect` when it cannot start. */
export function lookup(options: LookupOptions = {}): Source {
  return {
    name: nameOf('lookup', options.account),
    collect: (window, context) => collect(options, window, context),
    explain: ({ from, to }) =>
      `cloudtrail:LookupEvents in us-east-1, EventSource = sts.amazonaws.com, day by day${from === null && to === null ? ', 90 days' : ''}, 2 requests a second`,
  };
}

async function* collect(
  options: LookupOptions,
  window: Window,
  context: Context,
): AsyncGenerator<Batch, Coverage, void> {
  const { kept, lost } = keptWindow(window, Math.ceil(context.now() / 1000));
  const client = await (options.client ?? (() => cloudTrailClient({ region: 'us-east-1' })))();
  const { collectLookup } = await import('./collect.js');
  return yield* collectLookup({ client, journal: options.journal ?? null, account: options.account, window: kept, lost }, context); // prettier-ignore
}
