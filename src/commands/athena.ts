import type { Flags, Invocation } from '../args.js';
import { athenaClient, s3Client } from '../aws/clients.js';
import { accountsOf, athenaOptionsOf } from '../aws-options.js';
import type { Source } from '../contracts.js';
import type { Io } from '../main.js';
import { athena } from '../sources/athena/index.js';
import { gatherFrom } from './gather-from.js';

export async function runAthena({ operands, flags }: Invocation, io: Io): Promise<number> {
  return gatherFrom(athenaSources(flags), { operands, flags }, io);
}

/** `deliveredUntil` in seconds: see AthenaOptions. */
export function athenaSources(flags: Flags, deliveredUntil?: number): readonly Source[] {
  const options = athenaOptionsOf(flags);
  return accountsOf(flags).map(({ setting, account }) => {
    const client = (): ReturnType<typeof athenaClient> => athenaClient(setting);
    // An endpoint that was given is Athena's.
    const s3 = (): ReturnType<typeof s3Client> => s3Client({ ...setting, endpointUrl: undefined });
    return athena({ ...options, account, deliveredUntil, client, s3 });
  });
}
