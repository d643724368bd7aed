/**
 * Findings that are one caller, whatever version of its client it runs.
 */
import { describeClient } from '../../clients/client-key.js';
import type { Absent } from '../annotation-schema.js';
import { counts } from '../gate.js';
import type { Finding } from '../finding-schema.js';
import type { Report } from '../schema.js';

export interface Lineage {
  readonly lineage: string;
  readonly accountId: string;
  /** One for each version of the client; never empty. */
  readonly findings: readonly [Finding, ...Finding[]];
  readonly clients: readonly string[];
  readonly calls: number;
  readonly firstSeen: string;
  readonly lastSeen: string;
  /** Most whole days without a call between two days with calls. */
  readonly longestSilenceDays: number;
}

/** In the order of the report's findings. */
export function lineagesOf(report: Report): Map<string, Lineage> {
  const groups = new Map<string, [Finding, ...Finding[]]>();
  for (const finding of report.findings) {
    const group = groups.get(finding.lineage);
    if (group === undefined) groups.set(finding.lineage, [finding]);
    else group.push(finding);
  }
  return new Map([...groups].map(([lineage, findings]) => [lineage, toLineage(lineage, findings)]));
}

function toLineage(lineage: string, findings: readonly [Finding, ...Finding[]]): Lineage {
  const days = findings.flatMap(({ callsPerDay }) => Object.keys(callsPerDay));
  const known = findings.map(({ change }) => change?.longestSilenceDays ?? 0);
  return {
    lineage,
    accountId: findings[0].accountId,
    findings,
    clients: sorted(findings.map(({ client }) => describeClient(client))),
    calls: findings.reduce((sum, { calls }) => sum + calls, 0),
    firstSeen: sorted(findings.map(({ firstSeen }) => firstSeen))[0] ?? '',
    lastSeen: sorted(findings.map(({ lastSeen }) => lastSeen)).at(-1) ?? '',
    longestSilenceDays: Math.max(silenceBetween(sorted(days)), ...known),
  };
}

/** Most whole days between two neighbours of days in order, themselves not counted. */
export function silenceBetween(days: readonly string[]): number {
  const numbers = days.map((day) => Date.parse(day) / 86_400_000);
  const gaps = numbers.slice(1).map((day, index) => day - (numbers[index] ?? day) - 1);
  return Math.max(0, ...gaps);
}

/** What a report keeps of a lineage that it no longer has. */
export function toAbsent(
  { lineage, findings, ...known }: Lineage,
  verdict: Pick<Absent, 'status' | 'because' | 'quietDays' | 'silentSince'>,
): Absent {
  const [{ accountId, principal, vpcEndpointId, change, owner }] = findings;
  return {
    lineage,
    accountId,
    principalType: principal.type,
    principal: principal.id,
    principalAccountId: principal.accountId,
    client: known.clients.join(', '),
    products: sorted(findings.map(({ client }) => client.product)),
    vpcEndpointId,
    owner,
    ...(findings.some(counts) ? {} : { ignoredBefore: true }),
    status: verdict.status,
    because: verdict.because,
    firstSeen: change?.knownSince ?? known.firstSeen,
    lastSeen: known.lastSeen,
    quietDays: verdict.quietDays,
    longestSilenceDays: known.longestSilenceDays,
    silentSince: verdict.silentSince,
  };
}

function sorted(texts: readonly string[]): string[] {
  return [...new Set(texts)].toSorted();
}
