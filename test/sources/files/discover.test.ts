import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { discover } from '../../../src/sources/files/discover.js';
import { scratch } from '../../support/cli.js';

/** What is live, in bytes. */
function liveHeap(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}

it('remembers folders, not files, however many operands there are', () => {
  const root = scratch();
  const long = (name: string): string => name.padEnd(240, '-');
  const folders = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => join(root, long(name), long('x')));
  for (const folder of folders) {
    mkdirSync(folder, { recursive: true });
    for (let number = 0; number < 500; number += 1) {
      closeSync(openSync(join(folder, `${long(String(number))}.json`), 'w'));
    }
  }
  const window = { from: null, to: null };
  const selection = { window, allRegions: true, accounts: [] };
  const discovery = { selection, skipped: () => undefined, gap: () => undefined };
  const before = liveHeap();
  let [files, most] = [0, 0];
  for (const _ of discover(folders, discovery)) {
    files += 1;
    if (files % 500 === 0) most = Math.max(most, liveHeap() - before);
  }
  expect(files).toBe(3000);
  // Their paths alone would be more than two megabytes.
  expect(most).toBeLessThan(1_000_000);
});
