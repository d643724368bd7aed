/**
 * Whether a table to which partitions are added has those of the window.
 */
import { CallError } from '../../aws/call.js';
import { sentenceOf } from '../../aws/failure.js';
import { LostPages } from '../../aws/tokens.js';
import type { Context } from '../../contracts.js';
import type { GapCode } from '../../gap-codes.js';
import type { Bounded } from '../bounded.js';
import type { CoverageNotes } from '../coverage.js';
import type { TextRow } from '../engine/row.js';
import type { Executor } from './execution.js';
import type { Plan } from './plan.js';
import { QueryEnded } from './query-ended.js';
import { daysUnregistered, pausesOf, toRegistered } from './registered.js';
import { startError } from './start-error.js';

const MOST_ATTEMPTS = 3;

interface Checked {
  readonly plan: Plan;
  /** The table, as gaps name it. */
  readonly target: string;
  readonly window: Bounded;
  /** Those asked for; all when empty. */
  readonly accounts: readonly string[];
}

/** Notes what is missing. Throws a UserError when no query can be started. */
export async function checkPartitions(
  executor: Executor,
  { plan, target, window, accounts }: Checked,
  coverage: CoverageNotes,
  context: Context,
): Promise<void> {
  try {
    const rows = await rowsOf(executor, plan.partitionsQuery(window), coverage, context);
    // A page that comes twice changes nothing.
    const registered = [...new Map(rows.map(toRegistered).map((one) => [one.account, one])).values()]; // prettier-ignore
    const now = Math.floor(context.now() / 1000);
    for (const sentence of daysUnregistered(registered, { window, now, accounts })) {
      coverage.gap('partitions-missing', target, sentence);
    }
    for (const pause of pausesOf(registered, { window, now })) coverage.paused(pause);
  } catch (error) {
    if (context.signal.aborted) return;
    const [code, reason] = codeOf(error, executor);
    coverage.gap(code, target, `Whether the table has partitions of all days of the window is not known: ${reason}`); // prettier-ignore
  }
}

async function rowsOf(
  executor: Executor,
  text: string,
  coverage: CoverageNotes,
  context: Context,
  attempt = 1,
): Promise<TextRow[]> {
  try {
    coverage.figure('queries', 1);
    const rows: TextRow[] = [];
    for await (const page of await executor.run(text, context)) rows.push(...page);
    return rows;
  } catch (error) {
    const mayPass = error instanceof QueryEnded && error.ending === 'retryable';
    if (!mayPass || attempt === MOST_ATTEMPTS) throw error;
    return rowsOf(executor, text, coverage, context, attempt + 1);
  }
}

function codeOf(error: unknown, executor: Executor): [GapCode, string] {
  if (error instanceof LostPages) return ['rows-missing', `${error.message}.`];
  if (error instanceof QueryEnded) return ['query-failed', `${error.message}.`];
  if (!(error instanceof CallError)) throw error;
  if (!executor.hasStarted) throw startError(error);
  return [error.failure.code, sentenceOf(error.failure)];
}
