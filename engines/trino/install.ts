/**
 * Brings the server from Maven Central, by Maven's own settings, and unpacks what is needed of it.
 */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE } from '../cache.js';
import { run } from '../program.js';

/** The newest that Maven Central has; it asks for Java 24. https://trino.io/docs/476/ */
const TRINO = '476';
export const TRINO_JAVA = 24;

/** The folder of the server. Throws Unavailable. */
export function installTrino(): string {
  const home = join(CACHE, `trino-${TRINO}`);
  if (existsSync(home)) return home;
  const parts = join(CACHE, `trino-${TRINO}.parts`);
  rmSync(parts, { recursive: true, force: true });
  mkdirSync(parts, { recursive: true });
  run('mvn', [
    '--batch-mode',
    '--quiet',
    // What it says may be the reason that a person reads.
    '-Dstyle.color=never',
    'dependency:copy',
    `-Dartifact=io.trino:trino-server:${TRINO}:tar.gz`,
    `-DoutputDirectory=${parts}`,
  ]);
  run('tar', ['-xzf', join(parts, `trino-server-${TRINO}.tar.gz`), '-C', parts]);
  const unpacked = join(parts, `trino-server-${TRINO}`);
  // Plugins share their libraries by hard links, so all have to be unpacked before most can go.
  for (const plugin of readdirSync(join(unpacked, 'plugin'))) {
    if (plugin !== 'hive') rmSync(join(unpacked, 'plugin', plugin), { recursive: true });
  }
  renameSync(unpacked, home);
  rmSync(parts, { recursive: true });
  return home;
}
