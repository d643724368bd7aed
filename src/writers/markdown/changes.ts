import type { Absent } from '../../report/annotation-schema.js';
import type { Finding } from '../../report/finding-schema.js';
import type { Report } from '../../report/schema.js';
import { changeCounts, describeChange, since } from '../changes.js';
import { number } from '../numbers.js';
import { inStableOrder } from '../order.js';
import { counting } from '../answer.js';
import { code, prose } from './escape.js';
import { listOf } from './list.js';

/** What changed since the baseline; '' without one. */
export function changeSection(report: Report): string {
  const { changes } = report;
  if (changes === undefined) return '';
  const findings = inStableOrder(counting(report));
  const now = (status: string): Finding[] =>
    findings.filter(({ change }) => change?.status === status);
  return [
    `## Changes ${prose(since(report) ?? '')}`,
    `${prose(changeCounts(report) ?? '')}.`,
    list('Came back', now('regressed').map(line)),
    list('New', now('new').map(line)),
    list('Changed', now('changed').map(line)),
    list('Gone', changes.gone.map(absentLine)),
    list('Quiet, not surely gone', changes.quiet.map(absentLine)),
    list('Not seen, but the evidence does not suffice', changes.unconfirmed.map(absentLine)),
    list('Of this comparison', changes.notes.map(prose)),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function list(title: string, lines: readonly string[]): string {
  const items = listOf(lines, (count) => `and ${number(count)} more`);
  return items === '' ? '' : `**${title}**\n\n${items}`;
}

function line(finding: Finding): string {
  const { principal, client, change } = finding;
  const what = change?.status === 'new' ? '' : `: ${code(describeChange(finding))}`;
  return `${code(principal.id)} with ${code(client.product)}${what}`;
}

function absentLine({ principal, client, because }: Absent): string {
  return `${code(principal)} with ${code(client)}: ${prose(because)}`;
}
