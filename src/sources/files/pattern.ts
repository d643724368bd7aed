/**
 * Patterns as shells know them: where to look, and for what.
 */
import { existsSync } from 'node:fs';
import { join, normalize, parse, sep } from 'node:path';
import picomatch from 'picomatch';

/** What of a folder is asked for. */
export interface Wanted {
  isMatch(path: string): boolean;
  /** Whether the path matches or, if it is a folder, something in it may. */
  mayLead(path: string): boolean;
  /** The same for folders below which the same is asked for. */
  placeOf(folder: string): string;
}

export const EVERYTHING: Wanted = {
  isMatch: () => true,
  mayLead: () => true,
  placeOf: () => '',
};

export interface Pattern extends Wanted {
  /** The folder that is there, below which everything lies that may match. */
  readonly base: string;
}

/**
 * Null when a part that is not there has no wildcard, so that nothing can match. What is there
 * under its very name is taken for that: folders are named `logs (1)` and `{prod}`.
 */
export function patternOf(text: string): Pattern | null {
  const { base, rest } = split(normalize(text));
  const glob = rest.join('/').replace(PLAIN_PARENTHESES, String.raw`\($1\)`);
  const { parts = [] } = picomatch.scan(glob, { ...OPTIONS, parts: true });
  if (!picomatch.scan(parts[0] ?? '', OPTIONS).isGlob) return null;
  // A pattern may name folders, which stand for all that is in them.
  const isMatch = picomatch([glob, `${glob}/**`], OPTIONS);
  const steps = [...stepsOf(parts), `${glob}/**`].map((step) => picomatch(step, OPTIONS));
  const start = join(base, 'x').length - 1;
  return {
    base,
    isMatch: (path) => isMatch(path.slice(start)),
    mayLead: (path) => steps.some((isStep) => isStep(path.slice(start))),
    placeOf: (folder) => steps.map((isStep) => Number(isStep(folder.slice(start)))).join(''),
  };
}

/** What the folders on the way match; below a choice between several names, that may be any. */
function stepsOf(parts: readonly string[]): readonly string[] {
  const choice = parts.findIndex((part) => part.includes('/'));
  const plain = choice < 0 ? parts : parts.slice(0, choice);
  const steps = plain.map((_, index) => plain.slice(0, index + 1).join('/'));
  return choice < 0 ? steps : [...steps, [...plain, '**'].join('/')];
}

/** As in shells, `!` means something inside of `[!…]`, but not at the beginning. */
const OPTIONS = { nonegate: true, posix: true };

/** Parentheses mean something only after one of these characters. */
const PLAIN_PARENTHESES = /(?<![?*+@!])\(([^()]*)\)/g;

/** The part of a path that is there, and the names of the rest. */
function split(path: string): { readonly base: string; readonly rest: readonly string[] } {
  const { root } = parse(path);
  const names = path
    .slice(root.length)
    .split(sep)
    .filter((name) => name !== '');
  let base = root === '' ? '.' : root;
  let depth = 0;
  for (const name of names) {
    const next = join(base, name);
    if (!existsSync(next)) break;
    base = next;
    depth += 1;
  }
  return { base, rest: names.slice(depth) };
}
