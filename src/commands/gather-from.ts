/**
 * What the commands that gather from AWS have in common.
 */
import type { Invocation } from '../args.js';
import type { Source } from '../contracts.js';
import { UserError } from '../errors.js';
import type { Io } from '../main.js';
import { accountIdsOf, ipRangesOf, outputOf, windowOf } from '../options.js';
import { gather } from './report.js';

export async function gatherFrom(
  sources: readonly Source[],
  { operands, flags }: Pick<Invocation, 'operands' | 'flags'>,
  io: Io,
): Promise<number> {
  if (operands[0] !== undefined) {
    throw new UserError(`what is ${operands[0]}? This command takes flags only`);
  }
  return gather(
    {
      sources,
      window: windowOf(flags, Date.now()),
      ipRanges: ipRangesOf(flags),
      accounts: accountIdsOf(flags),
      output: outputOf(flags),
      progress: io.isTerminal && flags['quiet'] !== true,
    },
    io,
  );
}
