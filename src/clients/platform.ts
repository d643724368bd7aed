import { majorMinor, readVersion } from './version.js';

/** Language runtimes by the names that SDKs of all ages give them. */
const RUNTIMES: ReadonlyMap<string, string> = new Map([
  ['Python', 'Python'],
  ['python', 'Python'],
  ['Java', 'Java'],
  ['java', 'Java'],
  ['go', 'Go'],
  ['nodejs', 'Node.js'],
  ['.NET_Core', '.NET'],
  ['.NET_Framework', '.NET Framework'],
  ['.NET', '.NET'],
  ['PHP', 'PHP'],
  ['php', 'PHP'],
  ['ruby', 'Ruby'],
  ['jruby', 'JRuby'],
  ['rust', 'Rust'],
  ['swift', 'Swift'],
  ['kotlin', 'Kotlin'],
  ['c++', 'C++'],
]);

const SYSTEMS: ReadonlyMap<string, string> = new Map([
  ['linux', 'Linux'],
  ['Linux', 'Linux'],
  ['darwin', 'macOS'],
  ['Darwin', 'macOS'],
  ['macos', 'macOS'],
  ['windows', 'Windows'],
  ['Windows', 'Windows'],
  ['win32', 'Windows'],
  ['Microsoft', 'Windows'],
  ['android', 'Android'],
  ['ios', 'iOS'],
]);

/** Every name that `platformOfWord` knows. */
export const PLATFORM_NAMES: readonly string[] = [...RUNTIMES.keys(), ...SYSTEMS.keys()];

/** What a word tells of the place where the program runs; null where it tells nothing. */
export interface Platform {
  readonly runtime: string | null;
  readonly system: string | null;
}

const LETTERS = /^[A-Za-z]{1,16}/;

/** The operating system that the text begins with: `Linux_4.14`, `macos#24`. */
export function systemIn(text: string): string | null {
  const word = LETTERS.exec(text)?.[0];
  return word === undefined ? null : (SYSTEMS.get(word) ?? null);
}

/** The runtime that `Python/3.9.5`, `lang/go#1.24.1` and the like name. */
export function runtimeOf(name: string, value: string): string | null {
  const runtime = RUNTIMES.get(name);
  if (runtime === undefined) return null;
  const version = readVersion(value);
  return version === null ? runtime : `${runtime} ${majorMinor(version)}`;
}

/** Go SDK v1 writes the comment `go1.19.3; linux; amd64`; this takes what follows `go`. */
export function platformOfGo(comment: string): Platform {
  const semicolon = comment.indexOf('; ');
  const system = semicolon < 0 ? null : systemIn(comment.slice(semicolon + 2));
  return { runtime: runtimeOf('go', comment), system };
}

/** `Linux/4.14` names the system; JavaScript SDK v2 writes `linux/v16.20.2`, the version of Node.js. */
export function platformOfWord(name: string, value: string): Platform {
  const system = SYSTEMS.get(name) ?? null;
  if (system === null) return { runtime: runtimeOf(name, value), system };
  return { runtime: value.startsWith('v') ? runtimeOf('nodejs', value) : null, system };
}
