/**
 * The run: the table and the workgroup are looked at, the scan is estimated, and one query counts
 * all of the window. Where that is too much for the engine, the window is halved.
 */
import type { AthenaClient } from '@aws-sdk/client-athena';
import { CallError } from '../../aws/call.js';
import { sentenceOf } from '../../aws/failure.js';
import { LostPages } from '../../aws/tokens.js';
import { formatTime } from '../../cloudtrail/event-time.js';
import type { Batch, Context, Coverage } from '../../contracts.js';
import { UserError } from '../../errors.js';
import type { Bounded } from '../bounded.js';
import { CoverageNotes } from '../coverage.js';
import { batchesOfPages } from '../engine/result.js';
import { lossesOf } from './audit-query.js';
import { Executor } from './execution.js';
import { guardScan, sizeOf } from './guard.js';
import type { AthenaOptions, TableName } from './athena-options.js';
import { checkPartitions } from './check-partitions.js';
import { type Plan, planOf } from './plan.js';
import { QueryEnded } from './query-ended.js';
import { startError } from './start-error.js';
import { describeTable } from './table.js';
import { describeWorkgroup } from './workgroup.js';

const DAY = 86_400;
/** Attempts at a query that Athena says may succeed as it is. */
const MOST_ATTEMPTS = 3;

export async function* collectAthena(
  client: AthenaClient,
  name: TableName,
  { options, window }: { options: AthenaOptions; window: Bounded },
  context: Context,
): AsyncGenerator<Batch, Coverage, void> {
  const target = `${name.database}.${name.table}`;
  const coverage = new CoverageNotes('athena', [target], options.account);
  const chosen = {
    name: options.workgroup ?? 'primary',
    outputLocation: options.outputLocation ?? null,
  };
  const workgroup = await describeWorkgroup(client, chosen, context, coverage);
  const table = await describeTable(client, name, context);
  const plan = planOf(table, options);
  for (const sentence of [...lossesOf(table.columns), ...plan.notes]) coverage.note(sentence);
  const missing = plan.missing(window, Math.floor(context.now() / 1000));
  for (const sentence of missing) coverage.gap('partitions-missing', target, sentence);
  await guardScan({ plan, workgroup, options, window }, coverage, context);
  const limits = { workgroup, maxScan: options.maxScan ?? null };
  const executor = new Executor(client, name, limits, (sentence) => coverage.note(sentence));
  if (plan.isRegistered) await checkPartitions(executor, { plan, target, window, accounts: options.accounts ?? [] }, coverage, context); // prettier-ignore
  yield* new Reader(executor, plan, coverage, context).read(window);
  coverage.figure('bytes_scanned', executor.bytesScanned);
  if (executor.isOverLimit) coverage.note(overLimit(executor.bytesScanned, options.maxScan ?? 0));
  noteCost(coverage);
  return coverage.result(context.signal.aborted);
}

class Reader {
  readonly #executor: Executor;
  readonly #plan: Plan;
  readonly #coverage: CoverageNotes;
  readonly #context: Context;

  constructor(executor: Executor, plan: Plan, coverage: CoverageNotes, context: Context) {
    this.#executor = executor;
    this.#plan = plan;
    this.#coverage = coverage;
    this.#context = context;
  }

  async *read(window: Bounded, attempt = 1): AsyncGenerator<Batch, void> {
    try {
      this.#coverage.figure('queries', 1);
      const pages = await this.#executor.run(this.#plan.query(window), this.#context);
      yield* batchesOfPages(pages, subjectOf(window), this.#coverage);
    } catch (error) {
      if (this.#context.signal.aborted) return;
      const ending = error instanceof QueryEnded ? error.ending : null;
      const halves = ending === 'too-large' && this.#plan.prunesDays ? halvesOf(window) : [];
      if (ending === 'retryable' && attempt < MOST_ATTEMPTS) yield* this.read(window, attempt + 1);
      else if (halves.length === 0) this.#failed(error, window);
      for (const half of halves) yield* this.read(half);
    }
  }

  #failed(error: unknown, window: Bounded): void {
    const subject = subjectOf(window);
    if (error instanceof LostPages) {
      this.#coverage.gap('rows-missing', subject, `Rows are missing: ${error.message}.`);
    } else if (error instanceof CallError) {
      if (!this.#executor.hasStarted) throw startError(error);
      this.#coverage.gap(error.failure.code, subject, sentenceOf(error.failure));
    } else if (error instanceof QueryEnded) {
      if (error.ending === 'user' && !this.#coverage.anythingRead) {
        throw new UserError(error.message, { cause: error });
      }
      const code = error.ending === 'scan-limit' ? 'scan-limit' : 'query-failed';
      const hint = error.ending === 'too-large' ? '; ask for shorter windows' : '';
      this.#coverage.gap(code, subject, `${error.message}${hint}.`);
    } else throw error;
  }
}

function overLimit(scanned: number, limit: number): string {
  return `${sizeOf(scanned)} were scanned, more than --max-scan (${sizeOf(limit)}): what a query scans is known when it is scanned, and charged for.`;
}

/** At a UTC midnight, so that no day is counted in two; none when there is no other day. */
function halvesOf({ from, to }: Bounded): Bounded[] {
  const middle = Math.floor((from + to) / 2 / DAY) * DAY;
  return middle > from && middle < to
    ? [
        { from, to: middle },
        { from: middle, to },
      ]
    : [];
}

function subjectOf({ from, to }: Bounded): string {
  return `${formatTime(from)} to ${formatTime(to)}`;
}

const TERABYTE = 2 ** 40;
/** Of most Regions. https://aws.amazon.com/athena/pricing/ */
const DOLLARS_PER_TERABYTE = 5;

function noteCost(coverage: CoverageNotes): void {
  const bytes = coverage.figureOf('bytes_scanned');
  if (bytes === 0) return;
  const dollars = ((bytes / TERABYTE) * DOLLARS_PER_TERABYTE).toFixed(2);
  coverage.note(
    `${(bytes / 2 ** 30).toFixed(2)} GB were scanned, which costs about $${dollars} at $5 a terabyte.`,
  );
}
