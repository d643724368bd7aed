/**
 * What one run leaves for the next: how far the evidence was read, and the report to compare with.
 *
 *   state.json                 names the report; replacing it is what makes a run successful
 *   report-20260131T060000Z.json
 *
 * A run that dies before has changed nothing: the next one reads the same window again.
 */
import { join } from 'node:path';
import { z } from 'zod';
import { readSettings } from '../inputs.js';
import { readWritten, removeFiles, writeFiles } from '../output.js';
import type { Report } from '../report/schema.js';

const NAME = 'state.json';

const stateSchema = z.strictObject({
  schemaVersion: z.literal(1),
  coveredTo: z.iso.datetime().describe('The end of the last window that was read.'),
  report: z.string().regex(/^report-[0-9TZ]+\.json$/),
});

export type State = z.infer<typeof stateSchema>;

/** Null before the first run. Throws a UserError when the file is not what a run wrote. */
export async function readState(folder: string): Promise<State | null> {
  if ((await readWritten(folder, NAME)) === null) return null;
  return readSettings(join(folder, NAME), stateSchema, 'state');
}

/** Keeps the report, makes the run count, and only then lets go of the report before. */
export async function writeState(
  folder: string,
  report: Report,
  coveredTo: string,
  before: State | null,
): Promise<void> {
  const name = `report-${report.generatedAt.replace(/[-:]/g, '')}.json`;
  const state: State = { schemaVersion: 1, coveredTo, report: name };
  const { json } = await import('../writers/json.js');
  await writeFiles(folder, [{ name, content: json.chunks?.(report) ?? json.render(report) }]);
  await writeFiles(folder, [{ name: NAME, content: `${JSON.stringify(state, null, 2)}\n` }]);
  if (before !== null && before.report !== name) await removeFiles(folder, [before.report]);
}
