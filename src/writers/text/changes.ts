import type { Absent } from '../../report/annotation-schema.js';
import type { Finding } from '../../report/finding-schema.js';
import type { Report } from '../../report/schema.js';
import { counting } from '../answer.js';
import { changeCounts, describeChange, since } from '../changes.js';
import { printable } from '../escape.js';
import { number } from '../numbers.js';
import { inStableOrder } from '../order.js';
import type { View } from '../writer.js';
import type { Paint } from './paint.js';
import { wrap } from './width.js';

const LISTED = 10;

/** What changed since the baseline; '' without one. */
export function changesText(report: Report, view: View, paint: Paint): string {
  const { changes } = report;
  if (changes === undefined) return '';
  const findings = inStableOrder(counting(report));
  const now = (status: string): string[] =>
    findings.filter(({ change }) => change?.status === status).map(lineOf);
  const listed = (title: string, all: readonly string[], color: (text: string) => string) =>
    lines(title, all, view.width).map((line) => color(line.slice(0, TITLE)) + line.slice(TITLE));
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

/** Whole: what has changed stands at the end, and is what the reader asks for. */
function lines(title: string, all: readonly string[], width: number): string[] {
  const more = all.length - LISTED;
  const shown = [...all.slice(0, LISTED), ...(more > 0 ? [`and ${number(more)} more`] : [])];
  return shown.flatMap((text) =>
    wrap(text, Math.max(width - TITLE, LEAST)).map((line, at) => (at === 0 ? title : '').padEnd(TITLE) + line),
  );
} // prettier-ignore

/** A narrower screen breaks the lines itself. */
const LEAST = 20;

function lineOf(finding: Finding): string {
  const { principal, client, change } = finding;
  const note = change?.status === 'new' ? '' : `: ${describeChange(finding)}`;
  return printable(`${principal.id}, ${client.product}${note}`);
}

function absentLine({ principal, client, because }: Absent): string {
  return printable(`${principal}, ${client}: ${because}`);
}
