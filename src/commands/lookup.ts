import type { Flags, Invocation } from '../args.js';
import { cloudTrailClient } from '../aws/clients.js';
import { accountsOf, inUsEast1 } from '../aws-options.js';
import type { Source } from '../contracts.js';
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
  return accountsOf(flags).map((chosen) => {
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
