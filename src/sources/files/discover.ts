/**
 * From what the user named to the files to read.
 */
import { existsSync, realpathSync, statSync } from 'node:fs';
import { messageOf, UserError } from '../../errors.js';
import { Found } from './found.js';
import { patternOf } from './pattern.js';
import { type Discovery, type Skip, skipOf, walk } from './walk.js';

/** Throws a UserError when a path is neither there nor a pattern of what may be. */
export function checkPaths(paths: readonly string[]): void {
  for (const path of paths) {
    const cause = causeOf(path);
    if (cause === null || (path !== '' && patternOf(path) !== null)) continue;
    if ('code' in cause && cause.code === 'ENOENT') {
      throw new UserError(`no such file or folder: ${path}`, {
        hint: 'name log files, folders that hold them, a quoted pattern, or - for standard input',
      });
    }
    throw new UserError(`cannot look at ${path}: ${messageOf(cause)}`, { cause });
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

/**
 * Yields paths of files to read, each file once, folders in the order of their names. Files that
 * are named come first: they are read even where their folder would pass them over.
 */
export function* discover(paths: readonly string[], discovery: Discovery): Generator<string, void> {
  const found = new Found((path) => skipOf(path, false, discovery) !== null);
  const others: string[] = [];
  for (const path of paths) {
    if (!existsSync(path) || statSync(path).isDirectory()) others.push(path);
    else if (found.addSingle(realPathOf(path) ?? path)) yield path;
  }
  for (const path of others) {
    if (existsSync(path)) yield* walk(path, discovery, found);
    else yield* matches(path, discovery, found);
  }
}

function* matches(text: string, discovery: Discovery, found: Found): Generator<string, void> {
  const pattern = patternOf(text);
  const passedOver = new Set<Skip>();
  const watched: Discovery = {
    selection: discovery.selection,
    gap: (gap) => discovery.gap(gap),
    skipped: (reason, path) => {
      passedOver.add(reason);
      discovery.skipped(reason, path);
    },
  };
  const isFound = pattern !== null && (yield* walk(pattern.base, watched, found, pattern));
  if (!isFound) discovery.gap({ code: 'no-match', subject: text, message: noMatch(passedOver) });
}

function noMatch(passedOver: ReadonlySet<Skip>): string {
  if (passedOver.size === 0) return 'The pattern matches no log.';
  return `The pattern matches no log that was to be read; passed over: ${[...passedOver].toSorted().join(', ')}.`;
}

/** Null for a link that leads nowhere. */
function realPathOf(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}
