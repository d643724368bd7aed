/**
 * From what the user named to the files to read.
 */
import { existsSync, realpathSync, statSync } from 'node:fs';
import { normalize } from 'node:path';
import picomatch from 'picomatch';
import { UserError } from '../../errors.js';
import { type Discovery, walk } from './walk.js';

/** Throws a UserError when a path is neither there nor a pattern below a folder that is. */
export function checkPaths(paths: readonly string[]): void {
  for (const path of paths) {
    const base = path === '' || existsSync(path) ? path : picomatch.scan(path).base || '.';
    const cause = causeOf(base);
    if (cause === null) continue;
    const isMissing = 'code' in cause && cause.code === 'ENOENT';
    const message = isMissing ? `no such file or folder: ${path}` : `cannot look at ${path}`;
    throw new UserError(message, {
      hint: 'name log files, folders that hold them, a quoted pattern, or - for standard input',
      cause: isMissing ? undefined : cause,
    });
  }
}

/** Why a path leads nowhere; null when it leads to something. */
function causeOf(path: string): Error | null {
  try {
    statSync(path);
    return null;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
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
  const plain = normalize(pattern);
  // As a shell's pattern it may name folders, which stand for all that is in them.
  const isMatch = picomatch([plain, `${plain}/**`]);
  const isWanted = (path: string): boolean => isMatch(normalize(path));
  let found = false;
  for (const path of walk(picomatch.scan(plain).base || '.', discovery, isWanted)) {
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
