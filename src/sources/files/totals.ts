/**
 * Counts ahead what is there to read, so that progress can show a share and the time left.
 */
import { statSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import type { Selection } from '../../cloudtrail/log-path.js';
import { discover } from './discover.js';

export interface Totals {
  readonly files: number;
  readonly bytes: number;
}

/** Counting goes on beside the reading, in turns that nobody notices. */
const FILES_A_TURN = 100;

/** Null when the signal fires first. */
export async function countTotals(
  paths: readonly string[],
  selection: Selection,
  signal: AbortSignal,
): Promise<Totals | null> {
  const ignored = { selection, skipped: () => undefined, gap: () => undefined };
  let [files, bytes] = [0, 0];
  for (const path of discover(paths, ignored)) {
    files += 1;
    bytes += statSync(path, { throwIfNoEntry: false })?.size ?? 0;
    if (files % FILES_A_TURN === 0) await setImmediate();
    if (signal.aborted) return null;
  }
  return { files, bytes };
}
