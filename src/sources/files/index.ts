/**
 * Local CloudTrail logs: the source that needs nothing but the files.
 */
import { createReadStream, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { addAbortSignal, type Readable } from 'node:stream';
import { Collector } from '../../cloudtrail/collector.js';
import type { Batch, Context, Coverage, Source, Window } from '../../contracts.js';
import { UserError } from '../../errors.js';
import { FilesCoverage } from './coverage.js';
import { checkPaths, discover } from './discover.js';
import { operandsOf } from './operands.js';
import { countTotals } from './totals.js';
import { type Scanned, scanOnWorkers, type WorkerSetting } from './pool.js';
import { readLog, readPieces, toReading } from './read-file.js';

export interface FilesOptions {
  /** Read logs of every Region; by default only those that can hold calls to the endpoint. */
  readonly allRegions?: boolean;
  /** Read only logs whose path does not name another account; of all accounts by default. */
  readonly accounts?: readonly string[];
  /** Also read files delivered after the window, up to here; in seconds. A day by default. */
  readonly deliveredUntil?: number | undefined;
  /** Most worker threads; the number of cores by default. */
  readonly threads?: number;
  /** Most bytes that one compressed file may inflate to; 1 GiB by default. */
  readonly maxInflatedBytes?: number;
  /** Count ahead what is there to read, for progress that shows the time left. */
  readonly countAhead?: boolean;
  /** What `-` reads; standard input by default. */
  readonly stdin?: Readable;
}

const DEFAULT_LIMIT = 1024 * 1024 * 1024;
/**
 * What all threads together may inflate whole, which is fastest; larger logs are read in pieces.
 * CloudTrail's are at most 50 MB, and few are over 5.
 */
const WHOLE_BYTES = 64 * 1024 * 1024;
/** Below this, starting threads costs more than they save. */
const WORTH_THREADS = 16 * 1024 * 1024;

/**
 * Reads files, folders, quoted patterns, and standard input for `-`. Throws a UserError for numbers
 * that are none, and from `collect` when a path does not exist; all other trouble becomes part of
 * the coverage.
 */
export function files(paths: readonly string[], options: FilesOptions = {}): Source {
  const { threads = 1, maxInflatedBytes = 1 } = options;
  for (const [name, value] of Object.entries({ threads, maxInflatedBytes })) {
    if (!Number.isInteger(value) || value < 1) throw new UserError(`${name} must be a whole number from 1 on`); // prettier-ignore
  }
  return { name: 'files', collect: (window, context) => collect(paths, options, window, context) };
}

async function* collect(
  paths: readonly string[],
  options: FilesOptions,
  window: Window,
  context: Context,
): AsyncGenerator<Batch, Coverage, void> {
  const { streams, onDisk } = operandsOf(paths, options.stdin);
  checkPaths(onDisk);
  const threads = options.threads ?? availableParallelism();
  const limits = {
    maxInflatedBytes: options.maxInflatedBytes ?? DEFAULT_LIMIT,
    wholeBytes: Math.floor(WHOLE_BYTES / threads),
  };
  const { allRegions = false, accounts = [], deliveredUntil } = options;
  const coverage = new FilesCoverage(paths, { window, allRegions, accounts, deliveredUntil });
  const collector = new Collector(window);
  for (const name of streams) {
    const stream = name === '-' ? (options.stdin ?? process.stdin) : createReadStream(name);
    const pieces = addAbortSignal(context.signal, stream);
    coverage.add(yield* readPieces(name, pieces, { collector, limits }));
    yield collector.drain();
  }
  if (options.countAhead === true) countAhead(onDisk, coverage, context);
  const setting = { window, limits };
  const scanned = scan(discover(onDisk, coverage), options.threads, setting, context.signal);
  for await (const { batch, outcomes } of scanned) {
    yield batch;
    for (const outcome of outcomes) coverage.add(outcome);
    if (outcomes.length > 0) context.progress(coverage.progress());
    if (context.signal.aborted) break;
  }
  return coverage.result(context.signal.aborted);
}

/** Goes on beside the reading; a folder that cannot be listed is reported by the reading. */
function countAhead(paths: readonly string[], coverage: FilesCoverage, context: Context): void {
  void countTotals(paths, coverage.selection, context.signal).then((totals) =>
    coverage.expect(totals),
  );
}

/** Few small files are read right here; more go to worker threads. */
async function* scan(
  paths: Iterator<string>,
  threads: number | undefined,
  setting: WorkerSetting,
  signal: AbortSignal,
): AsyncGenerator<Scanned, void> {
  const first = takeSmall(paths);
  if (first.all && threads === undefined) {
    for (const path of first.taken) yield* readHere(path, setting);
    return;
  }
  const count = threads ?? availableParallelism();
  yield* scanOnWorkers(chain(first.taken, paths), count, setting, signal);
}

async function* readHere(
  path: string,
  { window, limits }: WorkerSetting,
): AsyncGenerator<Scanned, void> {
  const collector = new Collector(window);
  const reading = toReading(readLog(path, { collector, limits }));
  let step = await reading.next();
  for (; step.done !== true; step = await reading.next()) yield { batch: step.value, outcomes: [] };
  yield { batch: collector.drain(), outcomes: [step.value] };
}

/** Takes paths until they are worth threads. `all` says that there are no more. */
function takeSmall(paths: Iterator<string>): { taken: string[]; all: boolean } {
  const taken: string[] = [];
  for (let bytes = 0; bytes < WORTH_THREADS;) {
    const next = paths.next();
    if (next.done === true) return { taken, all: true };
    taken.push(next.value);
    bytes += weightOf(next.value);
  }
  return { taken, all: false };
}

/** Compressed logs weigh about ten times their size. */
function weightOf(path: string): number {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  return path.endsWith('.gz') ? size * 10 : size;
}

function* chain(first: readonly string[], rest: Iterator<string>): Generator<string, void> {
  yield* first;
  for (let next = rest.next(); next.done !== true; next = rest.next()) yield next.value;
}
