import { stringify } from 'csv-stringify/sync';
import type { Finding } from '../report/finding-schema.js';
import type { Report } from '../report/schema.js';
import { headline } from './answer.js';
import { printable } from './escape.js';
import { COLUMNS, evidenceWord } from './table.js';
import type { Writer } from './writer.js';

/**
 * The ticket attachment: one row a finding, a header also when there is none. Values that a
 * spreadsheet would take for a formula are given a leading quote.
 */
export const csv: Writer = {
  name: 'csv',
  extension: 'csv',
  render: (report) => [...chunks(report)].join(''),
  chunks,
};

/** Rows in a piece: the text of all of them can be as large as the memory. */
const PORTION = 500;

function* chunks(report: Report): Generator<string> {
  yield lines([COLUMNS.map(({ name }) => name)]);
  const { findings, coverage } = report;
  if (findings.length === 0 && !coverage.complete) yield lines([nothingSeen(report)]);
  for (let at = 0; at < findings.length; at += PORTION) {
    yield lines(findings.slice(at, at + PORTION).map((finding) => rowOf(finding, report)));
  }
}

function lines(rows: readonly (string | number)[][]): string {
  return stringify([...rows], { escape_formulas: true });
}

function rowOf(finding: Finding, report: Report): (string | number)[] {
  return COLUMNS.map(({ value }) => cell(value(finding, report)));
}

/** A header alone would say that there is nothing; a row without a finding says what is known. */
function nothingSeen(report: Report): string[] {
  const evidence = `${evidenceWord(report)}: ${headline(report)}`;
  return COLUMNS.map(({ name }) => (name === 'evidence' ? evidence : ''));
}

/** A row stays on its line, and is safe to print. */
function cell(value: string | number): string | number {
  return typeof value === 'number' ? value : printable(value);
}
