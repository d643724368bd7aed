/**
 * Which findings stop a pipeline. Ignored ones never do.
 */
import { RISK_TIERS } from '../clients/advice.js';
import type { Finding } from './finding-schema.js';
import type { Report } from './schema.js';

/** `new` needs a baseline; a tier stands for itself and every greater risk. */
export const GATES = ['new', 'any', ...RISK_TIERS] as const;
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

function stops({ change, risk }: Finding, gate: Gate): boolean {
  if (gate === 'any') return true;
  if (gate !== 'new') return RISK_TIERS.indexOf(risk.tier) <= RISK_TIERS.indexOf(gate);
  // Without a baseline everything is new: a lost baseline must not turn a pipeline green.
  if (change === undefined || change.ignoredBefore === true) return true;
  return change.status === 'new' || change.status === 'regressed';
}
