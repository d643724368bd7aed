/**
 * From the result of the audit query to a batch, with what is wrong with it noted.
 */
import type { Batch } from '../../contracts.js';
import type { CoverageNotes } from '../coverage.js';
import { toCells } from './cells.js';
import { parseRow, type TextRow } from './row.js';

/** `subject` names the query in gaps. */
export function batchOfRows(
  rows: readonly TextRow[],
  subject: string,
  coverage: CoverageNotes,
): Batch {
  const parsed = rows.map(parseRow).filter((row) => row !== null);
  const cells = toCells(parsed);
  coverage.figure('rows', rows.length);
  coverage.reject(cells.rejected);
  coverage.lost(cells.lostCalls, subject);
  if (parsed.length < rows.length) {
    const message = `${rows.length - parsed.length} rows of the result could not be read.`;
    coverage.gap('unreadable-rows', subject, message);
  }
  const total = parsed[0]?.rows_total ?? 0;
  if (total !== parsed.length && parsed.length === rows.length) {
    coverage.gap('rows-missing', subject, `The result has ${total} rows, but ${rows.length} came.`);
  }
  if (cells.disputedCalls > 0) {
    const message = `${cells.disputedCalls} calls that the engine counts as global could not be read as such.`;
    coverage.gap('disputed-calls', subject, message);
  }
  return coverage.took(cells.batch);
}
