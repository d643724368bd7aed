import type { Flags, Invocation } from '../args.js';
import { logsClient } from '../aws/clients.js';
import { accountsOf, logGroupsOf } from '../aws-options.js';
import type { Source } from '../contracts.js';
import type { Io } from '../main.js';
import { insights } from '../sources/insights/index.js';
import { parseLogGroup } from '../sources/insights/log-group.js';
import { gatherFrom } from './gather-from.js';

export async function runInsights({ operands, flags }: Invocation, io: Io): Promise<number> {
  return gatherFrom(insightsSources(flags), { operands, flags }, io);
}

export function insightsSources(flags: Flags): readonly Source[] {
  const logGroups = logGroupsOf(flags);
  const ofArn = logGroups.map(parseLogGroup).find(({ region }) => region !== null)?.region;
  return accountsOf(flags).map(({ setting, account }) => {
    const own = { ...setting, region: setting.region ?? ofArn ?? undefined };
    return insights({ logGroups, account, client: () => logsClient(own) });
  });
}
