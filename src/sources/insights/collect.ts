/**
 * The run: log groups in chunks, time in pieces, a count and then the calls of each.
 */
import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { together } from '../../together.js';
import type { Batch, Context, Coverage } from '../../contracts.js';
import { UserError } from '../../errors.js';
import type { Bounded } from '../bounded.js';
import { CoverageNotes } from '../coverage.js';
import { noteCost } from './cost.js';
import { describeGroup, type Held, HoldsNothing } from './describe.js';
import type { LogGroup } from './log-group.js';
import { piecesOf } from './pieces.js';
import type { Fields } from './queries.js';
import { PieceReader } from './read-piece.js';
import { Session } from './session.js';

/** A query takes up to 50. */
const MOST_GROUPS = 50;
/** Of the 100 that an account may run at a time, which dashboards and alarms use, too. */
const QUERIES_AT_A_TIME = 5;

interface Piece {
  readonly groupIds: readonly string[];
  readonly fields: Fields;
  readonly window: Bounded;
}

export interface InsightsRun {
  readonly groups: readonly LogGroup[];
  readonly window: Bounded;
  readonly account: string | undefined;
}

export async function* collectInsights(
  client: CloudWatchLogsClient,
  { groups, window, account }: InsightsRun,
  context: Context,
): AsyncGenerator<Batch, Coverage, void> {
  const coverage = new CoverageNotes(
    'insights',
    groups.map(({ id }) => id),
    account,
  );
  await checkRegion(client, groups);
  const session = new Session(client, (sentence) => coverage.note(sentence));
  const chunks = await chunksOf(client, groups, { window, coverage, context });
  const now = Math.floor(context.now() / 1000);
  const pieces = chunks.flatMap((chunk) => piecesFor(chunk, window, now));
  let done = 0;
  const read = async function* (piece: Piece, signal: AbortSignal): AsyncGenerator<Batch, void> {
    const reader = new PieceReader(session, { ...piece, events: window }, coverage, {
      ...context,
      signal: AbortSignal.any([context.signal, signal]),
    });
    yield* reader.read();
    done += 1;
    context.progress({
      source: 'insights',
      unit: 'queries',
      done,
      total: pieces.length,
      bytes: coverage.figureOf('bytes_scanned'),
      totalBytes: null,
    });
  };
  yield* together(pieces, QUERIES_AT_A_TIME, read);
  coverage.note('Events that were logged more than a day after they happened were not looked for.');
  noteCost(coverage);
  return coverage.result(context.signal.aborted);
}

/** ARNs name a Region, which must be the client's: it sees no other. */
async function checkRegion(
  client: CloudWatchLogsClient,
  groups: readonly LogGroup[],
): Promise<void> {
  const region = await client.config.region();
  const foreign = groups.find((group) => group.region !== null && group.region !== region);
  if (foreign === undefined) return;
  const isAlone = groups.every((group) => group.region === foreign.region);
  throw new UserError(`the log group ${foreign.id} is not in ${region}`, {
    hint: isAlone
      ? `choose its Region with --region ${foreign.region}`
      : 'name log groups of one Region at a time, and put the reports together with merge',
  });
}

/** Groups that can be asked in one query. */
type Chunk = readonly Held[];

/**
 * The service refuses a time that ends before a log group's oldest event, so no group is asked for
 * one.
 */
function piecesFor(chunk: Chunk, window: Bounded, now: number): Piece[] {
  const reach = Math.min(...chunk.map(({ oldest }) => oldest));
  const fields = chunk[0]?.fields ?? 'not-discovered';
  return piecesOf(window, now, reach).map((piece) => ({
    groupIds: chunk.filter(({ oldest }) => oldest < piece.to).map(({ id }) => id),
    fields,
    window: piece,
  }));
}

/**
 * A query cannot mix log classes, and needs other text for each. Throws a UserError when no group
 * holds anything of the window.
 */
async function chunksOf(
  client: CloudWatchLogsClient,
  groups: readonly LogGroup[],
  reading: { window: Bounded; coverage: CoverageNotes; context: Context },
): Promise<Chunk[]> {
  const empty: { id: string; error: HoldsNothing }[] = [];
  const held = new Map<string, Held>();
  for (const group of groups) {
    try {
      held.set(group.id, await describeGroup(client, group, reading));
    } catch (error) {
      if (!(error instanceof HoldsNothing)) throw error;
      empty.push({ id: group.id, error });
    }
  }
  if (empty[0] !== undefined && empty.length === groups.length) throw empty[0].error;
  for (const { id, error } of empty) {
    reading.coverage.gap('before-log-group', id, `${error.message}.`);
  }
  return (['discovered', 'not-discovered'] as const).flatMap((fields) => {
    const alike = [...held.values()].filter((group) => group.fields === fields);
    const count = Math.ceil(alike.length / MOST_GROUPS);
    return Array.from({ length: count }, (_, chunk) =>
      alike.slice(chunk * MOST_GROUPS, (chunk + 1) * MOST_GROUPS),
    );
  });
}
