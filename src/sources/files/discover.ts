/**
 * From what the user named to the files to read.
 */
import { existsSync, realpathSync, statSync } from 'node:fs';
import picomatch from 'picomatch';
import { UserError } from '../../errors.js';
import { type Discovery, walk } from './walk.js';

/** Throws a UserError when a path is neither there nor a pattern below a folder that is. */
export function checkPaths(paths: readonly string[]): void {
  for (const path of paths) {
    const base = path === '' || existsSync(path) ? path : picomatch.scan(path).base || '.';
    if (existsSync(base)) continue;
    throw new UserError(`no such file or folder: ${path}`, {
      hint: 'name log files, folders that hold them, a quoted pattern, or - for standard input',
    });
  }
}

/** Yields paths of files to read, folders in the order of their names. */
export function* discover(paths: readonly string[], discovery: Discovery): Generator<string, void> {
  if (paths.length > 1) yield* eachOnce(expand(paths, discovery));
  else yield* expand(paths, discovery);
}

/** Several operands may name a file more than once; one folder cannot. */
function* eachOnce(paths: Iterable<string>): Generator<string, void> {
  const known = new Set<string>();
  for (const path of paths) {
    const real = realPathOf(path) ?? path;
    if (!known.has(real)) yield path;
    known.add(real);
  }
}

function* expand(paths: readonly string[], discovery: Discovery): Generator<string, void> {
  for (const path of paths) {
    if (!existsSync(path)) yield* matches(path, discovery);
    else if (statSync(path).isDirectory()) yield* walk(path, discovery);
    else yield path;
  }
}

function* matches(pattern: string, discovery: Discovery): Generator<string, void> {
  const isMatch = picomatch(pattern.replace(/^\.\//, ''));
  const isWanted = (path: string): boolean => isMatch(path.replace(/^\.\//, ''));
  let found = false;
  for (const path of walk(picomatch.scan(pattern).base || '.', discovery, isWanted)) {
    found = true;
    yield path;
  }
  if (found) return;
  discovery.gap({ code: 'no-match', subject: pattern, message: 'The pattern matches no log.' });
}

/** Null for a link that leads nowhere. */
function realPathOf(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}
