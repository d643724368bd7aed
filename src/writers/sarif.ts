/**
 * For code scanning: SARIF 2.1.0. A result is a caller, and its fingerprint is its lineage, so that
 * an upgrade or a change in volume is the same alert.
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
import type { Invocation, Log, Notification, ReportingDescriptor, Result } from 'sarif';
import { type Lineage, lineagesOf } from '../report/baseline/lineages.js';
import { counts } from '../report/gate.js';
import type { Absent } from '../report/annotation-schema.js';
import type { Finding } from '../report/finding-schema.js';
import type { Report } from '../report/schema.js';
import { RISK_TIERS, type RiskTier } from '../clients/advice.js';
import { jsonText, printable } from './escape.js';
import { counted, moment } from './numbers.js';
import { riskMeaning, riskName } from './risk.js';
import { fixInShort } from './steps.js';
import type { Writer } from './writer.js';

export const sarif: Writer = {
  name: 'sarif',
  extension: 'sarif',
  render: (report) => `${jsonText(toLog(report), 2)}\n`,
};

/** GitHub refuses a run with more results. */
const MOST_RESULTS = 25_000;

function toLog(report: Report): Log {
  const { name, version } = report.tool;
  const present = [...lineagesOf(report).values()].map(toResult);
  const gone = (report.changes?.gone ?? []).map(toAbsentResult);
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name, version, rules: RISK_TIERS.map(toRule) } },
        automationDetails: { id: `legacy-endpoint-audit/${report.slice?.name ?? 'all'}` },
        invocations: [toInvocation(report, present.length + gone.length - MOST_RESULTS)],
        columnKind: 'utf16CodeUnits',
        results: [...present, ...gone].slice(0, MOST_RESULTS),
      },
    ],
  };
}

const LEVELS = {
  'served-remote': 'error',
  unknown: 'warning',
  'served-local': 'warning',
  'already-us-east-1': 'note',
} as const satisfies Record<RiskTier, Result.level>;

function toRule(tier: RiskTier): ReportingDescriptor {
  return {
    id: ruleId(tier),
    shortDescription: { text: `Call to the legacy global STS endpoint, ${riskName(tier)}` },
    fullDescription: { text: riskMeaning(tier) },
    defaultConfiguration: { level: LEVELS[tier] },
    helpUri: 'https://docs.aws.amazon.com/sdkref/latest/guide/feature-sts-regionalized-endpoints.html',
  };
} // prettier-ignore

function ruleId(tier: RiskTier): string {
  return `legacy-sts-endpoint/${tier}`;
}

/** Incomplete evidence is an unsuccessful run, whose missing results prove nothing. */
function toInvocation({ coverage, generatedAt }: Report, leftOut: number): Invocation {
  const gaps = coverage.gaps.map(({ code, subject, message }) =>
    toNotification('error', code, `${printable(subject)}: ${printable(message)}`),
  );
  const cut = `${counted(leftOut, 'more result is', 'more results are')} left out, since code scanning takes ${MOST_RESULTS}; --format csv writes all of them.`;
  return {
    executionSuccessful: coverage.complete,
    endTimeUtc: generatedAt,
    toolExecutionNotifications: [
      ...gaps,
      ...(leftOut > 0 ? [toNotification('warning', 'results-cut', cut)] : []),
    ],
  };
}

function toNotification(level: 'error' | 'warning', id: string, text: string): Notification {
  return { level, descriptor: { id }, message: { text } };
}

function toResult(lineage: Lineage): Result {
  const [finding] = lineage.findings;
  const { risk } = finding;
  const { accountId, principal, change } = finding;
  return {
    ruleId: ruleId(risk.tier),
    ruleIndex: RISK_TIERS.indexOf(risk.tier),
    level: LEVELS[risk.tier],
    message: { text: messageOf(lineage) },
    locations: [locationOf(accountId, principal.id)],
    partialFingerprints: { 'lineage/v1': lineage.lineage },
    occurrenceCount: lineage.calls,
    ...(change === undefined ? {} : { baselineState: BASELINE_STATES[change.status] }),
    ...suppressionOf(lineage.findings),
    properties: { findings: lineage.findings.map(({ id }) => id), owner: finding.owner?.team },
  };
}

const BASELINE_STATES = {
  new: 'new',
  regressed: 'new',
  persisting: 'unchanged',
  changed: 'updated',
} as const;

function toAbsentResult({ lineage, accountId, principal, because }: Absent): Result {
  return {
    ruleId: ruleId('unknown'),
    ruleIndex: RISK_TIERS.indexOf('unknown'),
    kind: 'pass',
    level: 'none',
    message: { text: `${printable(principal)}: ${printable(because)}` },
    locations: [locationOf(accountId, principal)],
    partialFingerprints: { 'lineage/v1': lineage },
    baselineState: 'absent',
  };
}

function messageOf({ findings, calls, clients, lastSeen }: Lineage): string {
  const [finding] = findings;
  const { diagnosis, remediation } = finding;
  const fix = fixInShort(remediation.steps);
  const sentences = [
    `${finding.principal.id} made ${counted(calls, 'call')} with ${clients.join(', ')}, last on ${moment(lastSeen)}.`,
    diagnosis.explanation,
    ...(fix === '' ? [] : [`To fix: ${fix}.`]),
  ];
  return printable(sentences.join(' '));
}

/**
 * There is no source file. Code scanning wants one all the same, so the place is a path made of
 * account and principal, which stays the same from run to run.
 */
function locationOf(
  accountId: string,
  principal: string,
): NonNullable<Result['locations']>[number] {
  const parts = ['aws', accountId || 'unknown', principal].map(uriPart);
  return {
    physicalLocation: { artifactLocation: { uri: parts.join('/') }, region: { startLine: 1 } },
    logicalLocations: [{ fullyQualifiedName: printable(principal), kind: 'resource' }],
  };
}

/** Halves of surrogate pairs, which have no percent-encoding, are not printable. */
function uriPart(text: string): string {
  return encodeURIComponent(printable(text));
}

function suppressionOf(findings: readonly Finding[]): Pick<Result, 'suppressions'> {
  const ignored = findings.find((finding) => finding.ignored !== undefined)?.ignored;
  if (ignored === undefined || findings.some(counts)) return {};
  const { reason, ticket, until } = ignored;
  const justification = `${reason} (${ticket === undefined ? '' : `${ticket}, `}until ${until})`;
  return { suppressions: [{ kind: 'external', status: 'accepted', justification }] };
}
