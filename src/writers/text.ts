/**
 * The summary that people read on the terminal.
 */
import type { Report } from '../report/schema.js';
import { amounts, counting, evidence, headline, managed, span } from './answer.js';
import { printable } from './escape.js';
import { counted } from './numbers.js';
import { callsByService, dependenceSentence } from './risk.js';
import { changesText } from './text/changes.js';
import { type Paint, painter } from './text/paint.js';
import { fixesText } from './text/fixes.js';
import { findingsTable } from './text/table.js';
import { warnings } from './warnings.js';
import { PLAIN, type Writer } from './writer.js';

const LISTED = 20;

export const text: Writer = {
  name: 'text',
  extension: 'txt',
  render: (report, view = PLAIN) => {
    const paint = painter(view.color);
    const parts = [
      answer(report, paint),
      evidenceText(report, paint),
      changesText(report, view, paint),
      findingsTable(counting(report), view, paint),
      fixesText(counting(report), view, paint),
      ignoredText(report),
      printable(managed(report) ?? ''),
    ];
    return parts
      .filter((part) => part !== '')
      .map((part) => `${part}\n`)
      .join('\n');
  },
};

function answer(report: Report, paint: Paint): string {
  const { slice, totals } = report;
  const when = span(report);
  const share = dependenceSentence(callsByService(report.findings));
  return [
    `${paint.bold(headline(report))}${slice === undefined ? '' : `, ${slice.by} ${printable(slice.name)}`}`,
    [...(totals.findings === 0 ? [] : [amounts(report)]), ...(when === null ? [] : [when])].join(', '),
    share ?? '',
  ].filter((line) => line !== '').join('\n');
} // prettier-ignore

function evidenceText(report: Report, paint: Paint): string {
  const { coverage, sources } = report;
  const [first = '', ...rest] = evidence(report);
  const gaps = coverage.gaps.slice(0, LISTED);
  const more = coverage.gaps.length - gaps.length;
  return [
    `${coverage.complete ? paint.good(first) : paint.bad(first)} ${rest[0] ?? ''}`,
    ...rest.slice(1).map((line) => `  ${line}`),
    ...gaps.map(({ subject, message }) => `  ! ${printable(subject)}: ${printable(message)}`),
    ...(more > 0 ? [`  ! ${counted(more, 'more problem')} in the JSON report`] : []),
    ...new Set(
      sources.flatMap(({ name, notes }) =>
        notes.map((note) => `  ${printable(`${name}: ${note}`)}`),
      ),
    ),
    ...(report.merged?.notes ?? []).map((note) => `  merged: ${printable(note)}`),
  ].join('\n');
}

function ignoredText(report: Report): string {
  const { ignoreList } = report;
  const head =
    ignoreList === undefined
      ? []
      : [`Ignored: ${counted(ignoreList.findings, 'finding')} with ${counted(ignoreList.calls, 'call')}`];
  const lines = warnings(report).map((line) => `  ! ${line}`);
  return [...head, ...lines.slice(0, LISTED)].join('\n');
} // prettier-ignore
