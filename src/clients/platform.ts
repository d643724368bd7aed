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
  ['iOS', 'iOS'],
]);

/** Every name that `platformOfWord` knows. */
export const PLATFORM_NAMES: readonly string[] = [...RUNTIMES.keys(), ...SYSTEMS.keys()];

/** What a word tells of the place where the program runs; null where it tells nothing. */
export interface Platform {
  readonly runtime: string | null;
  readonly system: string | null;
}

const LETTERS = /^(?:win32|[A-Za-z]{1,16})/;

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

/** Platforms as Ruby and C toolchains write them: `x86_64-linux-gnu`, `x64-mingw32`, `ppc64le`. */
const PLATFORM =
  /^(?:(?:x86|x86_64|x64|i[3-6]86|aarch64|arm64|arm|armv\d[a-z]?|universal|amd64|powerpc(?:64)?(?:le)?|ppc(?:64)?(?:le)?|s390x?|riscv(?:32|64)|mips[a-z0-9]*|sparc[a-z0-9]*)(?:[-.](?:pc|unknown|linux|darwin|mingw|mswin|freebsd|openbsd|netbsd|solaris|aix|cygwin|java|gnu|musl|ucrt|android)[a-z0-9]*)*|mingw32|mswin32|mswin64)$/;
const PLATFORM_SYSTEMS = [
  ['mingw', 'Windows'],
  ['mswin', 'Windows'],
  ['darwin', 'macOS'],
  ['android', 'Android'],
  ['linux', 'Linux'],
] as const;

export function isPlatform(word: string): boolean {
  return PLATFORM.test(word);
}

/** The system that the name of a platform holds; null for others. */
export function systemOfPlatform(platform: string): string | null {
  return PLATFORM_SYSTEMS.find(([part]) => platform.includes(part))?.[1] ?? null;
}

/** `Linux/4.14` names the system; JavaScript SDK v2 writes `linux/v16.20.2`, the version of Node.js. */
export function platformOfWord(name: string, value: string): Platform {
  const system = SYSTEMS.get(name) ?? null;
  if (system === null) return { runtime: runtimeOf(name, value), system };
  return { runtime: value.startsWith('v') ? runtimeOf('nodejs', value) : null, system };
}
