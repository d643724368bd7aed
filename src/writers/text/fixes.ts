/**
 * What is to be done, below the table: each fix once, with those who need it.
 */
import { shortName } from '../../principals/short-name.js';
import type { Finding } from '../../report/finding-schema.js';
import { printable } from '../escape.js';
import { counted } from '../numbers.js';
import { fixInShort } from '../steps.js';
import type { View } from '../writer.js';
import type { Paint } from './paint.js';
import { wrap } from './width.js';

const LISTED = 10;
const NAMED = 3;
const INDENT = '  ';

/** '' when no finding has one. */
export function fixesText(findings: readonly Finding[], view: View, paint: Paint): string {
  const fixes = [...byFix(findings)];
  if (fixes.length === 0) return '';
  const more = fixes.length - LISTED;
  return [
    paint.bold('What to do'),
    ...fixes
      .slice(0, LISTED)
      .flatMap(([fix, callers]) => indented(`${fix}: ${namesOf(callers)}`, view.width)),
    ...(more > 0 ? [`${INDENT}and ${counted(more, 'more fix', 'more fixes')}`] : []),
    paint.dim(`${INDENT}--format markdown, html or json has the steps, with snippets and checks.`),
  ].join('\n');
}

function indented(text: string, width: number): string[] {
  const [first = '', ...rest] = wrap(text, Math.max(width - 2 * INDENT.length, 20));
  return [INDENT + first, ...rest.map((line) => INDENT + INDENT + line)];
}

function byFix(findings: readonly Finding[]): Map<string, Finding[]> {
  const fixes = new Map<string, Finding[]>();
  for (const finding of findings) {
    const fix = printable(fixInShort(finding.remediation.steps));
    if (fix === '') continue;
    const callers = fixes.get(fix);
    if (callers === undefined) fixes.set(fix, [finding]);
    else callers.push(finding);
  }
  return fixes;
}

function namesOf(callers: readonly Finding[]): string {
  const names = [...new Set(callers.map(({ principal }) => printable(shortName(principal.id))))];
  const more = names.length - NAMED;
  return [...names.slice(0, NAMED), ...(more > 0 ? [`and ${counted(more, 'more principal')}`] : [])].join(', ');
} // prettier-ignore
