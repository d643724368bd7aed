/**
 * Puts the report together from what was counted and what was covered.
 */
import type { GapCode } from '../gap-codes.js';
import type { Deliveries } from '../cloudtrail/deliveries.js';
import { formatTime } from '../cloudtrail/event-time.js';
import type { Coverage, Window } from '../contracts.js';
import { VERSION } from '../version.js';
import type { AddressRanges } from './address-ranges.js';
import { analyse } from './analyse.js';
import type { Finding } from './finding-schema.js';
import { findingIds, type Sha256 } from './finding-id.js';
import type { Deduplication } from './ledger.js';
import type { AwsManaged, Report, ReportGap, ReportSource } from './schema.js';
import type { Seen } from './seen-counter.js';
import { sharing } from './sharing.js';
import type { Tally } from './tally.js';

export interface Counted {
  /** Taken one by one: none is needed once the next one is asked for. */
  readonly tallies: Iterable<Tally>;
  readonly seen: Seen;
  readonly deduplication: Deduplication;
}

export interface Run {
  readonly window: Window;
  readonly generatedAt: string;
  /** AWS's published address ranges, when the user gave them. */
  readonly ranges: AddressRanges | undefined;
  readonly sha256: Sha256;
}

export function buildReport(counted: Counted, coverages: readonly Coverage[], run: Run): Report {
  const lastSeenAgainst = endOfEvidence(run, counted.seen);
  const findings: Finding[] = [];
  const managed: AwsManaged[] = [];
  const share = sharing();
  for (const tally of counted.tallies) {
    if (tally.group.awsService !== null) managed.push(toAwsManaged(tally));
    else {
      const facts = tally.facts();
      const analysis = analyse(facts, { lastSeenAgainst, ranges: run.ranges });
      findings.push({ ...findingIds(facts, run.sha256), ...facts, ...share(analysis) });
    }
  }
  const gaps = gapsOf(coverages, counted.seen);
  return {
    schemaVersion: 1,
    generatedAt: run.generatedAt,
    tool: { name: 'legacy-endpoint-audit', version: VERSION },
    window: { from: timeOrNull(run.window.from), to: timeOrNull(run.window.to) },
    coverage: {
      complete: gaps.length === 0,
      gaps,
      ...counted.seen,
      disagreements: sum(findings.map(({ disagreements }) => disagreements)),
      rejectedRecords: rejectedOf(coverages),
      deduplication: counted.deduplication,
    },
    sources: coverages.map(toSource),
    totals: totalsOf(findings, managed),
    findings: findings.toSorted(byRisk),
    awsManaged: managed.toSorted(byService),
  };
}

/** Ages are counted from the end of the evidence, not from the day the report is made. */
function endOfEvidence(run: Run, seen: Seen): string {
  return timeOrNull(run.window.to) ?? seen.lastEvent ?? run.generatedAt;
}

function toAwsManaged(tally: Tally): AwsManaged {
  const { accountId, calls, firstSeen, lastSeen, operations, servingRegions, samples } =
    tally.facts();
  const { targetRoles } = samples;
  const service = tally.group.awsService ?? '';
  return {
    service,
    accountId,
    calls,
    firstSeen,
    lastSeen,
    operations,
    servingRegions,
    targetRoles,
  };
}

function toSource(coverage: Coverage): ReportSource {
  const { source, targets, accounts, regions, deliveries, notes, figures } = coverage;
  const read = deliveries === undefined ? {} : { deliveries: deliveries.map(toDeliveries) };
  return { name: source, targets, accounts, regions, ...read, notes, figures };
}

function toDeliveries({
  first,
  last,
  ...counted
}: Deliveries): NonNullable<ReportSource['deliveries']>[number] {
  return { ...counted, first: timeOrNull(first), last: timeOrNull(last) };
}

function gapsOf(coverages: readonly Coverage[], seen: Seen): ReportGap[] {
  const found = coverages.flatMap(({ source, gaps }) => gaps.map((gap) => ({ source, ...gap })));
  return seen.assessable > 0 ? found : [...found, nothingAssessable(seen)];
}

/** No evidence is not evidence of no calls. */
function nothingAssessable({ stsEvents }: Seen): ReportGap {
  const message =
    stsEvents === 0
      ? 'No STS event of the window was seen. Calls to the global endpoint are logged in us-east-1: check that its logs are among the input.'
      : `None of the ${stsEvents} STS events seen says which endpoint it reached, so the report cannot tell.`;
  return {
    source: 'audit',
    code: 'nothing-assessable' satisfies GapCode,
    subject: 'STS events',
    message,
  };
}

/** By reason, in the order of reasons: an engine may give its rows in another order each time. */
function rejectedOf(coverages: readonly Coverage[]): Record<string, number> {
  const rejected: Record<string, number> = {};
  const counts = coverages.flatMap((coverage) => Object.entries(coverage.rejected));
  for (const [reason, count] of counts.toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    rejected[reason] = (rejected[reason] ?? 0) + count;
  }
  return rejected;
}

/** Greatest risk first; the id settles ties, so that equal evidence gives equal reports. */
export function byRisk(a: Finding, b: Finding): number {
  return b.risk.score - a.risk.score || b.calls - a.calls || (a.id < b.id ? -1 : 1);
}

export function byService(a: AwsManaged, b: AwsManaged): number {
  return `${a.service} ${a.accountId}` < `${b.service} ${b.accountId}` ? -1 : 1;
}

function timeOrNull(seconds: number | null): string | null {
  return seconds === null ? null : formatTime(seconds);
}

/** What findings and calls of AWS services add up to. */
export function totalsOf(
  findings: readonly Finding[],
  managed: readonly AwsManaged[],
): Report['totals'] {
  return {
    calls: sum(findings.map(({ calls }) => calls)),
    findings: findings.length,
    principals: new Set(findings.map(({ principal }) => `${principal.type} ${principal.id}`)).size,
    awsManagedCalls: sum(managed.map(({ calls }) => calls)),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
