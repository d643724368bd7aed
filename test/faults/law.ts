/**
 * The law of every source: under a fault a run ends in the very report of an undisturbed one, or it
 * says that the evidence is incomplete, or that it cannot start. Never in a short report that is
 * called complete, and never in one that counts too much.
 */
import { expect } from 'vitest';
import { audit } from '../../src/audit.js';
import { UserError } from '../../src/errors.js';
import type { Report } from '../../src/report/schema.js';
import { BACKENDS } from '../support/aws/backends.js';
import { testContext } from '../support/aws/context.js';
import type { Fault } from '../support/aws/loopback.js';
import { FROM, type RawRecord, stsEvents, TO } from '../support/events.js';

export const UNDER_TEST = [
  's3 bucket',
  'insights',
  'athena',
  'athena, partitions added by hand',
  'lake',
  'lookup',
] as const;
export type Backend = (typeof UNDER_TEST)[number];

/** What a run came to, and the operations that it called. */
export interface Run {
  readonly report: Report | null;
  readonly refusal: UserError | null;
  readonly operations: readonly string[];
}

export async function run(
  backend: Backend,
  fault: Fault = () => null,
  records: readonly RawRecord[] = stsEvents(),
): Promise<Run> {
  const { source, server } = (await BACKENDS[backend]?.(records)) ?? {};
  if (source === undefined || server === null || server === undefined) throw new Error(backend);
  server.fault(fault);
  const context = testContext();
  try {
    const report = await audit({ sources: [source], window: { from: FROM, to: TO }, context });
    return { report, refusal: null, operations: server.operations };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { report: null, refusal: error, operations: server.operations };
  } finally {
    await server.close();
  }
}

/** `same` when the report is that of the undisturbed run. */
export type Verdict = 'same' | 'incomplete' | 'refused';

export function judge({ report, refusal }: Run, undisturbed: Report): Verdict {
  if (report === null) {
    expect(refusal?.message).toMatch(/\w/);
    expect(refusal?.message).not.toContain('\n');
    return 'refused';
  }
  const { totals, coverage } = report;
  expect(totals.calls).toBeLessThanOrEqual(undisturbed.totals.calls);
  expect(coverage.stsEvents).toBeLessThanOrEqual(undisturbed.coverage.stsEvents);
  if (!coverage.complete) {
    for (const gap of coverage.gaps) {
      expect(gap.subject).toMatch(/\w/);
      expect(gap.message).toMatch(/^\S[^\n]+$/);
    }
    return 'incomplete';
  }
  expect(evidenceOf(report)).toBe(evidenceOf(undisturbed));
  return 'same';
}

/** All that a reader decides by; the requests that it took may differ. */
function evidenceOf({ findings, awsManaged, totals, coverage }: Report): string {
  return JSON.stringify({ findings, awsManaged, totals, coverage }, null, 1);
}
