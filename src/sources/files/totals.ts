/**
 * Counts ahead what is there to read, so that progress can show a share and the time left.
 */
import { stat } from 'node:fs/promises';
import type { Selection } from '../../cloudtrail/log-path.js';
import { discover } from './discover.js';

export interface Totals {
  readonly files: number;
  readonly bytes: number;
}

/** Null when the signal fires first. */
export async function countTotals(
  paths: readonly string[],
  selection: Selection,
  signal: AbortSignal,
): Promise<Totals | null> {
  const ignored = { selection, skipped: () => undefined, gap: () => undefined };
  let [files, bytes] = [0, 0];
  for await (const path of discover(paths, ignored)) {
    if (signal.aborted) return null;
    files += 1;
    bytes += await stat(path).then(
      ({ size }) => size,
      () => 0,
    );
  }
  return { files, bytes };
}
