/**
 * One report from several: of accounts, of Regions, of days.
 */
import { VERSION } from '../../version.js';
import type { Absent, Merged } from '../annotation-schema.js';
import { byRisk, byService, totalsOf } from '../build.js';
import type { Finding } from '../finding-schema.js';
import type { Report } from '../schema.js';
import { mergeAwsManaged } from './aws-managed.js';
import { accountIdsOf, mergeCoverage, mergeWindow } from './coverage.js';
import { type Contribution, mergeFinding } from './findings.js';
import { notesOn } from './notes.js';
import { inOrder, sharingOf } from './overlap.js';
import { overlapsOf } from './overlaps.js';

/**
 * Combines saved reports. What a run added to them from files (owners, ignored findings, changes)
 * is left out: it is to be made again for the whole.
 */
export function merge(given: readonly Report[]): Report {
  const reports = inOrder(given);
  const mayShare = sharingOf(reports);
  const groups = [...contributionsById(reports).values()];
  const coverage = mergeCoverage(reports, mayShare);
  const window = mergeWindow(reports);
  const generatedAt = reports.map((report) => report.generatedAt).reduce((a, b) => (a > b ? a : b));
  const end = window.to ?? coverage.lastEvent ?? generatedAt;
  const findings = groups.map((group) => mergeFinding(group, mayShare, end));
  const awsManaged = mergeAwsManaged(reports, mayShare);
  const overlaps = overlapsOf(groups, mayShare);
  return {
    schemaVersion: 1,
    generatedAt,
    tool: { name: 'legacy-endpoint-audit', version: VERSION },
    window,
    coverage: {
      ...coverage,
      disagreements: findings.reduce((sum, { disagreements }) => sum + disagreements, 0),
    },
    sources: distinctSources(reports),
    totals: totalsOf(findings, awsManaged),
    findings: findings.toSorted(byRisk),
    awsManaged: awsManaged.toSorted(byService),
    history: mergeHistory(reports, findings),
    merged: {
      reports: reports.map(outlineOf),
      overlaps,
      notes: notesOn(reports, findings, { overlaps, exact: coverage.exact }),
    },
  };
}

function contributionsById(
  reports: readonly Report[],
): Map<string, [Contribution, ...Contribution[]]> {
  const groups = new Map<string, [Contribution, ...Contribution[]]>();
  for (const [report, own] of reports.entries()) {
    for (const value of own.findings) {
      const group = groups.get(value.id);
      if (group === undefined) groups.set(value.id, [{ report, value }]);
      else group.push({ report, value });
    }
  }
  return groups;
}

/** What any report remembers and none has; the latest call decides between two memories. */
function mergeHistory(reports: readonly Report[], findings: readonly Finding[]): Absent[] {
  const present = new Set(findings.map(({ lineage }) => lineage));
  const all = reports.flatMap(({ history }) => history ?? []);
  const latest = new Map<string, Absent>();
  for (const absent of all.toSorted((a, b) => (a.lastSeen < b.lastSeen ? -1 : 1))) {
    if (!present.has(absent.lineage)) latest.set(absent.lineage, absent);
  }
  return [...latest.values()].toSorted((a, b) => (a.lineage < b.lineage ? -1 : 1));
}

function distinctSources(reports: readonly Report[]): Report['sources'] {
  const sources = reports.flatMap((report) => report.sources);
  return [...new Map(sources.map((source) => [JSON.stringify(source), source])).values()];
}

function outlineOf(report: Report): Merged['reports'][number] {
  const { generatedAt, window, coverage, totals } = report;
  const accounts = accountIdsOf(report);
  return { generatedAt, window, accounts, complete: coverage.complete, calls: totals.calls };
}
