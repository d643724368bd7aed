import { stringify } from 'csv-stringify/sync';
import { printable } from './escape.js';
import { COLUMNS } from './table.js';
import type { Writer } from './writer.js';

/**
 * The ticket attachment: one row a finding, a header also when there is none. Values that a
 * spreadsheet would take for a formula are given a leading quote.
 */
export const csv: Writer = {
  name: 'csv',
  extension: 'csv',
  render: ({ findings }) =>
    stringify(
      findings.map((finding) => COLUMNS.map(({ value }) => cell(value(finding)))),
      { header: true, columns: COLUMNS.map(({ name }) => name), escape_formulas: true },
    ),
};

/** A row stays on its line, and is safe to print. */
function cell(value: string | number): string | number {
  return typeof value === 'number' ? value : printable(value);
}
