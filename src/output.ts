/**
 * Writing files so that a reader sees the old report or the new one, never half of either.
 *
 * All files are first written to a hidden folder beside their places, and synced. Then each is
 * renamed to its place, which a file system does whole or not at all; when one rename fails, those
 * before it are taken back. What is left is a crash between two renames: some files are then of
 * this run and some of the one before, each of them whole.
 */
import { randomUUID } from 'node:crypto';
import { copyFile, link, mkdir, open, readdir, readFile, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises'; // prettier-ignore
import { dirname, join, resolve } from 'node:path';
import { messageOf, UserError } from './errors.js';

export interface OutputFile {
  /** Relative to the folder; `/` stands between parts. */
  readonly name: string;
  /** Text, or the pieces of it. */
  readonly content: string | Iterable<string>;
}

const STAGING = '.legacy-endpoint-audit-';
/** Nothing else is swept: a job's state may start with the same words. */
const STAGED = /^\.legacy-endpoint-audit-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const DAY_MS = 86_400_000;

/** Creates the folder and tries to write in it, so that hours of reading are not lost at the end. */
export async function prepareFolder(folder: string): Promise<void> {
  await orUserError(folder, async () => {
    await makeFolder(folder);
    const probe = join(folder, `${STAGING}${randomUUID()}`);
    await (await open(probe, 'wx')).close();
    await rm(probe);
    await sweep(folder);
  });
}

/** Step by step: asked to make all of it, Node.js tries for ever where it cannot, as below /proc. */
async function makeFolder(folder: string): Promise<void> {
  if (await isFolder(folder)) return;
  const parent = dirname(resolve(folder));
  if (!(await isFolder(parent))) await makeFolder(parent);
  try {
    await mkdir(folder);
  } catch (error) {
    // Another run may have made it meanwhile.
    if (!(await isFolder(folder))) throw error;
  }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}

/** Writes all files, one after another as they are made, and puts all of them in place or none. */
export async function writeFiles(folder: string, files: Iterable<OutputFile>): Promise<void> {
  const staging = join(folder, `${STAGING}${randomUUID()}`);
  try {
    await orUserError(folder, async () => {
      const names: string[] = [];
      for (const { name, content } of files) {
        await writeSynced(join(staging, 'new', name), content);
        names.push(name);
      }
      await publish(staging, folder, names);
    });
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/** Removes files, and the folders that they leave empty. Files that are not there are no error. */
export async function removeFiles(folder: string, names: readonly string[]): Promise<void> {
  await orUserError(folder, async () => {
    for (const name of names) await rm(join(folder, name), { force: true });
    const folders = new Set(names.map((name) => dirname(join(folder, name))));
    for (const emptied of folders) await rmdir(emptied).catch(() => undefined);
  });
}

/** The first few thousand bytes of a file that this tool wrote; '' when there is none. */
export async function headOf(folder: string, name: string): Promise<string> {
  const file = await open(join(folder, name), 'r').catch(() => null);
  if (file === null) return '';
  try {
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(4096) });
    return buffer.toString('utf8', 0, bytesRead);
  } catch {
    return ''; // A folder of that name, or what can be opened but not read.
  } finally {
    await file.close();
  }
}

/** The text of a file that this tool wrote; null when there is none. Throws a UserError. */
export async function readWritten(folder: string, name: string): Promise<string | null> {
  try {
    return await readFile(join(folder, name), 'utf8');
  } catch (error) {
    if (isMissing(error)) return null;
    throw new UserError(`cannot read ${join(folder, name)}: ${messageOf(error)}`, { cause: error });
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

/** Names in a folder of this tool's; none when it is not there. */
export async function namesIn(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => []);
}

async function publish(staging: string, folder: string, names: readonly string[]): Promise<void> {
  const undo: (() => Promise<void>)[] = [];
  try {
    for (const name of names) {
      const place = join(folder, name);
      const old = join(staging, 'old', name);
      await mkdir(dirname(place), { recursive: true });
      const replaces = await keep(place, old);
      await rename(join(staging, 'new', name), place);
      undo.push(async () => (replaces ? rename(old, place) : rm(place)));
    }
  } catch (error) {
    for (const step of undo.toReversed()) await step();
    throw error;
  }
  for (const parent of new Set(names.map((name) => dirname(join(folder, name))))) {
    await syncFolder(parent);
  }
}

/** Keeps the file under a second name; false when there is none. Some file systems have no links. */
async function keep(path: string, copy: string): Promise<boolean> {
  await mkdir(dirname(copy), { recursive: true });
  try {
    await link(path, copy);
  } catch (error) {
    if (isMissing(error)) return false;
    await copyFile(path, copy);
  }
  return true;
}

async function writeSynced(path: string, content: OutputFile['content']): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, 'w');
  try {
    await writeFile(file, content);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes renames outlast a loss of power. Not every system can open a folder. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

/** A run that was killed leaves its hidden folder; one that still runs has a young one. */
async function sweep(folder: string): Promise<void> {
  const left = (await readdir(folder)).filter((name) => STAGED.test(name));
  for (const name of left) {
    const path = join(folder, name);
    const age = Date.now() - (await stat(path)).mtimeMs;
    if (age > DAY_MS) await rm(path, { recursive: true, force: true });
  }
}

async function orUserError(folder: string, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    // A bug in what makes the text is not the folder's fault.
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    throw new UserError(`cannot write to ${folder}: ${messageOf(error)}`, {
      hint: 'name another folder',
      cause: error,
    });
  }
}
