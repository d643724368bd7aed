/**
 * Athena over a CloudTrail table: the engine for trails that outgrow one machine. It removes copies
 * and counts; what comes back is a row for each kind of call.
 */
import { athenaClient } from '../../aws/clients.js';
import type { Batch, Context, Coverage, Source, Window } from '../../contracts.js';
import { boundedWindow } from '../bounded.js';
import { nameOf } from '../name.js';
import { explain } from './explain.js';
import { type AthenaOptions, parseTableName } from './athena-options.js';

export type { AthenaOptions } from './athena-options.js';

/** Throws a UserError for what is no table's name, and from `collect` when it cannot start. */
export function athena(options: AthenaOptions): Source {
  const name = parseTableName(options.table);
  return {
    name: nameOf('athena', options.account),
    collect: async function* (
      window: Window,
      context: Context,
    ): AsyncGenerator<Batch, Coverage, void> {
      const bounded = boundedWindow(window, context);
      const client = await (options.client ?? (() => athenaClient({})))();
      const { collectAthena } = await import('./collect.js');
      return yield* collectAthena(client, name, { options, window: bounded }, context);
    },
    explain: ({ from, to }) => explain(name, options, { from: from ?? 0, to: to ?? 0 }),
  };
}
