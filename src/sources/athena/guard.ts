/**
 * The guard before a query: what it would scan, against `--max-scan` and the workgroup's own limit.
 */
import { s3Client } from '../../aws/clients.js';
import type { Context } from '../../contracts.js';
import { UserError } from '../../errors.js';
import type { Bounded } from '../bounded.js';
import type { CoverageNotes } from '../coverage.js';
import { estimateScan } from './estimate.js';
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
  if (options.maxScan === undefined) return;
  const limit = Math.min(options.maxScan, workgroup.cutoff ?? options.maxScan);
  const s3 = await (options.s3 ?? (() => s3Client({})))();
  const { accounts = [], deliveredUntil } = options;
  const chosen = { window, accounts, deliveredUntil, limit };
  const estimate = await estimateScan(s3, plan, chosen, context);
  if (typeof estimate === 'string') {
    coverage.note(`What the query would scan could not be estimated: ${estimate}. It was watched instead.`); // prettier-ignore
  } else if (estimate.over) {
    const whose = limit < options.maxScan ? `the limit of the workgroup ${workgroup.name}` : '--max-scan'; // prettier-ignore
    throw new UserError(`the query would scan more than ${sizeOf(limit)}, which is ${whose}`, {
      hint: 'choose a shorter window, or a higher limit',
    });
  } else coverage.figure('bytes_estimated', estimate.bytes);
}

/** In the units of `--max-scan`. */
export function sizeOf(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  const power = Math.min(Math.floor(Math.log2(Math.max(bytes, 1)) / 10), units.length - 1);
  return `${Number((bytes / 2 ** (10 * power)).toFixed(1))} ${units[power]}`;
}
