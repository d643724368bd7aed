/**
 * From one CloudTrail record to what the audit counts.
 */
import type { Evidence, Hit } from '../contracts.js';
import { identify } from '../principals/identity.js';
import { type Assessment, assess, servingRegion, STS } from './detection.js';
import { usableId } from './event-id.js';
import { parseEventTime } from './event-time.js';
import { type Fields, fieldsOf, isFields, textOf } from './fields.js';
import { durationOf, targetRoleOf, vpcEndpointOf } from './record-details.js';

/** An STS event that was looked at. */
export interface StsEvent {
  readonly eventId: string | null;
  readonly time: number;
  readonly accountId: string;
  readonly evidence: Evidence;
  /** The call, when it reached the global endpoint. */
  readonly hit: Hit | null;
}

/** Why an STS record cannot be used. `global` says that it holds a signal: a call is lost. */
export interface Rejection {
  readonly reason: 'no-event-time' | 'unreadable-event-time';
  readonly global: boolean;
}

export type Normalised =
  | { readonly kind: 'event'; readonly event: StsEvent }
  | { readonly kind: 'rejected'; readonly rejection: Rejection }
  /** Not a management event of STS. */
  | { readonly kind: 'other' };

/** Never throws, whatever the value is. */
export function normalise(record: unknown): Normalised {
  if (!isFields(record) || record['eventSource'] !== STS || repeatsOtherEvents(record)) {
    return { kind: 'other' };
  }
  const assessment = assess(record);
  const written = record['eventTime'] ?? record['@timestamp'];
  const time = parseEventTime(written);
  if (time === null) {
    const reason = (written ?? '') === '' ? 'no-event-time' : 'unreadable-event-time';
    return { kind: 'rejected', rejection: { reason, global: assessment.signals.length > 0 } };
  }
  return { kind: 'event', event: toEvent(record, assessment, time) };
}

/** Network activity and Insights events describe API calls that are logged on their own. */
function repeatsOtherEvents(record: Fields): boolean {
  const category = record['eventCategory'];
  return category === 'NetworkActivity' || category === 'Insight';
}

function toEvent(record: Fields, assessment: Assessment, time: number): StsEvent {
  const user = fieldsOf(record['userIdentity']);
  return {
    eventId: usableId(record['eventID']),
    time,
    accountId: textOf(record['recipientAccountId']) ?? textOf(user['accountId']) ?? '',
    evidence: evidenceOf(record, assessment),
    hit: assessment.signals.length > 0 ? toHit(record, assessment, time) : null,
  };
}

function evidenceOf(record: Fields, assessment: Assessment): Evidence {
  if (assessment.assessable) return 'assessable';
  return byAwsService(record) ? 'aws-service' : 'missing';
}

/** CloudTrail leaves out `tlsDetails` when an AWS service made the call. */
function byAwsService(record: Fields): boolean {
  const user = fieldsOf(record['userIdentity']);
  const source = textOf(record['sourceIPAddress']) ?? '';
  return (
    user['type'] === 'AWSService' ||
    textOf(user['invokedBy']) !== null ||
    source.startsWith('AWS Internal') ||
    source.endsWith('.amazonaws.com')
  );
}

function toHit(record: Fields, assessment: Assessment, time: number): Hit {
  const user = fieldsOf(record['userIdentity']);
  const targetRole = targetRoleOf(record);
  const { principal, sessionName, awsService } = identify(record, targetRole);
  const addendum = fieldsOf(record['addendum']);
  return {
    eventId: usableId(record['eventID']),
    sharedEventId: usableId(record['sharedEventID']),
    replacesEventId:
      addendum['reason'] === 'UPDATED_DATA' ? usableId(addendum['originalEventID']) : null,
    copy: copyOf(record, user),
    count: 1,
    firstSeen: time,
    lastSeen: time,
    accountId: textOf(record['recipientAccountId']) ?? textOf(user['accountId']) ?? '',
    principal,
    awsService,
    // An endpoint of the service's own VPC is nobody's to change.
    vpcEndpointId: awsService === null ? vpcEndpointOf(record) : null,
    operation: textOf(record['eventName']) ?? 'unknown',
    errorCode: textOf(record['errorCode']),
    servingRegion: servingRegion(record),
    tlsVersion: textOf(fieldsOf(record['tlsDetails'])['tlsVersion']),
    signals: assessment.signals,
    disagrees: assessment.disagrees,
    durationSeconds: durationOf(record),
    userAgent: textOf(record['userAgent']) ?? '',
    sourceAddresses: listOf(textOf(record['sourceIPAddress'])),
    sessionNames: listOf(sessionName),
    requestedSessionNames: listOf(textOf(fieldsOf(record['requestParameters'])['roleSessionName'])),
    targetRoles: listOf(targetRole),
    issuedTo: listOf(
      textOf(fieldsOf(user['inScopeOf'])['credentialsIssuedTo']) ?? oidcProvider(user),
    ),
    cell: null,
  };
}

/** The OIDC provider that a role session came through: an ARN, while other providers are names. */
function oidcProvider(user: Fields): string | null {
  const federation = fieldsOf(fieldsOf(user['sessionContext'])['webIdFederationData']);
  const provider = textOf(federation['federatedProvider']);
  return provider?.includes(':oidc-provider/') === true ? provider : null;
}

/** A cross-account call is logged in both accounts; the target's copy knows only an account. */
function copyOf(record: Fields, user: Fields): Hit['copy'] {
  if (user['type'] === 'AWSAccount') return 'target';
  const caller = textOf(user['accountId']);
  const recipient = textOf(record['recipientAccountId']);
  return caller !== null && recipient !== null && caller !== recipient ? 'target' : 'caller';
}

function listOf(value: string | null): readonly string[] {
  return value === null ? [] : [value];
}
