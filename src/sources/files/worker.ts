/**
 * A worker thread: takes paths, answers with what was found in the files.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { Collector } from '../../cloudtrail/collector.js';
import type { Batch } from '../../contracts.js';
import type { Answer, WorkerSetting } from './pool.js';
import { type FileOutcome, readLog } from './read-file.js';

const { window, limits }: WorkerSetting = workerData;
const collector = new Collector(window);

parentPort?.on('message', (paths: readonly string[]) => void read(paths));

/** One answer for all paths, unless so much is found that it is better handed on before. */
async function read(paths: readonly string[]): Promise<void> {
  const start = performance.now();
  const outcomes: FileOutcome[] = [];
  for (const path of paths) {
    outcomes.push(await readOne(path));
    if (collector.isFull) answer(collector.drain());
  }
  answer(collector.drain(), { outcomes, milliseconds: performance.now() - start });
}

async function readOne(path: string): Promise<FileOutcome> {
  const reading = readLog(path, { collector, limits });
  for (;;) {
    const { done, value } = await reading.next();
    if (done === true) return value;
    answer(value);
  }
}

function answer(batch: Batch, done: Answer['done'] = null): void {
  parentPort?.postMessage({ batch, done } satisfies Answer, [batch.seen.identified.buffer]);
}
