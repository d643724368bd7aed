/**
 * What a caller of this report is, given what earlier reports had of it.
 */
import type { Absent, Change } from '../annotation-schema.js';
import { counts } from '../gate.js';
import type { Report } from '../schema.js';
import { quietDays } from './evidence.js';
import { type Lineage, silenceBetween } from './lineages.js';
import { whatChanged } from './what-changed.js';

/** What the baseline knows of one lineage: it had it, or an earlier report did, or neither. */
export interface Known {
  readonly before: Lineage | undefined;
  readonly absent: Absent | undefined;
}

export function changeOf(
  now: Lineage,
  { before, absent }: Known,
  reports: { readonly report: Report; readonly baseline: Report },
): Change {
  if (before !== undefined) return compared(now, before, reports);
  return absent === undefined
    ? unknownBefore(reports.report, now)
    : cameBack(reports.report, now, absent);
}

function compared(
  now: Lineage,
  before: Lineage,
  { report, baseline }: { readonly report: Report; readonly baseline: Report },
): Change {
  const what = whatChanged(now, before, { report, baseline });
  return {
    status: what.length > 0 ? 'changed' : 'persisting',
    what,
    ...(before.findings.some(counts) ? {} : { ignoredBefore: true }),
    knownSince: earliest(now.firstSeen, before.findings[0].change?.knownSince ?? before.firstSeen),
    goneSince: null,
    quietDays: quietDays(report, now),
    longestSilenceDays: longestSilence(now, before),
  };
}

function cameBack(report: Report, now: Lineage, absent: Absent): Change {
  const regressed = absent.status === 'gone';
  return {
    status: regressed ? 'regressed' : 'persisting',
    what: [],
    ...(absent.ignoredBefore === true ? { ignoredBefore: true } : {}),
    knownSince: earliest(now.firstSeen, absent.firstSeen),
    goneSince: regressed ? absent.lastSeen : null,
    quietDays: quietDays(report, now),
    longestSilenceDays: longestSilence(now, absent),
  };
}

function unknownBefore(report: Report, now: Lineage): Change {
  return {
    status: 'new',
    what: [],
    knownSince: now.firstSeen,
    goneSince: null,
    quietDays: quietDays(report, now),
    longestSilenceDays: now.longestSilenceDays,
  };
}

/** The silence between two reports counts too: weekly callers show only there in daily reports. */
function longestSilence(
  now: Lineage,
  before: Pick<Lineage, 'lastSeen' | 'longestSilenceDays'>,
): number {
  const between = silenceBetween([before.lastSeen.slice(0, 10), now.firstSeen.slice(0, 10)]);
  return Math.max(now.longestSilenceDays, before.longestSilenceDays, between);
}

function earliest(a: string, b: string): string {
  return a < b ? a : b;
}
