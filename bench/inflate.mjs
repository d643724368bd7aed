/**
 * The floor: inflates every file on all cores and looks at nothing. Usage: node inflate.mjs FOLDER
 * [--default], the latter with zlib's default chunk size instead of the file's size.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { gunzipSync } from 'node:zlib';

/** Files in a message, which costs as much as a small file. */
const PORTION = 32;

if (isMainThread) {
  const folder = process.argv[2];
  // Without types, Node.js asks for the status of every entry, which takes four times as long.
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(({ name }) => name.endsWith('.gz'))
    .map(({ parentPath, name }) => join(parentPath, name));
  const threads = availableParallelism();
  let next = 0;
  for (let thread = 0; thread < threads; thread += 1) {
    const worker = new Worker(new URL(import.meta.url), {
      workerData: process.argv.includes('--default'),
    });
    const feed = () => {
      worker.postMessage(files.slice(next, next + PORTION));
      next += PORTION;
    };
    worker.on('message', feed);
    feed();
    feed();
  }
} else {
  parentPort.on('message', (paths) => {
    if (paths.length === 0) return process.exit();
    for (const path of paths) inflate(path);
    parentPort.postMessage(null);
  });
}

function inflate(path) {
  const bytes = readFileSync(path);
  const chunkSize = workerData ? undefined : bytes.readUInt32LE(bytes.length - 4) + 1;
  gunzipSync(bytes, chunkSize === undefined ? {} : { chunkSize });
}
