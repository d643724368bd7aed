/**
 * A worker thread: takes paths, answers with what was found in each file.
 */
import { parentPort, workerData } from 'node:worker_threads';
import type { WorkerSetting } from './pool.js';
import { readLog } from './read-file.js';

const { window, limits }: WorkerSetting = workerData;

parentPort?.on('message', (path: string) => {
  void readLog(path, window, limits).then((outcome) =>
    parentPort?.postMessage(outcome, [outcome.result.batch.seen.identified.buffer]),
  );
});
