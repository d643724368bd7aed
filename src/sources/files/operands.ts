/**
 * Which operands are streams: standard input, and pipes such as `<(zcat old.gz)` of a shell. A pipe
 * can be opened only once, and opening it may wait.
 */
import { fstatSync, type Stats, statSync } from 'node:fs';
import type { Readable } from 'node:stream';

export interface Operands {
  /** Each stream by the first of its names: read once, it holds nothing more. */
  readonly streams: readonly string[];
  readonly onDisk: readonly string[];
}

/** `stdin` is what `-` reads if that is not the process's own. */
export function operandsOf(paths: readonly string[], stdin: Readable | undefined): Operands {
  const streams = new Map<string, string>();
  const onDisk: string[] = [];
  for (const path of paths) {
    const id = streamId(path, stdin);
    if (id === null) onDisk.push(path);
    else if (!streams.has(id)) streams.set(id, path);
  }
  return { streams: [...streams.values()], onDisk };
}

/** The same for all names of a stream, such as `-` and `/dev/stdin`; null for what is none. */
function streamId(path: string, stdin: Readable | undefined): string | null {
  const status = path === '-' ? statusOfInput(stdin) : attempt(() => statSync(path));
  if (status?.isFIFO() === true) return `${status.dev}:${status.ino}`;
  return path === '-' ? path : null;
}

function statusOfInput(stdin: Readable | undefined): Stats | null {
  const fd = stdin === undefined ? 0 : 'fd' in stdin && stdin.fd;
  return typeof fd === 'number' ? attempt(() => fstatSync(fd)) : null;
}

/** What is wrong with a path is said by `checkPaths`. */
function attempt(read: () => Stats): Stats | null {
  try {
    return read();
  } catch {
    return null;
  }
}
