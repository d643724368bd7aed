/**
 * What is known of the log groups before they are queried: whether they exist, since when, how long
 * they keep events, and whether their class discovers fields.
 */
import {
  type CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  type LogGroup as Described,
} from '@aws-sdk/client-cloudwatch-logs';
import { call, CallError } from '../../aws/call.js';
import { toUserError } from '../../aws/failure.js';
import { pages } from '../../aws/tokens.js';
import { formatTime } from '../../cloudtrail/event-time.js';
import type { Context } from '../../contracts.js';
import { UserError } from '../../errors.js';
import type { Bounded } from '../bounded.js';
import type { CoverageNotes } from '../coverage.js';
import type { LogGroup } from './log-group.js';
import type { Fields } from './queries.js';

const DAY = 86_400;

/** A log group that is too young, or keeps events for too short a time, for all of the window. */
export class HoldsNothing extends UserError {}

/** A log group that can be asked. */
export interface Held {
  readonly id: string;
  readonly fields: Fields;
  /** Second of the oldest event that it can hold; 0 where that is not known. */
  readonly oldest: number;
}

/**
 * Notes what the group cannot hold. Throws HoldsNothing when that is all of the window, and a
 * UserError when there is no such group.
 */
export async function describeGroup(
  client: CloudWatchLogsClient,
  group: LogGroup,
  { window, coverage, context }: { window: Bounded; coverage: CoverageNotes; context: Context },
): Promise<Held> {
  const described = await lookUp(client, group, context);
  if (described === 'denied') {
    coverage.note(
      `The class, age and retention of ${group.id} could not be looked up (logs:DescribeLogGroups).`,
    );
    return { id: group.id, fields: 'not-discovered', oldest: 0 };
  }
  if (described === null) {
    const region = await client.config.region();
    throw new UserError(`no such log group in ${region}: ${group.id}`, {
      hint: 'a trail writes to a log group of its home Region: choose it with --region',
    });
  }
  const now = Math.floor(context.now() / 1000);
  const oldest = noteAge(described, group.id, { window, coverage, now });
  const isStandard = (described.logGroupClass ?? 'STANDARD') === 'STANDARD';
  return { id: group.id, fields: isStandard ? 'discovered' : 'not-discovered', oldest };
}

/** Returns the second of the oldest event that the group can hold. */
function noteAge(
  { creationTime, retentionInDays }: Described,
  id: string,
  { window, coverage, now }: { window: Bounded; coverage: CoverageNotes; now: number },
): number {
  const created = Math.floor((creationTime ?? 0) / 1000);
  const kept = retentionInDays === undefined ? 0 : now - retentionInDays * DAY;
  const oldest = Math.max(created, kept);
  if (oldest <= window.from) return oldest;
  const since = formatTime(oldest);
  const reason = created >= kept ? `was created at ${since}` : `keeps ${retentionInDays} days`;
  if (oldest >= window.to) {
    throw new HoldsNothing(`the log group ${id} ${reason}: it holds nothing of the window`, {
      hint: 'choose a later --to, or a log group or bucket that reaches further back',
    });
  }
  const message = `The log group ${reason}; it holds nothing before ${since}.`;
  coverage.gap('before-log-group', id, message);
  return oldest;
}

/** Null when there is none; `denied` when it may not be looked up, which is no obstacle. */
async function lookUp(
  client: CloudWatchLogsClient,
  { name, id, accountId }: LogGroup,
  context: Context,
): Promise<Described | 'denied' | null> {
  const linked =
    accountId === null ? {} : { accountIdentifiers: [accountId], includeLinkedAccounts: true };
  const attempt = { action: 'logs:DescribeLogGroups', resource: id };
  const read = async (nextToken?: string) =>
    call(context, attempt, async (options) =>
      client.send(
        new DescribeLogGroupsCommand({ logGroupNamePrefix: name, ...linked, ...(nextToken === undefined ? {} : { nextToken }) }), // prettier-ignore
        options,
      ),
    );
  try {
    for await (const { logGroups = [] } of pages(read, ({ nextToken }) => nextToken)) {
      const found = logGroups.find(({ logGroupName }) => logGroupName === name);
      if (found !== undefined) return found;
    }
    return null;
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    if (error.failure.code === 'access-denied') return 'denied';
    // An account that monitors no other may not ask for an account's log groups, be it its own.
    if (error.failure.code === 'refused' && accountId !== null) return 'denied';
    throw toUserError(error.failure, error);
  }
}
