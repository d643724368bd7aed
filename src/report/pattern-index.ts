/**
 * Lists of entries with patterns, as large as an organisation makes them: of thousands of entries
 * only those are compared with a caller that share a rare piece of text with it.
 */
import { matchesAny } from './pattern.js';

/** One pattern, or several of which one must fit. */
export type Patterns = string | readonly string[];

/** An entry fits when what it says of every name does; what it does not say fits everything. */
type Entry<Name extends string> = { readonly [name in Name]?: Patterns | undefined };

/** Long enough to be rare, short enough to be in most patterns. */
const PIECE = 6;

export class PatternIndex<Name extends string> {
  readonly #entries: readonly Entry<Name>[];
  readonly #names: readonly Name[];
  /** By name and key, the entries that can fit only a text with that key. */
  readonly #doors = new Map<Name, Map<string, number[]>>();
  /** Lengths of the pieces among the keys of a name. */
  readonly #lengths = new Map<Name, Set<number>>();
  /** Entries of wildcards alone. */
  readonly #open: number[] = [];

  constructor(entries: readonly Entry<Name>[], names: readonly Name[]) {
    this.#entries = entries;
    this.#names = names;
    const frequency = this.#frequencies();
    for (const [index, entry] of entries.entries()) {
      const doors = names.flatMap((name) => doorOf(entry[name], name, frequency) ?? []);
      const [best] = doors.toSorted((a, b) => a.cost - b.cost);
      if (best === undefined) this.#open.push(index);
      else for (const key of best.keys) this.#add(best.name, key, index);
    }
  }

  /** Numbers of the entries that fit, in their order. */
  fitting(texts: Readonly<Record<Name, readonly string[]>>): readonly number[] {
    const near = this.#names.flatMap((name) => texts[name].flatMap((text) => this.#near(name, text)));
    return [...new Set([...this.#open, ...near])]
      .filter((index) => this.#fits(this.#entries[index] ?? {}, texts))
      .toSorted((a, b) => a - b);
  } // prettier-ignore

  #fits(entry: Entry<Name>, texts: Readonly<Record<Name, readonly string[]>>): boolean {
    return this.#names.every((name) => {
      const patterns = entry[name];
      return patterns === undefined || matchesAny([patterns].flat(), texts[name]);
    });
  }

  #near(name: Name, text: string): number[] {
    const doors = this.#doors.get(name);
    if (doors === undefined) return [];
    const found = [...(doors.get(wholeKey(text)) ?? [])];
    for (const length of this.#lengths.get(name) ?? []) {
      for (const piece of piecesOf(text, length)) found.push(...(doors.get(piece) ?? []));
    }
    return found;
  }

  #add(name: Name, key: string, index: number): void {
    const doors = this.#doors.get(name) ?? new Map<string, number[]>();
    this.#doors.set(name, doors);
    const behind = doors.get(key);
    if (behind === undefined) doors.set(key, [index]);
    else behind.push(index);
    if (isWhole(key)) return;
    this.#lengths.set(name, (this.#lengths.get(name) ?? new Set()).add(key.length));
  }

  #frequencies(): Frequency {
    const counts = new Map<string, number>();
    for (const entry of this.#entries) {
      for (const name of this.#names) {
        for (const pattern of [entry[name] ?? []].flat()) {
          for (const key of new Set(keysOf(pattern))) {
            counts.set(name + key, (counts.get(name + key) ?? 0) + 1);
          }
        }
      }
    }
    return (name, key) => counts.get(name + key) ?? 0;
  }
}

type Frequency = (name: string, key: string) => number;

interface Door<Name> {
  readonly name: Name;
  readonly keys: readonly string[];
  /** How many entries stand behind them. */
  readonly cost: number;
}

/** One key for each pattern, the rarest; null when a pattern has none. */
function doorOf<Name extends string>(
  patterns: Patterns | undefined,
  name: Name,
  frequency: Frequency,
): Door<Name> | null {
  if (patterns === undefined) return null;
  const keys: string[] = [];
  let cost = 0;
  for (const pattern of [patterns].flat()) {
    const rarest = keysOf(pattern).toSorted((a, b) => frequency(name, a) - frequency(name, b))[0];
    if (rarest === undefined) return null;
    keys.push(rarest);
    cost += frequency(name, rarest);
  }
  return { name, keys, cost };
}

/** What a text that fits must be, or must contain: pieces of the runs without a wildcard. */
function keysOf(pattern: string): string[] {
  const [first = '', ...more] = pattern.split(/[*?]+/);
  if (more.length === 0) return [wholeKey(first)];
  const runs = [first, ...more];
  const long = runs.filter((run) => run.length >= PIECE);
  if (long.length > 0) return long.flatMap((run) => piecesOf(run, PIECE));
  const longest = runs.reduce((run, part) => (part.length > run.length ? part : run));
  return longest === '' ? [] : [longest];
}

function piecesOf(text: string, length: number): string[] {
  const count = Math.max(0, text.length - length + 1);
  return Array.from({ length: count }, (_, at) => text.slice(at, at + length));
}

/** No piece is as long. */
function wholeKey(text: string): string {
  return `= whole ${text}`;
}

function isWhole(key: string): boolean {
  return key.length > PIECE;
}
