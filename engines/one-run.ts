/**
 * One run at a time in a checkout: two would prepare the same cache, and write the same document.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE, SCRATCH } from './cache.js';

const LOCK = join(CACHE, 'running');

/** Throws when another run is under way. The result ends this one. */
export function setup(): () => void {
  mkdirSync(CACHE, { recursive: true });
  const other = holder();
  if (other !== null) throw new Error(`another run of the engines is under way here: process ${other}`); // prettier-ignore
  rmSync(LOCK, { force: true });
  writeFileSync(LOCK, String(process.pid), { flag: 'wx' });
  rmSync(SCRATCH, { recursive: true, force: true });
  return () => {
    rmSync(SCRATCH, { recursive: true, force: true });
    rmSync(LOCK, { force: true });
  };
}

/** The process that holds the lock, unless it is gone. */
function holder(): number | null {
  try {
    const pid = Number(readFileSync(LOCK, 'utf8'));
    process.kill(pid, 0);
    return pid;
  } catch {
    return null;
  }
}
