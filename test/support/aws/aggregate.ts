/**
 * What the audit query of Athena and Lake returns, worked out from records in plain code. The query
 * text itself runs on real engines elsewhere.
 */
import { formatTime } from '../../../src/cloudtrail/event-time.js';
import type { RawRecord } from '../events.js';
import { dig, endpointTypeOf, evidenceOf, groupBy, hostOf, isGlobal, textAt } from './evidence.js';

export type ResultRow = Readonly<Record<string, string | null>>;

const MOST = 101;

/** The row of a result that has none. */
const NOTHING: ResultRow = {
  ...Object.fromEntries(['account', 'evidence', 'call', 'events', 'lost_calls', 'calls', 'first_event', 'last_event', 'longest_session', 'days', 'callers', 'source_addresses', 'requested_sessions', 'target_roles', 'issued_to'].map((name) => [name, null])),
  rows_total: '0',
}; // prettier-ignore

export function auditRows(records: readonly RawRecord[], from: number, to: number): ResultRow[] {
  // Copies of a record may be the same object; here each must be its own.
  const events = records
    .map((record) => ({ ...record }))
    .filter((record) => {
      const time = textAt(record, 'eventTime') ?? '';
      return (
        record['eventSource'] === 'sts.amazonaws.com' &&
        ['us-east-1', 'global'].includes(textAt(record, 'awsRegion') ?? '') &&
        !['NetworkActivity', 'Insight'].includes(textAt(record, 'eventCategory') ?? '') &&
        time >= formatTime(from) &&
        time < formatTime(to)
      );
    });
  const counting = new Set(countingCalls(events.filter(isGlobal)));
  const groups = groupBy(events, (event) =>
    JSON.stringify([accountOf(event), classOf(event), isGlobal(event) ? fieldsOf(event) : null]),
  );
  if (groups.size === 0) return [NOTHING];
  return [...groups].map(([key, members]) => {
    const [account, evidence, call] = JSON.parse(key) as [string, string, unknown];
    const times = members.map(secondOf).toSorted((a, b) => a - b);
    const distinct = new Set(members.map((member, place) => idOf(member) ?? `without ${place}`));
    return {
      account,
      evidence,
      call: call === null ? null : JSON.stringify(call),
      events: String(distinct.size),
      lost_calls: '0',
      calls: String(members.filter((member) => counting.has(member)).length),
      first_event: String(times[0]),
      last_event: String(times.at(-1)),
      ...columnsOf(members.filter((member) => counting.has(member))),
      rows_total: String(groups.size),
    };
  });
}

function columnsOf(calls: readonly RawRecord[]): ResultRow {
  const days = groupBy(calls, (call) => String(Math.floor(secondOf(call) / 86_400)));
  const durations = calls.flatMap((call) => {
    const seconds = dig(call, 'requestParameters', 'durationSeconds');
    return typeof seconds === 'number' ? [seconds] : [];
  });
  return {
    longest_session: durations.length === 0 ? null : String(Math.max(...durations)),
    days: JSON.stringify(
      [...days.values()].map((members) => {
        const times = members.map(secondOf).toSorted((a, b) => a - b);
        return [times[0], times.at(-1), members.length];
      }),
    ),
    callers: counted(calls, (call) =>
      ['arn', 'principalId', 'userName'].map((field) => textAt(call, 'userIdentity', field) ?? ''),
    ),
    source_addresses: list(calls, (call) => textAt(call, 'sourceIPAddress')),
    requested_sessions: list(calls, (call) => textAt(call, 'requestParameters', 'roleSessionName')),
    target_roles: list(calls, targetOf),
    issued_to: counted(calls, (call) => [
      textAt(call, 'userIdentity', 'inScopeOf', 'credentialsIssuedTo') ??
        oidcProviderOf(call) ??
        '',
    ]),
  };
}

/** Each with its number of calls behind it. */
function counted(calls: readonly RawRecord[], value: (call: RawRecord) => string[]): string {
  const groups = groupBy(calls, (call) => JSON.stringify(value(call)));
  const rows = [...groups].map(([key, { length }]) => [...(JSON.parse(key) as string[]), `${length}`]); // prettier-ignore
  const sorted = rows.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  // Beside as many values, those without one.
  return JSON.stringify(sorted.slice(0, MOST + (sorted[0]?.[0] === '' ? 1 : 0)));
}

function oidcProviderOf(call: RawRecord): string | null {
  const provider = textAt(call, 'userIdentity', 'sessionContext', 'webIdFederationData', 'federatedProvider'); // prettier-ignore
  return provider?.includes(':oidc-provider/') === true ? provider : null;
}

function list(calls: readonly RawRecord[], value: (call: RawRecord) => string | null): string {
  return JSON.stringify(smallest(calls, value));
}

function smallest(
  calls: readonly RawRecord[],
  value: (call: RawRecord) => string | null,
): string[] {
  const values = new Set(calls.map(value).filter((text) => text !== null));
  return [...values].toSorted().slice(0, MOST);
}

/** Each call once: no copies, no replaced events, and one of the two records of a pair. */
function countingCalls(calls: readonly RawRecord[]): RawRecord[] {
  const replaced = new Set(calls.map(replacedIdOf).filter((id) => id !== null));
  const ids = new Set<string>();
  const single = calls.filter((call) => {
    const id = idOf(call);
    if (id === null) return true;
    const isNew = !ids.has(id) && !replaced.has(id);
    ids.add(id);
    return isNew;
  });
  const pairs = groupBy(single, (call) => usable(call['sharedEventID']) ?? `alone ${single.indexOf(call)}`); // prettier-ignore
  return [...pairs.values()].flatMap((pair) => {
    const callers = pair.filter((call) => !isTargetCopy(call));
    return callers.length > 0 ? callers.slice(0, 1) : pair.slice(0, 1);
  });
}

/** The fields that calls of a row share, and what session names leave of the caller. */
function fieldsOf(record: RawRecord): Record<string, string> {
  const user = (...path: string[]): string | null => textAt(record, 'userIdentity', ...path);
  const type = user('type') ?? '';
  const federated = type === 'WebIdentityUser' || type === 'SAMLUser';
  const fields = {
    recipientAccountId: textAt(record, 'recipientAccountId'),
    eventName: textAt(record, 'eventName'),
    errorCode: textAt(record, 'errorCode'),
    userAgent: textAt(record, 'userAgent'),
    vpcEndpointId: textAt(record, 'vpcEndpointId'),
    'tlsDetails.clientProvidedHostHeader': hostOf(record),
    'tlsDetails.tlsVersion': textAt(record, 'tlsDetails', 'tlsVersion'),
    'additionalEventData.RequestDetails.endpointType': endpointTypeOf(record),
    'additionalEventData.RequestDetails.awsServingRegion': textAt(record, 'additionalEventData', 'RequestDetails', 'awsServingRegion'), // prettier-ignore
    'userIdentity.type': user('type'),
    'userIdentity.accountId': user('accountId'),
    'userIdentity.invokedBy': user('invokedBy'),
    'userIdentity.identityProvider': user('identityProvider'),
    'userIdentity.onBehalfOf.userId': user('onBehalfOf', 'userId'),
    'userIdentity.sessionContext.sessionIssuer.arn': user('sessionContext', 'sessionIssuer', 'arn'),
    'requestParameters.roleArn': federated ? targetOf(record) : null,
    caller: federated ? subjectOf(type, user('userName') ?? '') : sessionless(type, user('arn')),
    callerId: user('principalId')?.split(':')[0] ?? null,
  };
  return Object.fromEntries(Object.entries(fields).flatMap(([key, value]) => (value === null ? [] : [[key, value]]))); // prettier-ignore
}

function sessionless(type: string, arn: string | null): string | null {
  if (type === 'FederatedUser') return null;
  const parts = arn?.split('/') ?? [];
  return type === 'AssumedRole' && parts.length > 2 ? parts.slice(0, -1).join('/') : arn;
}

function subjectOf(type: string, subject: string): string {
  if (type === 'SAMLUser' || subject.startsWith('eu-west-1:')) return 'anyone';
  return subject.startsWith('repo:') ? subject.split(':').slice(0, 2).join(':') : subject;
}

function targetOf(record: RawRecord): string | null {
  const denied = textAt(record, 'errorMessage')?.split('on resource: ')[1] ?? null;
  return textAt(record, 'requestParameters', 'roleArn') ?? denied;
}

function isTargetCopy(record: RawRecord): boolean {
  const recipient = textAt(record, 'recipientAccountId');
  const caller = textAt(record, 'userIdentity', 'accountId');
  const isForeign = recipient !== null && caller !== null && recipient !== caller;
  return textAt(record, 'userIdentity', 'type') === 'AWSAccount' || isForeign;
}

function classOf(record: RawRecord): string {
  const { host, endpointType, byService, fromInside } = evidenceOf(record);
  if (host !== null || endpointType !== null) return 'assessable';
  return byService === '1' || fromInside === '1' ? 'aws-service' : 'missing';
}

function accountOf(record: RawRecord): string {
  return evidenceOf(record)['account'] ?? '';
}

function secondOf(record: RawRecord): number {
  return Date.parse(textAt(record, 'eventTime') ?? '') / 1000;
}

function idOf(record: RawRecord): string | null {
  return usable(record['eventID']);
}

function replacedIdOf(record: RawRecord): string | null {
  return textAt(record, 'addendum', 'reason') === 'UPDATED_DATA'
    ? usable(dig(record, 'addendum', 'originalEventID'))
    : null;
}

function usable(id: unknown): string | null {
  const isUuid = typeof id === 'string' && /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(id);
  return isUuid && !/^[0-]+$/.test(id) ? id.toLowerCase() : null;
}
