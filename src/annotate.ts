/**
 * What a run adds to the evidence from files: an earlier report, owners, the ignore list. The files
 * are read first, so that a mistake in them costs no audit.
 */
import { UserError } from './errors.js';
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
  return (report) => {
    refuseOtherPart(report, baseline, path);
    return compareWith(report, baseline);
  };
}

/** What another part left out would look gone, and what a part has not would look new. */
function refuseOtherPart({ slice: own }: Report, { slice: other }: Report, path: string): void {
  if (own?.by === other?.by && own?.name === other?.name) return;
  const what = other === undefined ? 'is a whole report' : `is only of ${other.by} ${other.name}`;
  throw new UserError(`${path} ${what}, and cannot be compared with this one`, {
    hint: 'compare whole reports, or the same part of both',
  });
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
