/**
 * The files of a folder and of those below it. What is passed over is counted with its reason.
 * Asking for a folder without waiting takes a quarter of the time, and a trail has very many.
 */
import {
  closeSync,
  type Dirent,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { basename, join, sep } from 'node:path';
import {
  parseLogPath,
  type PathSkip,
  type Selection,
  skipByPath,
} from '../../cloudtrail/log-path.js';
import type { Gap } from '../../contracts.js';
import { messageOf } from '../../errors.js';
import type { Found } from './found.js';
import { EVERYTHING, type Wanted } from './pattern.js';
import { readGap } from './problems.js';
import { type Likeness, likenessOf, SNIFFED_FOR_KEYS } from './sniff.js';

/** Why a file or a whole folder was passed over. */
export type Skip = PathSkip | 'not-a-log';

export interface Discovery {
  readonly selection: Selection;
  /** `path` is the file, or the folder with all that is in it. */
  skipped(reason: Skip, path: string): void;
  gap(gap: Gap): void;
}

const LOG_NAME = /\.(?:json|jsonl|ndjson)(?:\.gz)?$/i;
/** Formats in which logs are kept, too, but which cannot be read here. */
const UNSUPPORTED_NAME =
  /\.(?:zip|parquet|zst|bz2|xz|tar|tgz|tar\.gz|orc|avro|z|lz4|7z|br|lzma|sz|snappy)$/i;

/** What is named like this should be a log, so it matters when it is not one. */
const NAMED_LIKE_LOG = /_CloudTrail_|\.(?:gz|json|jsonl|ndjson)\b/i;

/** A folder with its path free of links. */
interface Folder {
  readonly path: string;
  readonly real: string;
}

/** What its entries' names are appended to; a trail has too many of them to join each anew. */
function prefixOf(folder: string): string {
  return join(folder, 'x').slice(0, -1);
}

/**
 * Each real folder is read once for the same: links may lead back to it, or to it by many ways.
 * Links to files come last, and only those whose file was not met before. Returns whether there was
 * any file, be it one that was found before.
 */
export function* walk(
  path: string,
  discovery: Discovery,
  found: Found,
  wanted: Wanted = EVERYTHING,
): Generator<string, boolean> {
  const search = found.searchFor(wanted);
  const links = new Map<string, string>();
  let isFound = false;
  const real = attempt(path, discovery, () => realpathSync(path));
  const pending: Folder[] = real === null ? [] : [{ path, real }];
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    const below: Folder[] = [];
    const prefix = prefixOf(folder.path);
    const realPrefix = prefixOf(folder.real);
    const reader = { search, path: folder.path };
    const isNew = found.addFolder(folder.path, folder.real, search);
    for (const entry of isNew ? entriesOf(folder.path, discovery) : []) {
      const next = visit(folder, `${prefix}${entry.name}`, entry, discovery, wanted);
      if (next === null) continue;
      if (typeof next !== 'string') {
        below.push(next);
        continue;
      }
      isFound = true;
      if (entry.isSymbolicLink()) links.set(realpathSync(next), next);
      else if (!found.isKnown(`${realPrefix}${entry.name}`, reader)) yield next;
    }
    pending.push(...below.toReversed());
  }
  for (const [file, link] of links) {
    if (found.addSingle(file)) yield link;
  }
  return isFound;
}

function entriesOf(folder: string, discovery: Discovery): readonly Dirent[] {
  const entries = attempt(folder, discovery, () => readdirSync(folder, { withFileTypes: true }));
  return entries?.toSorted(byName) ?? [];
}

/** A file to read, a folder to walk, or null for what is passed over. */
function visit(
  folder: Folder,
  path: string,
  entry: Dirent,
  discovery: Discovery,
  wanted: Wanted,
): string | Folder | null {
  // Trouble with what nobody asked for is none, so that is left alone first.
  if (!wanted.mayLead(path)) return null;
  if (entry.name.startsWith('.')) return passOver('not-a-log', path, discovery);
  const kind = entry.isSymbolicLink() ? attempt(path, discovery, () => statSync(path)) : entry;
  if (kind === null) return null;
  const isFolder = kind.isDirectory();
  if (!isFolder && !wanted.isMatch(path)) return null;
  const skip = skipOf(path, isFolder, discovery);
  if (skip !== null) return passOver(skip, path, discovery);
  if (!isFolder) return isChosen(path, kind.isFile(), discovery) ? path : null;
  const real = entry.isSymbolicLink() ? realpathSync(path) : join(folder.real, entry.name);
  return { path, real };
}

function passOver(reason: Skip, path: string, discovery: Discovery): null {
  discovery.skipped(reason, path);
  return null;
}

function byName(a: Dirent, b: Dirent): number {
  return a.name < b.name ? -1 : 1;
}

/** What cannot be read is named, and does not keep the rest from being read. */
function attempt<T>(path: string, discovery: Discovery, read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    discovery.gap(readGap('unreadable', path, messageOf(error)));
    return null;
  }
}

/** Why a path is passed over for what it says; null when it is not. */
export function skipOf(
  path: string,
  isFolder: boolean,
  { selection }: Pick<Discovery, 'selection'>,
): PathSkip | null {
  const logPath = sep === '/' ? path : path.replaceAll(sep, '/');
  return skipByPath(parseLogPath(isFolder ? `${logPath}/` : logPath), selection);
}

function isChosen(path: string, isFile: boolean, discovery: Discovery): boolean {
  if (isFile && LOG_NAME.test(path)) return true;
  const likeness = isFile ? attempt(path, discovery, () => readLikeness(path)) : 'no-log';
  if (likeness === 'log' && !UNSUPPORTED_NAME.test(path)) return true;
  if (likeness === 'packed' || NAMED_LIKE_LOG.test(basename(path)) || UNSUPPORTED_NAME.test(path)) {
    discovery.gap(readGap(isFile ? 'unsupported-format' : 'not-a-file', path));
  } else if (likeness !== null) discovery.skipped('not-a-log', path);
  return false;
}

/** Logs are renamed and stored under any name, so a file of unknown name is looked into. */
function readLikeness(path: string): Likeness {
  const file = openSync(path, 'r');
  try {
    const head = Buffer.alloc(SNIFFED_FOR_KEYS);
    return likenessOf(head.subarray(0, readSync(file, head)));
  } finally {
    closeSync(file);
  }
}
