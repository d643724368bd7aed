import { separatorIn } from './user-agent.js';
import { readVersion } from './version.js';

/** Names of the grammar, of runtimes and of libraries in SDKs, of which nothing is wanted. */
export const OTHER_NAMES: readonly string[] = [
  'ua api cfg exe prompt io http vendor ft sid sm cmd rt lib installer distrib pid F',
  'APN HashiCorp kotlin scala groovy clojure Guzzle GuzzleHttp HHVM Seahorse GCC Clang AppleClang MSVC Dalvik',
  'PowerShellCore WindowsPowerShell .NET_Runtime .NET_Native',
].flatMap((line) => line.split(' '));

/** What a program adds to the text of its SDK, such as `payments-api/1.0`: its name, else null. */
export function ownNameIn(text: string, start: number, end: number): string | null {
  const separator = separatorIn(text, start, end);
  if (separator >= end || readVersion(text.slice(separator + 1, end)) === null) return null;
  const name = text.slice(start, separator);
  // Java puts its virtual machine so.
  return name === '' || name.endsWith('_VM') ? null : name;
}

/** What SDKs themselves add without a version: styles and parts of calls. */
const BARE_PARTS: ReadonlySet<string> = new Set(
  [
    'promise callback java legacy resources resource retry error retrying paginator waiter crt s3-crt',
    'sync async standard adaptive Resource Resources ClientSync ClientAsync S3Manager S3Transfer',
    'TransferManager AutoPaginator Paginator Waiter Retry Session Coral',
  ].flatMap((line) => line.split(' ')),
);
const BARE_NAME = /^[A-Za-z][A-Za-z0-9_.-]*$/;
const LONGEST_NAME = 64;

/** The word, unless it is too long for a name. */
export function wordIn(text: string, start: number, end: number): string | null {
  return end - start > LONGEST_NAME || end - start < 2 ? null : text.slice(start, end);
}

/** Whether a program adds the word as its name without a version, such as `payments`. */
export function isBareName(word: string): boolean {
  return BARE_NAME.test(word) && !BARE_PARTS.has(word);
}
