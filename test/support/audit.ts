/**
 * Runs the audit over records that are already in memory.
 */
import { audit } from '../../src/audit.js';
import { Collector } from '../../src/cloudtrail/collector.js';
import type { Context, Coverage, Source, Window } from '../../src/contracts.js';
import type { Report } from '../../src/report/schema.js';
import type { Json } from './records.js';

/** A source of records, split into batches as given. */
export function recordsSource(...batches: readonly (readonly unknown[])[]): Source {
  return {
    name: 'records',
    async *collect(window) {
      const rejected: Record<string, number> = {};
      for (const records of batches) {
        const collector = new Collector(window);
        for (const record of records) collector.add(record);
        for (const [reason, count] of Object.entries(collector.rejections.byReason)) {
          rejected[reason] = (rejected[reason] ?? 0) + count;
        }
        yield collector.drain();
      }
      return emptyCoverage({ rejected });
    },
  };
}

export function emptyCoverage(changes: Partial<Coverage> = {}): Coverage {
  return {
    source: 'records',
    targets: [],
    accounts: [],
    regions: [],
    gaps: [],
    notes: [],
    rejected: {},
    figures: {},
    ...changes,
  };
}

export const CLOCK: Context = {
  now: () => Date.UTC(2026, 1, 1),
  sleep: async () => undefined,
  signal: new AbortController().signal,
  progress: () => undefined,
};

export async function auditRecords(
  records: readonly Json[],
  window: Window = { from: null, to: null },
): Promise<Report> {
  return audit({ sources: [recordsSource(records)], window, context: CLOCK });
}

export async function auditSource(source: Source, window?: Window): Promise<Report> {
  return audit({ sources: [source], ...(window && { window }), context: CLOCK });
}
