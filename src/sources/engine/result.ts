/**
 * From the result of the audit query to batches, with what is wrong with it noted.
 */
import { createHash } from 'node:crypto';
import type { Batch } from '../../contracts.js';
import type { CoverageNotes } from '../coverage.js';
import { type Cells, toCells } from './cells.js';
import { type EngineRow, parseRow, type TextRow } from './row.js';
import { counted } from '../../counted.js';

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
    const message = `${counted(unreadable, 'row')} of the result could not be read.`;
    coverage.gap('unreadable-rows', subject, message);
  } else if (stated !== known.size) {
    const message = stated === null ? 'Rows are missing: an empty result has one, and none came.' : `The result has ${counted(stated, 'row')}, but ${known.size} came.`; // prettier-ignore
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
  const { counted: stated, came } = cells.torn;
  if (stated !== 0 || came !== 0) {
    const message = `The engine counted ${counted(stated, 'call')} of some kinds, but their days have ${came}.`;
    coverage.gap('days-missing', subject, message);
  }
  if (cells.disputedCalls === 0) return;
  const message = `${counted(cells.disputedCalls, 'call')} that the engine counts as global could not be read as such.`;
  coverage.gap('disputed-calls', subject, message);
}
