/**
 * The columns that all tables share: one row a finding. The order of the first ten is a promise.
 */
import { sampleValues } from '../samples.js';
import type { Finding } from '../report/finding-schema.js';
import type { Report } from '../report/schema.js';
import { describeChange } from './changes.js';
import { fixInShort } from './steps.js';

export interface Column {
  readonly name: string;
  readonly value: (finding: Finding, report: Report) => string | number;
}

export const COLUMNS: readonly Column[] = [
  { name: 'finding_id', value: ({ id }) => id },
  { name: 'account_id', value: ({ accountId }) => accountId },
  { name: 'principal_type', value: ({ principal }) => principal.type },
  { name: 'principal', value: ({ principal }) => principal.id },
  { name: 'client', value: ({ client }) => client.product },
  { name: 'client_version', value: ({ client }) => client.version ?? '' },
  { name: 'vpc_endpoint_id', value: ({ vpcEndpointId }) => vpcEndpointId ?? '' },
  { name: 'calls', value: ({ calls }) => calls },
  { name: 'first_seen', value: ({ firstSeen }) => firstSeen },
  { name: 'last_seen', value: ({ lastSeen }) => lastSeen },
  { name: 'risk', value: ({ risk }) => risk.tier },
  { name: 'cause', value: ({ diagnosis }) => diagnosis.cause },
  { name: 'fix', value: ({ remediation }) => fixInShort(remediation.steps) },
  { name: 'workload', value: ({ workload }) => workload?.text ?? '' },
  { name: 'confidence', value: ({ diagnosis }) => diagnosis.confidence },
  { name: 'default_mode', value: ({ diagnosis }) => diagnosis.defaultMode },
  { name: 'region', value: ({ location }) => location.region ?? '' },
  { name: 'location', value: ({ location }) => location.kind },
  { name: 'why', value: ({ diagnosis }) => diagnosis.explanation },
  { name: 'risk_explained', value: ({ risk }) => risk.explanation },
  { name: 'sdk', value: ({ client }) => client.sdk ?? '' },
  { name: 'sdk_version', value: ({ client }) => client.sdkVersion ?? '' },
  { name: 'runtime', value: ({ client }) => client.runtime ?? '' },
  { name: 'execution_environment', value: ({ client }) => client.executionEnvironment ?? '' },
  { name: 'application_id', value: ({ client }) => client.applicationId ?? '' },
  { name: 'failed_calls', value: ({ errors }) => sum(errors) },
  { name: 'errors', value: ({ errors }) => counts(errors) },
  { name: 'operations', value: ({ operations }) => counts(operations) },
  { name: 'signals', value: ({ signals }) => counts(signals) },
  { name: 'disagreements', value: ({ disagreements }) => disagreements },
  { name: 'serving_regions', value: ({ servingRegions }) => counts(servingRegions) },
  { name: 'tls_versions', value: ({ tlsVersions }) => counts(tlsVersions) },
  {
    name: 'longest_session_seconds',
    value: ({ longestSessionSeconds }) => longestSessionSeconds ?? '',
  },
  { name: 'days_with_calls', value: ({ callsPerDay }) => Object.keys(callsPerDay).length },
  { name: 'source_addresses', value: ({ distinct }) => distinct.sourceAddresses.count },
  { name: 'sample_source_addresses', value: ({ samples }) => list(samples.sourceAddresses) },
  { name: 'sessions', value: ({ distinct }) => distinct.sessionNames.count },
  { name: 'sample_sessions', value: ({ samples }) => list(sampleValues(samples, 'sessionNames')) },
  { name: 'sample_target_roles', value: ({ samples }) => list(samples.targetRoles) },
  { name: 'sample_user_agent', value: ({ samples }) => samples.userAgents[0]?.value ?? '' },
  { name: 'lineage', value: ({ lineage }) => lineage },
  { name: 'owner', value: ({ owner }) => owner?.team ?? '' },
  { name: 'contact', value: ({ owner }) => owner?.contact ?? '' },
  { name: 'ticket_project', value: ({ owner }) => owner?.ticketProject ?? '' },
  { name: 'change', value: ({ change }) => change?.status ?? '' },
  { name: 'change_explained', value: describeChange },
  { name: 'quiet_days', value: ({ change }) => change?.quietDays ?? '' },
  { name: 'ignored', value: ({ ignored }) => (ignored?.expired === false ? 'yes' : '') },
  { name: 'ignored_until', value: ({ ignored }) => ignored?.until ?? '' },
  { name: 'ignored_reason', value: ({ ignored }) => ignored?.reason ?? '' },
  { name: 'workload_kind', value: ({ workload }) => workload?.kind ?? '' },
  { name: 'workload_confidence', value: ({ workload }) => workload?.confidence ?? '' },
  { name: 'location_confidence', value: ({ location }) => location.confidence },
  { name: 'location_explained', value: ({ location }) => location.explanation },
  { name: 'other_causes', value: ({ diagnosis }) => diagnosis.candidates.slice(1).join(' | ') },
  { name: 'evidence', value: (_, report) => evidenceWord(report) },
];

/** A row without findings around it should still say what it is worth. */
export function evidenceWord({ coverage }: Report): string {
  return coverage.complete ? 'complete' : 'incomplete';
}

/** Spreadsheets show a few values; all of them are in the JSON report. */
const LISTED = 5;

function list(values: readonly string[]): string {
  return values.slice(0, LISTED).join(' | ');
}

/** `AccessDenied=3 | Throttling=1`, without zeros. */
function counts(numbers: Readonly<Record<string, number>>): string {
  const present = Object.entries(numbers).filter(([, number]) => number > 0);
  return present.map(([key, number]) => `${key}=${number}`).join(' | ');
}

function sum(numbers: Readonly<Record<string, number>>): number {
  return Object.values(numbers).reduce((total, number) => total + number, 0);
}
