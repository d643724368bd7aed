/**
 * Where engines and corpora are kept between runs: a folder of the checkout that Git ignores.
 * Deleting it costs a download and nothing else. What a run needs for itself is in a folder below it,
 * which the next run removes where this one could not.
 */
import { mkdirSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const CACHE = fileURLToPath(new URL('../.cache/engines', import.meta.url));
export const SCRATCH = join(CACHE, 'run');

/** A new empty folder of this run, which the caller removes. */
export function newFolder(name: string): string {
  mkdirSync(SCRATCH, { recursive: true });
  return mkdtempSync(join(SCRATCH, `${name}-`));
}
