/**
 * The emulators, from PyPI into an environment of their own.
 */
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE } from '../cache.js';
import { run, Unavailable } from '../program.js';

const MINISTACK = '1.5.33';
const MOTO = '5.2.5';

/** Where their programs are. Throws Unavailable. */
export function installEmulators(): string {
  const home = join(CACHE, `emulators-${MINISTACK}-${MOTO}`);
  const done = join(home, 'complete');
  if (existsSync(done)) return join(home, 'bin');
  const version = run('python3', ['-c', 'import sys; print(sys.version_info >= (3, 10))']).trim();
  if (version !== 'True') throw new Unavailable('they need Python 3.10 or newer');
  rmSync(home, { recursive: true, force: true });
  run('python3', ['-m', 'venv', home]);
  const packages = [`ministack[full]==${MINISTACK}`, `moto[server]==${MOTO}`];
  run(join(home, 'bin/pip'), ['install', '--quiet', '--disable-pip-version-check', ...packages]);
  writeFileSync(done, '');
  return join(home, 'bin');
}

/** What is installed there, which neither says over its protocol. */
export function installedVersion(bin: string, distribution: string): string {
  const question = `from importlib.metadata import version; print(version('${distribution}'))`;
  return run(join(bin, 'python'), ['-c', question]).trim();
}
