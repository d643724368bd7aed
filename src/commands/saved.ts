/**
 * The commands that work on saved reports. None of them asks AWS for anything.
 */
import type { Invocation } from '../args.js';
import { UserError } from '../errors.js';
import { readReport } from '../inputs.js';
import type { Io } from '../main.js';
import { outputOf } from '../options.js';
import type { Report } from '../report/schema.js';
import { finish } from './report.js';

export async function runSaved(invocation: Invocation, io: Io): Promise<number> {
  const { command, operands, flags } = invocation;
  if (command.name === 'diff') {
    const { earlier, later } = pair(operands);
    const output = outputOf({ ...flags, baseline: earlier }, io.columns);
    return finish(async () => readReport(later), output, io);
  }
  const output = outputOf(flags, io.columns);
  const obtain = command.name === 'merge' ? mergeSaved : renderSaved;
  return finish(async () => obtain(operands), output, io);
}

async function mergeSaved(paths: readonly string[]): Promise<Report> {
  if (paths.length === 0) throw new UserError('no report given', { hint: 'name saved JSON reports' }); // prettier-ignore
  const { merge } = await import('../report/merge/merge.js');
  const reports: Report[] = [];
  for (const path of paths) reports.push(await readReport(path));
  return merge(reports);
}

async function renderSaved([path, ...rest]: readonly string[]): Promise<Report> {
  if (path !== undefined && rest.length === 0) return readReport(path);
  throw new UserError('render takes one report', { hint: 'merge takes several' });
}

function pair([earlier, later, ...rest]: readonly string[]): { earlier: string; later: string } {
  if (earlier !== undefined && later !== undefined && rest.length === 0) return { earlier, later };
  throw new UserError('diff takes two reports', { hint: 'the earlier one first' });
}
