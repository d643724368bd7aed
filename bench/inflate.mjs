/**
 * The floor: inflates every file on all cores and looks at nothing. Usage: node inflate.mjs FOLDER
 * [--default], the latter with zlib's default chunk size instead of the file's size.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { gunzipSync } from 'node:zlib';

if (isMainThread) {
  const folder = process.argv[2];
  const files = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.gz'));
  const threads = availableParallelism();
  let next = 0;
  for (let thread = 0; thread < threads; thread += 1) {
    const worker = new Worker(new URL(import.meta.url), {
      workerData: process.argv.includes('--default'),
    });
    const feed = () => worker.postMessage(next < files.length ? join(folder, files[next++]) : null);
    worker.on('message', feed);
    feed();
    feed();
  }
} else {
  parentPort.on('message', (path) => {
    if (path === null) return process.exit();
    const bytes = readFileSync(path);
    const chunkSize = workerData ? undefined : bytes.readUInt32LE(bytes.length - 4) + 1;
    gunzipSync(bytes, chunkSize === undefined ? {} : { chunkSize });
    parentPort.postMessage(1);
  });
}
