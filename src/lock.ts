/**
 * One run at a time: a file beside what a run goes on from says which process uses it. What a process left
 * behind that was killed is taken over.
 */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { messageOf, UserError } from './errors.js';

/** Files of this process: in containers, a killed process had the same number, as a rule. */
const held = new Set<string>();

/** How an error names what is locked, and how to do without it. */
export interface Locked {
  readonly name: string;
  readonly otherwise: string;
}

/** Throws a UserError when another run uses the file or folder. The result gives it back. */
export async function lock(path: string, locked: Locked): Promise<() => Promise<void>> {
  const beside = `${path}.lock`;
  if (!(await taken(beside, locked))) {
    const holder = await holderOf(beside);
    const isOurs = holder === process.pid;
    if (isOurs ? held.has(beside) : isRunning(holder)) throw inUse(beside, holder, locked);
    await rm(beside, { force: true });
    if (!(await taken(beside, locked))) throw inUse(beside, holder, locked);
  }
  held.add(beside);
  return async () => {
    held.delete(beside);
    await rm(beside, { force: true });
  };
}

/** Made by one process only, however many try. */
async function taken(beside: string, { otherwise }: Locked): Promise<boolean> {
  try {
    await writeFile(beside, `${process.pid} ${hostname()}`, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw new UserError(`cannot write to ${beside}: ${messageOf(error)}`, {
      hint: otherwise,
      cause: error,
    });
  }
}

/** The number of its process; 0 for one of another machine or container, which numbers others. */
async function holderOf(beside: string): Promise<number> {
  const [pid, host = hostname()] = (await readFile(beside, 'utf8').catch(() => '')).split(' ');
  return host === hostname() ? Number(pid) : 0;
}

function isRunning(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It runs, but is somebody else's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function inUse(beside: string, holder: number, { name, otherwise }: Locked): UserError {
  return new UserError(`${name} is in use by another run (process ${holder})`, {
    hint: `wait for its end, or ${otherwise}; if there is no such run, delete ${beside}`,
  });
}
