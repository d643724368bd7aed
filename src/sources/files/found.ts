/**
 * Which files were found before: links, and several operands, lead to the same ones. Files are told
 * by the folders that were read, so that memory grows with those and not with the files.
 */
import { basename, dirname, join } from 'node:path';
import type { Wanted } from './pattern.js';

export interface Search {
  readonly wanted: Wanted;
  /** All places of the pattern at which folders were read. */
  readonly places: Set<string>;
  /** By its place and its real path, the path under which a folder was read. */
  readonly folders: Map<string, string>;
}

/** A folder that is read, by a search. */
export interface Reader {
  readonly search: Search;
  readonly path: string;
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
    const search = { wanted, places: new Set<string>(), folders: new Map<string, string>() };
    this.#searches.push(search);
    return search;
  }

  /** Whether a file, by its real path, comes for the first time from elsewhere than a search. */
  addSingle(file: string): boolean {
    if (this.isKnown(file, null)) return false;
    this.#single.add(file);
    return true;
  }

  /** Whether a folder is to be read: links may lead to it again, and to another of its places. */
  addFolder(path: string, real: string, { wanted, places, folders }: Search): boolean {
    const place = wanted.placeOf(path);
    const key = `${place}${real}`;
    if (folders.has(key)) return false;
    places.add(place);
    folders.set(key, path);
    return true;
  }

  /** Whether a file, by its real path, was found otherwise than by that reader. */
  isKnown(file: string, reader: Reader | null): boolean {
    if (this.#single.size > 0 && this.#single.has(file)) return true;
    return this.#searches.some((search) => {
      const isOwn = search === reader?.search;
      if (isOwn && search.places.size === 1) return false;
      return this.#isMet(file, search, isOwn ? reader.path : null);
    });
  }

  /** Whether it lies in a folder that was read, but for one, under a name that was chosen there. */
  #isMet(file: string, { folders, places, wanted }: Search, except: string | null): boolean {
    const name = basename(file);
    if (name.startsWith('.')) return false;
    for (const place of places) {
      const folder = folders.get(`${place}${dirname(file)}`);
      if (folder === undefined || folder === except) continue;
      const path = join(folder, name);
      if (wanted.isMatch(path) && !this.#isPassedOver(path)) return true;
    }
    return false;
  }
}
