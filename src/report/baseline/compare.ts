/**
 * A report against an earlier one. Callers are matched by lineage, never by count: one fixed and
 * one new is not "no change".
 */
import type { Absent, Changes } from '../annotation-schema.js';
import type { Report } from '../schema.js';
import { changeOf, type Known } from './change.js';
import { type Lineage, lineagesOf, toAbsent } from './lineages.js';
import { notesOn } from './notes.js';
import { summaryOf } from './summary.js';
import { silentLineage, verdictOn } from './verdict.js';

/** Adds `change` to every finding, and `changes` and `history` to the report. */
export function compareWith(report: Report, baseline: Report): Report {
  const present = lineagesOf(report);
  const before = lineagesOf(baseline);
  const past = new Map((baseline.history ?? []).map((absent) => [absent.lineage, absent]));
  const known = (lineage: string): Known => ({
    before: before.get(lineage),
    absent: past.get(lineage),
  });
  const changes = new Map(
    [...present.values()].map((now) => [
      now.lineage,
      changeOf(now, known(now.lineage), { report, baseline }),
    ]),
  );
  const findings = report.findings.map((finding) =>
    Object.assign({}, finding, { change: changes.get(finding.lineage) }),
  );
  const { left, settled } = absentees(report, baseline, { present, before, past });
  return {
    ...report,
    findings,
    changes: {
      baseline: outlineOf(baseline),
      ...summaryOf(findings, left),
      notes: notesOn(report, baseline, findings),
    },
    history: [...left, ...settled].toSorted(byCaller),
  };
}

/**
 * `left` is what this comparison has to judge: what the baseline had, or was not sure about.
 * `settled` was gone before.
 */
function absentees(
  report: Report,
  baseline: Report,
  known: {
    readonly present: ReadonlyMap<string, Lineage>;
    readonly before: ReadonlyMap<string, Lineage>;
    readonly past: ReadonlyMap<string, Absent>;
  },
): { left: readonly Absent[]; settled: readonly Absent[] } {
  const { present, before, past } = known;
  const missing = [...before.values()].filter(({ lineage }) => !present.has(lineage));
  const older = [...past.values()].filter(
    ({ lineage }) => !present.has(lineage) && !before.has(lineage),
  );
  const unsettled = older.filter(({ status }) => status !== 'gone');
  const left = [
    ...missing.map((lineage) =>
      toAbsent(lineage, verdictOn(report, baseline, silentLineage(baseline, lineage))),
    ),
    ...unsettled.map((absent) => judgedAnew(absent, report, baseline)),
  ];
  return {
    left: left.toSorted(byCaller),
    settled: older.filter(({ status }) => status === 'gone'),
  };
}

/** What the verdict before said of silence holds only where this one repeats it. */
function judgedAnew({ silentSince, ...absent }: Absent, report: Report, baseline: Report): Absent {
  return { ...absent, ...verdictOn(report, baseline, { ...absent, silentSince }) };
}

function outlineOf({ generatedAt, window, coverage, totals }: Report): Changes['baseline'] {
  const { calls, findings } = totals;
  return { generatedAt, window, complete: coverage.complete, calls, findings };
}

/** An order that does not depend on counts, so that lists stay put from week to week. */
function byCaller(a: Absent, b: Absent): number {
  const [one, other] = [a, b].map((absent) =>
    [absent.accountId, absent.principal, absent.client, absent.lineage].join('\u0000'),
  );
  return (one ?? '') < (other ?? '') ? -1 : 1;
}
