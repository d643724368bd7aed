import type { Absent } from '../../report/annotation-schema.js';
import type { Finding } from '../../report/finding-schema.js';
import type { Report } from '../../report/schema.js';
import { changeCounts, describeChange, since } from '../changes.js';
import { printable } from '../escape.js';
import { number } from '../numbers.js';
import { inStableOrder } from '../order.js';
import type { View } from '../writer.js';
import type { Paint } from './paint.js';
import { fit } from './width.js';

const LISTED = 10;

/** What changed since the baseline; '' without one. */
export function changesText(report: Report, view: View, paint: Paint): string {
  const { changes } = report;
  if (changes === undefined) return '';
  const findings = inStableOrder(report.findings);
  const now = (status: string): string[] =>
    findings.filter(({ change }) => change?.status === status).map(lineOf);
  const listed = (title: string, all: readonly string[], color: (text: string) => string) =>
    lines(title, all, view.width).map((line) => color(title.padEnd(TITLE)) + line.slice(TITLE));
  return [
    `Changes ${since(report)}: ${changeCounts(report)}`,
    ...listed('came back', now('regressed'), paint.bad),
    ...listed('new', now('new'), paint.bad),
    ...listed('changed', now('changed'), paint.bold),
    ...listed('gone', changes.gone.map(absentLine), paint.good),
    ...listed('quiet', changes.quiet.map(absentLine), paint.bold),
    ...listed('not seen', changes.unconfirmed.map(absentLine), paint.bold),
  ].join('\n');
}

/** Room for the longest word before a caller. */
const TITLE = 11;

function lines(title: string, all: readonly string[], width: number): string[] {
  const more = all.length - LISTED;
  const shown = [...all.slice(0, LISTED), ...(more > 0 ? [`and ${number(more)} more`] : [])];
  return shown.map((line) => fit(title.padEnd(TITLE) + line, width).trimEnd());
}

function lineOf(finding: Finding): string {
  const { principal, client, change } = finding;
  const note = change?.status === 'changed' ? `: ${describeChange(finding)}` : '';
  return printable(`${principal.id}, ${client.product}${note}`);
}

function absentLine({ principal, client, because }: Absent): string {
  return printable(`${principal}, ${client}: ${because}`);
}
