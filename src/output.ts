/**
 * Writing files so that a reader sees the old report or the new one, never half of either.
 */
import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf, UserError } from './errors.js';

export interface OutputFile {
  readonly name: string;
  readonly content: string;
}

/** Creates the folder and tries to write in it, so that hours of reading are not lost at the end. */
export async function prepareFolder(folder: string): Promise<void> {
  await orUserError(folder, async () => {
    await mkdir(folder, { recursive: true });
    const probe = join(folder, temporary('probe'));
    await (await open(probe, 'wx')).close();
    await rm(probe);
  });
}

/** Writes all files beside their places first and renames them when all are written. */
export async function writeFiles(folder: string, files: readonly OutputFile[]): Promise<void> {
  const places = files.map(({ name, content }) => ({
    content,
    temporary: join(folder, temporary(name)),
    final: join(folder, name),
  }));
  try {
    await orUserError(folder, async () => {
      for (const place of places) await writeSynced(place.temporary, place.content);
      for (const place of places) await rename(place.temporary, place.final);
    });
  } finally {
    await Promise.all(places.map((place) => rm(place.temporary, { force: true })));
  }
}

async function writeSynced(path: string, content: string): Promise<void> {
  const file = await open(path, 'w');
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

function temporary(name: string): string {
  return `.${name}.${randomUUID()}.tmp`;
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
