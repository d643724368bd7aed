/**
 * Which findings stop a pipeline. Ignored ones never do.
 */
import type { Finding } from './finding-schema.js';
import type { Report } from './schema.js';

export const GATES = ['new', 'any'] as const;
export type Gate = (typeof GATES)[number];

export function isGate(text: string): text is Gate {
  return GATES.some((known) => known === text);
}

/** Findings at or over the gate. */
export function stopping(report: Report, gate: Gate): readonly Finding[] {
  return report.findings.filter((finding) => counts(finding) && stops(finding, gate));
}

/** Whether the finding is somebody's to change: not ignored, or no longer. */
export function counts({ ignored }: Finding): boolean {
  return ignored === undefined || ignored.expired;
}

/** Without a baseline everything is new: a lost baseline must not turn a pipeline green. */
function stops({ change }: Finding, gate: Gate): boolean {
  if (gate === 'any') return true;
  return change === undefined || change.status === 'new' || change.status === 'regressed';
}
