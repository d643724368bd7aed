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
import { UserError } from '../../errors.js';
import type { Bounded } from '../bounded.js';
import { CoverageNotes } from '../coverage.js';
import { Estimate } from './estimate.js';
import type { Journal } from './journal.js';
import { type EventPage, History } from './history.js';
import { Replay } from './replay.js';
import { slicesOf } from './slices.js';

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
  const replay = new Replay();
  const kept = new Set<string>();
  for await (const page of journal?.pages() ?? []) {
    replay.add(page);
    const batch = batchOf(page.records, run, coverage);
    for (const { accountId } of batch.seen.classes) kept.add(accountId);
    yield coverage.took(batch);
    coverage.figure('pages_from_resume_file', 1);
    noteUnreadable(page, run, coverage);
  }
  const history = new History(client, context);
  const estimate = new Estimate(window, context);
  for (const slice of slicesOf(window)) {
    if (replay.isDone(slice)) continue;
    try {
      for await (const page of history.pages(slice, replay.tokenOf(slice))) {
        const batch = batchOf(page.records, run, coverage);
        checkAccount(batch, kept);
        yield coverage.took(batch);
        await journal?.add({ ...slice, ...page, asked: Math.floor(context.now() / 1000) });
        note(page, run, coverage);
        estimate.add(page.oldest ?? slice.from, coverage);
      }
    } catch (error) {
      if (context.signal.aborted) break;
      if (!failed(error, slice, coverage, run)) break;
    }
  }
  return coverage.result(context.signal.aborted);
}

function hintOf({ failure: { hint } }: CallError): string {
  return hint === null ? '' : ` (${hint})`;
}

function nameFor({ account }: LookupRun): string {
  return account ?? 'the current account';
}

function batchOf(records: readonly unknown[], run: LookupRun, coverage: CoverageNotes): Batch {
  const collector = new Collector(run.window);
  for (const record of records) collector.add(record);
  coverage.reject(collector.rejections.byReason);
  coverage.lost(collector.rejections.lostCalls, nameFor(run));
  return collector.drain();
}

/** The event history is one account's: a resume file of another must not be mixed with it. */
function checkAccount({ seen }: Batch, kept: ReadonlySet<string>): void {
  const ids = seen.classes.map(({ accountId }) => accountId);
  if (ids.length === 0 || kept.size === 0 || ids.some((id) => kept.has(id))) return;
  throw new UserError(`the resume file is of account ${[...kept].join(', ')}, not ${ids[0]}`, {
    hint: 'name another file with --resume',
  });
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
  const message = `${unreadable} events came without a readable record.`;
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
