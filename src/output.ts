/**
 * Writing files so that a reader sees the old report or the new one, never half of either.
 */
import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { messageOf, UserError } from './errors.js';

export interface OutputFile {
  /** Relative to the folder; `/` stands between parts. */
  readonly name: string;
  /** Text, or the pieces of it. */
  readonly content: string | Iterable<string>;
}

/** Creates the folder and tries to write in it, so that hours of reading are not lost at the end. */
export async function prepareFolder(folder: string): Promise<void> {
  await orUserError(folder, async () => {
    await mkdir(folder, { recursive: true });
    const probe = temporary(join(folder, 'probe'));
    await (await open(probe, 'wx')).close();
    await rm(probe);
  });
}

/** Writes all files beside their places first and renames them when all are written. */
export async function writeFiles(folder: string, files: readonly OutputFile[]): Promise<void> {
  const places = files.map(({ name, content }) => {
    const final = join(folder, name);
    return { content, final, temporary: temporary(final) };
  });
  try {
    await orUserError(folder, async () => {
      for (const place of places) await writeSynced(place.temporary, place.content);
      for (const place of places) await rename(place.temporary, place.final);
    });
  } finally {
    await Promise.all(places.map((place) => rm(place.temporary, { force: true })));
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

/** The text of a file that this tool wrote; null when it cannot be read. */
export async function readWritten(folder: string, name: string): Promise<string | null> {
  return readFile(join(folder, name), 'utf8').catch(() => null);
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

/** A hidden name beside the final one: renaming is atomic only within a file system. */
function temporary(path: string): string {
  return join(dirname(path), `.${basename(path)}.${randomUUID()}.tmp`);
}

async function orUserError(folder: string, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    throw new UserError(`cannot write to ${folder}: ${messageOf(error)}`, {
      hint: 'name another folder with --out',
      cause: error,
    });
  }
}
