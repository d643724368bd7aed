/**
 * Which files were found before: links, and several operands, lead to the same ones. Files are told
 * by the folders that were read, so that memory grows with those and not with the files.
 */
import { basename, dirname, join } from 'node:path';
import type { Wanted } from './pattern.js';

export interface Search {
  readonly wanted: Wanted;
  /** By its real path, the path under which a folder was read. */
  readonly folders: Map<string, string>;
}

export class Found {
  readonly #isPassedOver: (path: string) => boolean;
  readonly #searches: Search[] = [];
  /** Real paths of files that were named, or that a link led to. */
  readonly #single = new Set<string>();

  constructor(isPassedOver: (path: string) => boolean) {
    this.#isPassedOver = isPassedOver;
  }

  /** One for all that look for the same, so that none reads a folder again. */
  searchFor(wanted: Wanted): Search {
    const known = this.#searches.find((search) => search.wanted === wanted);
    if (known !== undefined) return known;
    const search = { wanted, folders: new Map<string, string>() };
    this.#searches.push(search);
    return search;
  }

  /** Whether a file, by its real path, comes for the first time from elsewhere than a search. */
  addSingle(file: string): boolean {
    if (this.isKnown(file, null)) return false;
    this.#single.add(file);
    return true;
  }

  /** Whether a file, by its real path, was found otherwise than by that search. */
  isKnown(file: string, search: Search | null): boolean {
    if (this.#single.size > 0 && this.#single.has(file)) return true;
    return this.#searches.some((other) => other !== search && this.#isMet(file, other));
  }

  /** Whether it lies in a folder that was read, under a name that was chosen there. */
  #isMet(file: string, { folders, wanted }: Search): boolean {
    const folder = folders.get(dirname(file));
    if (folder === undefined || basename(file).startsWith('.')) return false;
    const path = join(folder, basename(file));
    return wanted.isMatch(path) && !this.#isPassedOver(path);
  }
}
