/**
 * One run at a time: a file beside the resume file says which process uses it. What a process left
 * behind that was killed is taken over.
 */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { messageOf, UserError } from '../../errors.js';

/** Files of this process: in containers, a killed process had the same number, as a rule. */
const held = new Set<string>();

/** Throws a UserError when another run uses the file. The result gives it back. */
export async function lock(path: string): Promise<() => Promise<void>> {
  const beside = `${path}.lock`;
  if (!(await taken(beside))) {
    const holder = Number(await readFile(beside, 'utf8').catch(() => ''));
    const isOurs = holder === process.pid;
    if (isOurs ? held.has(beside) : isRunning(holder)) throw inUse(path, holder);
    await rm(beside, { force: true });
    if (!(await taken(beside))) throw inUse(path, holder);
  }
  held.add(beside);
  return async () => {
    held.delete(beside);
    await rm(beside, { force: true });
  };
}

/** Made by one process only, however many try. */
async function taken(beside: string): Promise<boolean> {
  try {
    await writeFile(beside, String(process.pid), { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw new UserError(`cannot write to ${beside}: ${messageOf(error)}`, {
      hint: 'name another file with --resume',
      cause: error,
    });
  }
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

function inUse(path: string, holder: number): UserError {
  return new UserError(`the resume file ${path} is in use by another run (process ${holder})`, {
    hint: `wait for its end, or name another file with --resume; if there is no such run, delete ${path}.lock`,
  });
}
