import type { Snippet } from '../advice.js';

import { snippet } from './case.js';

/** Commands in the language of the caller's system. */

const EXPORT = /^export ([A-Z_]+)=(\S+)$/;

/** Bash alone has these; what else is one command works in every shell. */
const BASH_ONLY = /^(?:sudo|sed|printf|chmod)\b|\$\(|\| (?:grep|jq)\b/m;

/** `export A=b` sets it for one shell; this for every program that starts later. */
function lineForWindows(line: string): string {
  const [, name, value] = EXPORT.exec(line) ?? [];
  if (name !== undefined) return `setx ${name} ${value} /M`;
  return line.replace(/^python3 /, 'py ');
}

function forWindows(one: Snippet): Snippet {
  if (one.language !== 'sh' || BASH_ONLY.test(one.code)) return one;
  const code = one.code.split('\n').map(lineForWindows).join('\n');
  if (code === one.code) return one;
  const label = code.includes('setx ') ? 'Windows, as an administrator' : 'Windows';
  return snippet(
    one.label === 'shell' || one.label === 'shell or pipeline' ? label : one.label,
    'bat',
    code,
  );
}

const WINDOWS: ReadonlySet<string> = new Set(['powershell', 'bat']);

/** Of forms for two systems the one for the caller's; one form alone is put into its language. */
export function forSystem(snippets: readonly Snippet[], system: string | null): readonly Snippet[] {
  const isWindows = system === 'Windows';
  const hasBoth =
    snippets.some(({ language }) => language === 'sh') &&
    snippets.some(({ language }) => WINDOWS.has(language));
  const fitting = hasBoth
    ? snippets.filter(({ language }) => (isWindows ? language !== 'sh' : !WINDOWS.has(language)))
    : snippets;
  return isWindows ? fitting.map(forWindows) : fitting;
}
