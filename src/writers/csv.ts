import { stringify } from 'csv-stringify/sync';
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
  render: (report) =>
    stringify(rowsOf(report), {
      header: true,
      columns: COLUMNS.map(({ name }) => name),
      escape_formulas: true,
    }),
};

function rowsOf(report: Report): (string | number)[][] {
  const { findings, coverage } = report;
  if (findings.length === 0 && !coverage.complete) return [nothingSeen(report)];
  return findings.map((finding) => COLUMNS.map(({ value }) => cell(value(finding, report))));
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
