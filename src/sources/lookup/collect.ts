/**
 * The run: what a journal kept, then day by day what it did not.
 */
import type { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { CallError } from '../../aws/call.js';
import { toUserError } from '../../aws/failure.js';
import { LostPages } from '../../aws/tokens.js';
import { Collector } from '../../cloudtrail/collector.js';
import { formatTime } from '../../cloudtrail/event-time.js';
import type { Batch, Context, Coverage } from '../../contracts.js';
import type { Bounded } from '../bounded.js';
import { CoverageNotes } from '../coverage.js';
import { claim } from './claim.js';
import { Estimate } from './estimate.js';
import { oldestAt, TOLERANCE } from './kept-window.js';
import type { Journal } from './journal.js';
import { type EventPage, History } from './history.js';
import { type KeptSlice, Replay, SETTLED_AFTER } from './replay.js';
import { type Stretch, stretchesOf } from './stretches.js';
import { Tail } from './tail.js';

export interface LookupRun {
  readonly client: CloudTrailClient;
  readonly journal: Journal | null;
  readonly account: string | undefined;
  readonly window: Bounded;
  /** The event history no longer holds the beginning of what was asked for. */
  readonly lost: boolean;
}

export async function* collectLookup(
  run: LookupRun,
  context: Context,
): AsyncGenerator<Batch, Coverage, void> {
  const { client, journal, window } = run;
  const coverage = new CoverageNotes('lookup', [`event history of ${nameFor(run)}`], run.account);
  if (run.lost) {
    const message = `The event history keeps 90 days: nothing before ${formatTime(window.from)} was seen.`;
    coverage.gap('before-event-history', nameFor(run), message);
  }
  try {
    const history = new History(client, context);
    const isKnown = journal === null || (await claim(journal, async () => run.account ?? history.account())); // prettier-ignore
    if (!isKnown) coverage.note(UNKNOWN_HISTORY);
    const own = isKnown ? run : { ...run, journal: null };
    const replay = await replayOf(own.journal);
    const stretches = stretchesOf(window, replay.slices);
    const tails = new Map<KeptSlice, Tail>();
    yield* kept(stretches, own, { coverage, tails });
    yield* asked(stretches, own, { history, coverage, context, tails });
  } catch (error) {
    if (!context.signal.aborted) throw error;
  } finally {
    await journal?.close();
  }
  noteRecent(window, coverage, context);
  return coverage.result(context.signal.aborted);
}

const UNKNOWN_HISTORY =
  'No recent event says which account this is, so the resume file was neither used nor written.';

/** A first look: which slices were read how far. Records are not held. */
async function replayOf(journal: Journal | null): Promise<Replay> {
  const replay = new Replay();
  for await (const page of journal?.pages() ?? []) replay.add(page);
  return replay;
}

/** What an earlier run has read, as far as it is still good. */
async function* kept(
  stretches: readonly Stretch[],
  run: LookupRun,
  { coverage, tails }: { coverage: CoverageNotes; tails: Map<KeptSlice, Tail> },
): AsyncGenerator<Batch, void> {
  const counted = new Map(stretches.flatMap((stretch) => stretch.kept?.pages.map((page) => [page, stretch] as const) ?? [])); // prettier-ignore
  let number = 0;
  for await (const page of run.journal?.pages() ?? []) {
    const stretch = counted.get(number);
    number += 1;
    if (stretch === undefined || stretch.kept === null) continue;
    const tail = tails.get(stretch.kept) ?? new Tail();
    for (const record of page.records) tail.add({ CloudTrailEvent: JSON.stringify(record) });
    tails.set(stretch.kept, tail);
    yield coverage.took(batchOf(page.records, stretch.counted, run, coverage));
    coverage.figure('pages_from_resume_file', 1);
    noteUnreadable(page, run, coverage);
  }
}

async function* asked(
  stretches: readonly Stretch[],
  run: LookupRun,
  { history, coverage, context, tails }: { history: History; coverage: CoverageNotes; context: Context; tails: ReadonlyMap<KeptSlice, Tail> }, // prettier-ignore
): AsyncGenerator<Batch, void> {
  const wanted = stretches.filter(({ kept: before }) => before?.next !== null);
  const estimate = new Estimate(wanted, context);
  for (const stretch of wanted) {
    const { slice, counted, kept: before } = stretch;
    try {
      const token = before?.next ?? null;
      const tail = (before && tails.get(before)) ?? new Tail();
      for await (const page of history.pages(slice, token === null ? undefined : { token, tail })) {
        yield coverage.took(batchOf(page.records, counted, run, coverage));
        await run.journal?.add({ ...slice, ...page });
        note(page, run, coverage);
        estimate.add(stretch, page.oldest ?? slice.from, coverage);
      }
      estimate.finish(stretch);
      noteGone(counted, run, coverage, context);
    } catch (error) {
      if (context.signal.aborted) return;
      if (!failed(error, slice, coverage, run)) return;
    }
  }
}

/** A run takes hours, in which the oldest events leave the history. */
function noteGone(
  counted: Bounded,
  run: LookupRun,
  coverage: CoverageNotes,
  context: Context,
): void {
  const oldest = oldestAt(Math.floor(context.now() / 1000));
  if (counted.from >= oldest - TOLERANCE) return;
  const message = `Events before ${formatTime(oldest)} may have left the event history, which keeps 90 days, before they were read.`;
  coverage.gap('before-event-history', nameFor(run), message);
}

function noteRecent({ to }: Bounded, coverage: CoverageNotes, context: Context): void {
  if (to + SETTLED_AFTER <= context.now() / 1000) return;
  coverage.note(
    'Events reach the event history minutes after they happened: the last of the window may not have been there yet.',
  );
}

function hintOf({ failure: { hint } }: CallError): string {
  return hint === null ? '' : ` (${hint})`;
}

function nameFor({ account }: LookupRun): string {
  return account ?? 'the current account';
}

function batchOf(
  records: readonly unknown[],
  counted: Bounded,
  run: LookupRun,
  coverage: CoverageNotes,
): Batch {
  const collector = new Collector(counted);
  for (const record of records) collector.add(record);
  coverage.reject(collector.rejections.byReason);
  coverage.lost(collector.rejections.lostCalls, nameFor(run));
  return collector.drain();
}

function note(page: EventPage, run: LookupRun, coverage: CoverageNotes): void {
  coverage.figure('pages', 1);
  coverage.figure('events', page.records.length);
  noteUnreadable(page, run, coverage);
}

function noteUnreadable(
  { unreadable }: Pick<EventPage, 'unreadable'>,
  run: LookupRun,
  coverage: CoverageNotes,
): void {
  if (unreadable === 0) return;
  const message = `${unreadable} ${unreadable === 1 ? 'event' : 'events'} came without a readable record.`;
  coverage.gap('unreadable-records', nameFor(run), message);
}

/** Whether the next day is worth asking for. */
function failed(error: unknown, slice: Bounded, coverage: CoverageNotes, run: LookupRun): boolean {
  const subject = `${nameFor(run)}, ${formatTime(slice.from)} to ${formatTime(slice.to)}`;
  if (error instanceof LostPages) {
    coverage.gap('pages-missing', subject, `Events are missing: ${error.message}.`);
    return true;
  }
  if (!(error instanceof CallError)) throw error;
  if (!coverage.anythingRead) throw toUserError(error.failure, error);
  const message = `${error.failure.message}; this day and those before it were not read to the end${hintOf(error)}.`;
  coverage.gap(error.failure.code, subject, message);
  return false;
}
