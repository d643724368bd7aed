/**
 * From the result of the audit query to batches, with what is wrong with it noted.
 */
import { createHash } from 'node:crypto';
import type { Batch } from '../../contracts.js';
import type { CoverageNotes } from '../coverage.js';
import { type Cells, toCells } from './cells.js';
import { type EngineRow, parseRow, type TextRow } from './row.js';

/**
 * Yields a batch for each page of a result, and notes afterwards what is wrong with the whole.
 * `subject` names the query in gaps.
 */
export async function* batchesOfPages(
  pages: AsyncIterable<readonly TextRow[]>,
  subject: string,
  coverage: CoverageNotes,
): AsyncGenerator<Batch, void> {
  const known = new Set<string>();
  let stated: number | null = null;
  let unreadable = 0;
  for await (const page of pages) {
    const rows = page.filter((row) => !saysNothing(row));
    if (rows.length < page.length) stated ??= 0;
    coverage.figure('rows', rows.length);
    const parsed = rows.map(parseRow).filter((row) => row !== null);
    unreadable += rows.length - parsed.length;
    stated ??= parsed[0]?.rows_total ?? null;
    const cells = toCells(parsed.filter((row) => isNew(row, known)));
    noteCells(cells, subject, coverage);
    yield coverage.took(cells.batch);
  }
  if (unreadable > 0) {
    coverage.gap('unreadable-rows', subject, `${unreadable} rows of the result could not be read.`);
  } else if (stated !== known.size) {
    const message = stated === null ? 'Rows are missing: an empty result has one, and none came.' : `The result has ${stated} rows, but ${known.size} came.`; // prettier-ignore
    coverage.gap('rows-missing', subject, message);
  }
}

/** The only row of a result that has none. */
function saysNothing(row: TextRow): boolean {
  return row['rows_total'] === '0';
}

/** The query groups by these, so a second such row is of a page that came twice. */
function isNew({ account, evidence, call }: EngineRow, known: Set<string>): boolean {
  const text = JSON.stringify([account, evidence, call]);
  const key = createHash('sha256').update(text).digest('base64');
  if (known.has(key)) return false;
  known.add(key);
  return true;
}

function noteCells(cells: Cells, subject: string, coverage: CoverageNotes): void {
  coverage.reject(cells.rejected);
  coverage.lost(cells.lostCalls, subject);
  const { counted, came } = cells.torn;
  if (counted !== 0 || came !== 0) {
    const message = `The engine counted ${counted} calls of some kinds, but their days have ${came}.`;
    coverage.gap('days-missing', subject, message);
  }
  if (cells.disputedCalls === 0) return;
  const message = `${cells.disputedCalls} calls that the engine counts as global could not be read as such.`;
  coverage.gap('disputed-calls', subject, message);
}
