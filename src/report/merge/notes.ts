/**
 * Where a merged report may count a call twice, or not at all.
 */
import type { Merged } from '../annotation-schema.js';
import type { Finding } from '../finding-schema.js';
import type { Report } from '../schema.js';
import { accountIdsOf } from './coverage.js';
import { counted } from '../../counted.js';

export function notesOn(
  reports: readonly Report[],
  findings: readonly Finding[],
  { overlaps, exact }: { readonly overlaps: Merged['overlaps']; readonly exact: boolean },
): readonly string[] {
  return [
    ...overlapNotes(overlaps),
    ...(exact ? [] : [ADDED_EVENTS]),
    ...windowNotes(reports),
    ...crossAccountNotes(reports, findings),
    ...versionNotes(reports),
    ...annotationNotes(reports),
  ];
}

function overlapNotes(overlaps: Merged['overlaps']): string[] {
  if (overlaps.length === 0) return [];
  return [
    'Reports overlap and hold no event ids: of a day that several of them cover, the largest count was taken that reports apart from each other give. Counts by operation, error, Region, TLS version and user agent of such findings are the least that there can have been.',
  ];
}

const ADDED_EVENTS =
  'Numbers of STS events seen are added up: where reports overlap, events count more than once.';

function windowNotes(reports: readonly Report[]): string[] {
  const unbounded = reports.some(({ window }) => window.from === null || window.to === null);
  if (!unbounded) return [];
  return [
    'A report without a window covers what was in its input: whether days are missing between the reports cannot be told.',
  ];
}

/** In one run the second copy of a cross-account call is recognised by its shared event id. */
function crossAccountNotes(reports: readonly Report[], findings: readonly Finding[]): string[] {
  const covered = new Set(reports.flatMap(accountIdsOf));
  const copies = findings.filter(
    ({ principal }) =>
      principal.type === 'external-account' && covered.has(principal.accountId ?? ''),
  );
  if (copies.length === 0 || reports.length < 2) return [];
  const calls = copies.reduce((sum, finding) => sum + finding.calls, 0);
  return [
    `${counted(calls, 'call')} of other accounts, which are covered here too, may be ${calls === 1 ? 'the second copy of a call' : 'second copies of calls'} of those accounts' own principals.`,
  ];
}

function versionNotes(reports: readonly Report[]): string[] {
  const versions = [...new Set(reports.map(({ tool }) => tool.version))].toSorted();
  if (versions.length === 1) return [];
  return [
    `The reports were made by versions ${versions.join(', ')} of the tool: a client that they name differently is more than one finding.`,
  ];
}

function annotationNotes(reports: readonly Report[]): string[] {
  const annotated = reports.some(
    ({ changes, ignoreList, findings }) =>
      changes !== undefined ||
      ignoreList !== undefined ||
      findings.some(({ owner }) => owner !== undefined),
  );
  if (!annotated) return [];
  return [
    'Owners, ignored findings and changes of the single reports were left out: give --owners, --ignore and --baseline again.',
  ];
}
