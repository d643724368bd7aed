import type { Flags, Invocation } from '../args.js';
import { cloudTrailClient } from '../aws/clients.js';
import { accountsOf, required } from '../aws-options.js';
import type { Source } from '../contracts.js';
import type { Io } from '../main.js';
import { parseDataStore } from '../sources/lake/data-store.js';
import { lake } from '../sources/lake/index.js';
import { gatherFrom } from './gather-from.js';

export async function runLake({ operands, flags }: Invocation, io: Io): Promise<number> {
  return gatherFrom(lakeSources(flags), { operands, flags }, io);
}

export function lakeSources(flags: Flags): readonly Source[] {
  const eventDataStore = required(flags, 'event-data-store', 'ID');
  const { region } = parseDataStore(eventDataStore);
  return accountsOf(flags).map(({ setting, account }) => {
    const own = region === null ? setting : { ...setting, region };
    return lake({ eventDataStore, account, client: () => cloudTrailClient(own) });
  });
}
