/**
 * Where engines and corpora are kept between runs: a folder of the checkout that Git ignores.
 * Deleting it costs a download and nothing else.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

export const CACHE = fileURLToPath(new URL('../.cache/engines', import.meta.url));

/** A new empty folder below the cache, which the caller removes. */
export function newFolder(name: string): string {
  mkdirSync(CACHE, { recursive: true });
  return mkdtempSync(join(CACHE, `${name}-`));
}

/** The same for one test, removed when it has ended. */
export function folderForTest(name: string): string {
  const folder = newFolder(name);
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
