/**
 * Reports of another run in the folder: whoever picks files for a ticket takes them for this one's.
 */
import { headOf, namesIn } from './output.js';
import type { Report } from './report/schema.js';
import { SPLITS } from './report/split.js';
import { FORMATS, writer } from './writers/index.js';

const RECORD = 'report.json';

/**
 * Names of files and folders, of those that this tool writes, that are not to be written now and
 * may be of another report. The JSON report beside them says which one they are of.
 */
export async function leftOvers(
  folder: string,
  report: Report,
  written: readonly string[],
): Promise<readonly string[]> {
  const others = (await namesIn(folder)).filter((name) => !written.includes(name));
  const left = others.some((name) => LIKELY.test(name)) ? await ourNames(others) : [];
  if (left.length === 0) return [];
  const made = /"generatedAt": *"([^"]+)"/.exec(await headOf(folder, RECORD))?.[1];
  return made === report.generatedAt ? [] : left;
}

/** Spares the loading of all writers. */
const LIKELY = /^(?:report\.|by-)/;

async function ourNames(names: readonly string[]): Promise<readonly string[]> {
  const writers = await Promise.all(FORMATS.map((format) => writer(format)));
  const ours = [
    ...writers.map(({ extension }) => `report.${extension}`),
    ...SPLITS.map((by) => `by-${by}`),
  ];
  return ours.filter((name) => names.includes(name));
}
