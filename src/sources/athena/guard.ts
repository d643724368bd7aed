/**
 * The guard before a query: what it would scan, against `--max-scan` and the workgroup's own limit.
 */
import { s3Client } from '../../aws/clients.js';
import type { Context } from '../../contracts.js';
import { UserError } from '../../errors.js';
import type { Bounded } from '../bounded.js';
import type { CoverageNotes } from '../coverage.js';
import { estimateScan, type PassedOver } from './estimate.js';
import type { AthenaOptions } from './athena-options.js';
import type { Plan } from './plan.js';
import type { Workgroup } from './workgroup.js';

/** Throws a UserError when the query would scan too much. Without `maxScan` nothing is listed. */
export async function guardScan(
  guarded: { plan: Plan; workgroup: Workgroup; options: AthenaOptions; window: Bounded },
  coverage: CoverageNotes,
  context: Context,
): Promise<void> {
  const { plan, workgroup, options, window } = guarded;
  if (options.maxScan === undefined) {
    coverage.note(NOT_LISTED);
    return;
  }
  const limit = Math.min(options.maxScan, workgroup.cutoff ?? options.maxScan);
  const s3 = await (options.s3 ?? (() => s3Client({})))();
  const { accounts = [], deliveredUntil } = options;
  const chosen = { window, accounts, deliveredUntil, limit };
  const archived = { objects: 0, isAtMost: false };
  const estimate = await estimateScan(s3, plan, chosen, archived, context);
  noteArchived(archived, plan, coverage);
  if (typeof estimate === 'string') {
    coverage.note(`What the query would scan could not be estimated: ${estimate}. It was watched instead.`); // prettier-ignore
  } else if (estimate.over) {
    const whose = limit < options.maxScan ? `the limit of the workgroup ${workgroup.name}` : '--max-scan'; // prettier-ignore
    throw new UserError(`the query would scan more than ${sizeOf(limit)}, which is ${whose}`, {
      hint: 'choose a shorter window, or a higher limit',
    });
  } else coverage.figure('bytes_estimated', estimate.bytes);
}

const NOT_LISTED =
  'Athena passes over objects in an archive class without saying so. Whether there are such was not looked at; with --max-scan, objects are listed.';

function noteArchived(
  { objects, isAtMost }: PassedOver,
  { table: { name } }: Plan,
  coverage: CoverageNotes,
): void {
  if (objects === 0) return;
  const what = objects === 1 ? '1 object is' : `${objects} objects are`;
  const where = 'in an archive class, which Athena passes over';
  if (isAtMost)
    coverage.note(`Below the table's location ${what} ${where}; of which days is not known.`); // prettier-ignore
  else
    coverage.gap('archived', `${name.database}.${name.table}`, `Of those days ${what} ${where}.`);
}

/** In the units of `--max-scan`. */
export function sizeOf(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  const power = Math.min(Math.floor(Math.log2(Math.max(bytes, 1)) / 10), units.length - 1);
  return `${Number((bytes / 2 ** (10 * power)).toFixed(1))} ${units[power]}`;
}
