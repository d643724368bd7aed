/**
 * What a run adds to the evidence from files: an earlier report, owners, the ignore list. The files
 * are read first, so that a mistake in them costs no audit.
 */
import { readIgnoreList, readOwnersMap, readReport } from './inputs.js';
import type { Report } from './report/schema.js';

/** Paths; null where there is no such file. */
export interface AnnotationFiles {
  readonly baseline: string | null;
  readonly ignore: string | null;
  readonly owners: string | null;
}

export type Annotate = (report: Report) => Report;

export async function loadAnnotations(files: AnnotationFiles): Promise<Annotate> {
  const steps = [
    files.baseline === null ? null : await comparison(files.baseline),
    files.owners === null ? null : await ownership(files.owners),
    files.ignore === null ? null : await ignoring(files.ignore),
  ];
  return (report) => steps.reduce((done, step) => step?.(done) ?? done, report);
}

async function comparison(path: string): Promise<Annotate> {
  const baseline = await readReport(path);
  const { compareWith } = await import('./report/baseline/compare.js');
  return (report) => compareWith(report, baseline);
}

async function ownership(path: string): Promise<Annotate> {
  const map = await readOwnersMap(path);
  const { assignOwners } = await import('./report/owners/apply.js');
  return (report) => assignOwners(report, map);
}

async function ignoring(path: string): Promise<Annotate> {
  const list = await readIgnoreList(path);
  const { ignoreFindings } = await import('./report/ignore/apply.js');
  return (report) => ignoreFindings(report, list);
}
