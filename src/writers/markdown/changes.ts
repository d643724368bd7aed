import type { Absent } from '../../report/annotation-schema.js';
import type { Finding } from '../../report/finding-schema.js';
import type { Report } from '../../report/schema.js';
import { changeCounts, describeChange, since } from '../changes.js';
import { inStableOrder } from '../order.js';
import { counting } from '../answer.js';
import { code, prose } from './escape.js';

/** A list longer than this is for the HTML and CSV reports. */
const LISTED = 15;

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
    changes.notes.map((note) => `> ${prose(note)}`).join('\n>\n'),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function list(title: string, lines: readonly string[]): string {
  if (lines.length === 0) return '';
  const more = lines.length - LISTED;
  return [
    `**${title}**`,
    '',
    ...lines.slice(0, LISTED),
    ...(more > 0 ? [`- and ${more} more`] : []),
  ].join('\n');
}

function line(finding: Finding): string {
  const { principal, client, change } = finding;
  const what = change?.status === 'new' ? '' : `: ${code(describeChange(finding))}`;
  return `- ${code(principal.id)} with ${code(client.product)}${what}`;
}

function absentLine({ principal, client, because }: Absent): string {
  return `- ${code(principal)} with ${code(client)}: ${prose(because)}`;
}
