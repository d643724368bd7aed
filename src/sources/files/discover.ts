/**
 * From what the user named to the files to read. What is passed over is counted with its reason.
 */
import type { Dirent } from 'node:fs';
import { open, readdir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import picomatch from 'picomatch';
import { parseLogPath, type PathSkip, skipByPath } from '../../cloudtrail/log-path.js';
import type { Gap, Window } from '../../contracts.js';
import { messageOf, UserError } from '../../errors.js';
import { readGap } from './problems.js';
import { mayBeLog, SNIFFED } from './sniff.js';

/** Why a file or a whole folder was passed over. */
export type Skip = PathSkip | 'not-a-log';

export interface Discovery {
  readonly window: Window;
  readonly allRegions: boolean;
  skipped(reason: Skip): void;
  gap(gap: Gap): void;
}

const LOG_NAME = /\.(?:json|jsonl|ndjson)(?:\.gz)?$/i;
/** Formats in which logs are kept, too, but which cannot be read here. */
const UNSUPPORTED_NAME = /\.(?:zip|parquet|zst|bz2|xz|tar|tgz|tar\.gz|orc|avro)$/i;

/** Throws a UserError when a path is neither there nor a pattern below a folder that is. */
export async function checkPaths(paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    const base = (await exists(path)) ? path : picomatch.scan(path).base || '.';
    if (await exists(base)) continue;
    throw new UserError(`no such file or folder: ${path}`, {
      hint: 'name log files, folders that hold them, a quoted pattern, or - for standard input',
    });
  }
}

/** Yields paths of files to read, folders in the order of their names. */
export async function* discover(
  paths: readonly string[],
  discovery: Discovery,
): AsyncGenerator<string> {
  const visited = new Set<string>();
  for (const path of paths) {
    if (!(await exists(path))) yield* matches(path, discovery, visited);
    else if ((await stat(path)).isDirectory()) yield* walk(path, discovery, visited);
    else yield path;
  }
}

async function* matches(
  pattern: string,
  discovery: Discovery,
  visited: Set<string>,
): AsyncGenerator<string> {
  const isMatch = picomatch(pattern.replace(/^\.\//, ''));
  let found = false;
  for await (const path of walk(picomatch.scan(pattern).base || '.', discovery, visited)) {
    if (!isMatch(path.replace(/^\.\//, ''))) continue;
    found = true;
    yield path;
  }
  if (found) return;
  discovery.gap({ code: 'no-match', subject: pattern, message: 'The pattern matches no log.' });
}

/** Each real folder is read once: links may lead back to a folder or to it by many ways. */
async function* walk(
  folder: string,
  discovery: Discovery,
  visited: Set<string>,
): AsyncGenerator<string> {
  const entries = await attempt(folder, discovery, async () => {
    const real = await realpath(folder);
    if (visited.has(real)) return [];
    visited.add(real);
    return (await readdir(folder, { withFileTypes: true })).toSorted(byName);
  });
  for (const entry of entries ?? []) {
    if (entry.name.startsWith('.')) discovery.skipped('not-a-log');
    else yield* visit(join(folder, entry.name), entry, discovery, visited);
  }
}

async function* visit(
  path: string,
  entry: Kind,
  discovery: Discovery,
  visited: Set<string>,
): AsyncGenerator<string> {
  const kind = entry.isSymbolicLink() ? await attempt(path, discovery, () => stat(path)) : entry;
  const skip = kind === null ? null : skipOf(path, kind.isDirectory(), discovery);
  if (skip !== null) discovery.skipped(skip);
  else if (kind?.isDirectory() === true) yield* walk(path, discovery, visited);
  else if (kind?.isFile() === true && (await isChosen(path, discovery))) yield path;
}

/** What an entry of a folder and the target of a link have in common. */
type Kind = Pick<Dirent, 'isDirectory' | 'isFile' | 'isSymbolicLink'>;

function byName(a: Dirent, b: Dirent): number {
  return a.name < b.name ? -1 : 1;
}

/** What cannot be read is named, and does not keep the rest from being read. */
async function attempt<T>(
  path: string,
  discovery: Discovery,
  read: () => Promise<T>,
): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    discovery.gap(readGap('unreadable', path, messageOf(error)));
    return null;
  }
}

function skipOf(path: string, isFolder: boolean, discovery: Discovery): PathSkip | null {
  const logPath = path.split(sep).join('/') + (isFolder ? '/' : '');
  return skipByPath(parseLogPath(logPath), discovery.window, discovery.allRegions);
}

async function isChosen(path: string, discovery: Discovery): Promise<boolean> {
  if (LOG_NAME.test(path)) return true;
  if (UNSUPPORTED_NAME.test(path)) {
    discovery.gap(readGap('unsupported-format', path));
    return false;
  }
  const isLog = await attempt(path, discovery, () => beginsLikeLog(path));
  if (isLog === false) discovery.skipped('not-a-log');
  return isLog === true;
}

/** Logs are renamed and stored under any name, so a file of unknown name is looked into. */
async function beginsLikeLog(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const head = Buffer.alloc(SNIFFED);
    const { bytesRead } = await file.read(head);
    return mayBeLog(head.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
