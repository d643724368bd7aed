/**
 * A worker thread: takes paths, answers with what was found in the files.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { Collector } from '../../cloudtrail/collector.js';
import type { Batch } from '../../contracts.js';
import type { Answer, WorkerSetting } from './pool.js';
import { pack } from './packed.js';
import { type FileOutcome, type FileReading, isReading, readLog } from './read-file.js';

const { window, limits }: WorkerSetting = workerData;
const collector = new Collector(window);

let reading = Promise.resolve();
let goOn: () => void = () => undefined;

/** Null lets a worker go on that has handed on a part of what it found. */
parentPort?.on('message', (paths: readonly string[] | null) => {
  if (paths === null) goOn();
  else reading = reading.then(async () => read(paths));
});

/** One answer for all paths, unless so much is found that it is better handed on before. */
async function read(paths: readonly string[]): Promise<void> {
  const start = performance.now();
  const outcomes: FileOutcome[] = [];
  for (const path of paths) {
    const outcome = readLog(path, { collector, limits });
    outcomes.push(isReading(outcome) ? await toEnd(outcome) : outcome);
    if (collector.isFull) await handOn(collector.drain());
  }
  answer(collector.drain(), { ...pack(outcomes), milliseconds: performance.now() - start });
}

async function toEnd(steps: FileReading): Promise<FileOutcome> {
  for (;;) {
    const { done, value } = await steps.next();
    if (done === true) return value;
    await handOn(value);
  }
}

/** Waits until that was taken, so that it does not pile up in the other thread. */
async function handOn(batch: Batch): Promise<void> {
  const taken = new Promise<void>((resolve) => (goOn = resolve));
  answer(batch, null);
  await taken;
}

function answer(batch: Batch, done: Answer['done']): void {
  const moved = [batch.seen.identified.buffer, ...(done === null ? [] : [done.sizes.buffer])];
  parentPort?.postMessage({ batch, done } satisfies Answer, moved);
}
