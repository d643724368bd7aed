import type { Flags, Invocation } from '../args.js';
import { cloudTrailClient } from '../aws/clients.js';
import { type AwsAccount, accountsOf, inUsEast1 } from '../aws-options.js';
import type { Source } from '../contracts.js';
import { UserError } from '../errors.js';
import type { Io } from '../main.js';
import { flag } from '../options.js';
import { lookup } from '../sources/lookup/index.js';
import { fileJournal } from '../sources/lookup/journal.js';
import { gatherFrom } from './gather-from.js';

export async function runLookup({ operands, flags }: Invocation, io: Io): Promise<number> {
  return gatherFrom(lookupSources(flags), { operands, flags }, io);
}

export function lookupSources(flags: Flags): readonly Source[] {
  const resume = flag(flags, 'resume');
  const accounts = accountsOf(flags);
  refuseTwice(accounts);
  return accounts.map((chosen) => {
    const { account } = chosen;
    // The event history of each account goes into a file of its own.
    const file = resume === null || account === undefined ? resume : `${resume}.${account}`;
    return lookup({
      account,
      client: () => cloudTrailClient(inUsEast1(chosen)),
      journal: file === null ? undefined : fileJournal(file),
    });
  });
}

/** An account has one event history, and one pace: another role sees nothing more. */
function refuseTwice(accounts: readonly AwsAccount[]): void {
  const ids = accounts.map(({ account }) => account);
  const twice = ids.find((id, place) => id !== undefined && ids.indexOf(id) !== place);
  if (twice === undefined) return;
  throw new UserError(`two roles of account ${twice}: its event history is one`, {
    hint: 'name one --role-arn for each account',
  });
}
