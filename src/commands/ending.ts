/**
 * How a run ends: the exit code, and the reason for it in one line each, also where nobody sees a
 * summary.
 */
import { EXIT } from '../main.js';
import { type Gate, stopping } from '../report/gate.js';
import type { Report } from '../report/schema.js';
import { printable } from '../writers/escape.js';
import { counted } from '../writers/numbers.js';

export interface Ending {
  readonly code: number;
  readonly reasons: readonly string[];
}

/** More evidence cannot take a finding away, so findings come before gaps. */
export function endingOf(report: Report, failOn: Gate | null, interrupted: boolean): Ending {
  const gaps = report.coverage.complete ? [] : [incomplete(report)];
  if (interrupted) return { code: EXIT.interrupted, reasons: gaps };
  const stops = failOn === null ? 0 : stopping(report, failOn).length;
  if (failOn !== null && stops > 0) {
    const reason = `exit ${EXIT.findings}: ${counted(stops, 'finding')} ${atGate(failOn)}`;
    return { code: EXIT.findings, reasons: [...gaps, reason] };
  }
  return { code: gaps.length === 0 ? EXIT.done : EXIT.incomplete, reasons: gaps };
}

function incomplete({ coverage: { gaps } }: Report): string {
  const [first] = gaps;
  const more = gaps.length > 1 ? `; and ${counted(gaps.length - 1, 'more gap')}` : '';
  const reason = first === undefined ? '' : `: ${first.subject}: ${first.message}`;
  return printable(`the evidence is incomplete${reason}${more}`);
}

function atGate(gate: Gate): string {
  if (gate === 'any') return 'that nobody has decided to ignore';
  return gate === 'new' ? 'new, back again or no longer ignored' : `at or above the risk ${gate}`;
}
