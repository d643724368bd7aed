import type { Invocation } from '../args.js';
import { cloudTrailClient } from '../aws/clients.js';
import { accountsOf, required } from '../aws-options.js';
import type { Io } from '../main.js';
import { lake, parseDataStore } from '../sources/lake/index.js';
import { gatherFrom } from './gather-from.js';

export async function runLake({ operands, flags }: Invocation, io: Io): Promise<number> {
  const eventDataStore = required(flags, 'event-data-store', 'ID');
  const { region } = parseDataStore(eventDataStore);
  const sources = accountsOf(flags).map(({ setting, account }) => {
    const own = region === null ? setting : { ...setting, region };
    return lake({ eventDataStore, account, client: () => cloudTrailClient(own) });
  });
  return gatherFrom(sources, { operands, flags }, io);
}
