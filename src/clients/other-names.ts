import { separatorIn } from './user-agent.js';
import { readVersion } from './version.js';

/** Names of the grammar, of runtimes and of libraries in SDKs, of which nothing is wanted. */
export const OTHER_NAMES: readonly string[] = [
  'ua api cfg exe prompt io http vendor ft sid sm cmd rt lib installer distrib pid F',
  'APN HashiCorp kotlin scala groovy clojure Guzzle GuzzleHttp HHVM Seahorse GCC Clang AppleClang MSVC',
  'Mac_OS_X PowerShellCore WindowsPowerShell .NET_Runtime .NET_Native',
].flatMap((line) => line.split(' '));

/** What a program adds to the text of its SDK, such as `payments-api/1.0`: its name, else null. */
export function ownNameIn(text: string, start: number, end: number): string | null {
  const separator = separatorIn(text, start, end);
  if (separator >= end || readVersion(text.slice(separator + 1, end)) === null) return null;
  const name = text.slice(start, separator);
  // Java puts its virtual machine so.
  return name === '' || name.endsWith('_VM') ? null : name;
}

/** What SDKs themselves add without a version: styles of call, and platforms of Ruby. */
const BARE_PARTS = new Set(['promise', 'callback', 'java', 'legacy', 'resources', 'retry']);
const PLATFORM = /^(?:x86|x64|i[3-6]86|aarch64|arm|universal)/;
const BARE_NAME = /^[a-z][a-z0-9_-]{2,63}$/;

/** A name that a program adds without a version, such as `payments`, else null. */
export function bareNameIn(text: string, start: number, end: number): string | null {
  const code = text.charCodeAt(start);
  if (code < 97 || code > 122 || end - start > 64) return null;
  const name = text.slice(start, end);
  return !BARE_NAME.test(name) || BARE_PARTS.has(name) || PLATFORM.test(name) ? null : name;
}
