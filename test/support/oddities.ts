/**
 * Events of which each has one thing that only one condition of the queries looks at.
 */
import { at, type Json, type RawRecord, uuid } from './events.js';
import { globalCall } from './records.js';

const [OWN, OTHER] = ['111111111111', '222222222222'];
/** No id, though it looks like one. */
const NIL = '00000000-0000-0000-0000-000000000000';

type Changes = Readonly<Record<string, Json | undefined>>;

/** A call by a role of its own, so that a difference shows in one finding. */
function odd(name: string, changes: Changes): RawRecord {
  const record = globalCall({
    eventID: uuid(`odd ${name}`),
    requestID: uuid(`odd request ${name}`),
    eventTime: at(5),
    recipientAccountId: OWN,
    userIdentity: roleSession(name, 's'),
    ...changes,
  });
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as RawRecord; // prettier-ignore
}

function roleSession(role: string, session: string): RawRecord {
  return { type: 'AssumedRole', principalId: `AROA${role.toUpperCase()}:${session}`, arn: `arn:aws:sts::${OWN}:assumed-role/${role}/${session}`, accountId: OWN }; // prettier-ignore
}

const host = (value: Json): Changes => ({ tlsDetails: { tlsVersion: 'TLSv1.2', clientProvidedHostHeader: value } }); // prettier-ignore
const type = (value: string): Changes => ({ tlsDetails: undefined, additionalEventData: { RequestDetails: { endpointType: value } } }); // prettier-ignore
const asTarget = (changes: Changes): Changes => ({ recipientAccountId: OTHER, userIdentity: { type: 'AWSAccount', principalId: 'AROAPAIR:s', accountId: OWN }, ...changes }); // prettier-ignore
const shared = (name: string): Changes => ({ sharedEventID: uuid(`odd pair ${name}`) });
const updateOf = (originalEventID: string): Json => ({ reason: 'UPDATED_DATA', originalEventID });
const source = (address: string): Changes => ({ tlsDetails: undefined, sourceIPAddress: address });

/** Of two copies of one call, one that does not tell the endpoint, or does not tell the caller. */
const PAIRS: RawRecord[] = [
  odd('TargetTells', { ...shared('a'), tlsDetails: undefined }),
  odd('TargetTellsToo', asTarget(shared('a'))),
  odd('CallerTells', shared('b')),
  odd('CallerTellsToo', asTarget({ ...shared('b'), tlsDetails: undefined })),
  // Its type alone says that the second is the target's copy, and it sorts first.
  odd('NoOwner', { ...shared('c'), recipientAccountId: OTHER, userIdentity: { ...roleSession('NoOwner', 's'), accountId: OTHER } }), // prettier-ignore
  odd('NoOwnerToo', { ...shared('c'), userIdentity: { type: 'AWSAccount', principalId: 'AROANOOWNER:s' } }), // prettier-ignore
  odd('Capitals', { sharedEventID: uuid('odd pair d').toUpperCase() }),
  odd('CapitalsToo', asTarget(shared('d'))),
  // The accounts alone say that the second is the target's copy, and it sorts first.
  odd('OtherAccount', { ...shared('e'), recipientAccountId: OTHER, userIdentity: { ...roleSession('OtherAccount', 's'), accountId: OTHER } }), // prettier-ignore
  odd('OtherAccountToo', { ...shared('e'), userIdentity: { ...roleSession('OtherAccountToo', 's'), accountId: OTHER } }), // prettier-ignore
];

/** What looks like an id, or is one in capitals, in each of the places where ids stand. */
const IDS: RawRecord[] = [
  ...['Longer', 'LongerToo'].map((name) => odd(name, { eventID: `${uuid('odd longer')}0` })),
  ...['Prefixed', 'PrefixedToo'].map((name) => odd(name, { eventID: `0${uuid('odd prefixed')}` })),
  ...[`${uuid('odd pair f')}0`, NIL].flatMap((sharedEventID, place) => [
    odd(`NoPair${place}`, { sharedEventID }),
    odd(`NoPairToo${place}`, asTarget({ sharedEventID })),
  ]),
  odd('Replaced', { eventID: uuid('odd replaced') }),
  odd('Replacing', { addendum: updateOf(uuid('odd replaced').toUpperCase()) }),
  odd('Kept', { eventID: uuid('odd kept') }),
  // One id in two accounts, and with evidence of two kinds.
  odd('TwoAccounts', { eventID: uuid('odd accounts'), ...host('sts.eu-west-1.amazonaws.com') }),
  odd('TwoAccountsToo', { eventID: uuid('odd accounts'), recipientAccountId: OTHER, ...host('sts.eu-west-1.amazonaws.com') }), // prettier-ignore
  odd('TwoKinds', { eventID: uuid('odd kinds'), ...host('sts.eu-west-1.amazonaws.com') }),
  odd('TwoKindsToo', { eventID: uuid('odd kinds'), tlsDetails: undefined }),
  odd('NotReplacing', { addendum: updateOf(`${uuid('odd kept')}0`) }),
  odd('Delayed', { addendum: { reason: 'DELIVERY_DELAY', originalEventID: uuid('odd kept') } }),
  ...['ReplacingNone', 'ReplacingNoneToo'].map((name) => odd(name, { addendum: updateOf(NIL) })),
];

/** The record that two updates replace was of the caller's account, they are of the target's. */
const UPDATED_TWICE: RawRecord[] = [
  odd('UpdatedTwice', { ...shared('g'), eventID: uuid('odd updated twice') }),
  odd('UpdatedOnce', asTarget({ ...shared('g'), addendum: updateOf(uuid('odd updated twice')) })),
  odd('UpdatedAgain', asTarget({ ...shared('g'), addendum: updateOf(uuid('odd updated twice')) })),
];

const HOSTS: readonly Json[] = ['sts-global.eu-west-1.amazonaws.com.evil.example', 'sts-global.eu-west-1.amazonaws.com.cn', 'sts-global.EU-WEST-1.amazonaws.com.:443', 'sts.amazonaws.com..', ' sts.amazonaws.com ', '\u00a0sts.amazonaws.com', '\u2003sts.amazonaws.com', 'sts.amazonaws.com:123456', 'sts.amazonaws.com:443:80', 'sts. amazonaws.com', 'xsts-global.eu-west-1.amazonaws.com', 'truests.amazonaws.com', 'sts.amazonaws.comtrue', '5sts.amazonaws.com', 'sts.amazonaws.com5', ' ', '.', ':443', '10.0.0.5', '5', 5, 5.5, true]; // prettier-ignore
const TYPES = ['GLOBAL', 'Global', 'REGIONAL', 'global ', ''];
const SOURCES = ['config.amazonaws.com', 'AWS Internal/1', 'aws internal', 'config.amazonaws.com.example']; // prettier-ignore
const DURATIONS: readonly Json[] = [1, 4_294_967_294, 4_294_967_295, 99_999_999_999];

/** Fields that are there and empty, or say something else than as a rule. */
const EMPTY: RawRecord[] = [
  odd('EmptyFields', { sourceIPAddress: '', requestParameters: { roleArn: '', roleSessionName: '' }, userIdentity: { ...roleSession('EmptyFields', 's'), inScopeOf: { credentialsIssuedTo: '' } } }), // prettier-ignore
  odd('EmptyRole', { requestParameters: { roleArn: '' }, resources: [inResources('EmptyRole')] }),
  odd('EmptyResource', { requestParameters: null, resources: [{ accountId: OWN, type: 'AWS::IAM::Role', ARN: '' }], errorCode: 'AccessDenied', errorMessage: `not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::${OWN}:role/Denied` }), // prettier-ignore
  odd('OtherProvider', { userIdentity: { ...roleSession('OtherProvider', 's'), sessionContext: { webIdFederationData: { federatedProvider: 'cognito-identity.amazonaws.com' } } } }), // prettier-ignore
];

function inResources(role: string): RawRecord {
  return { accountId: OWN, type: 'AWS::IAM::Role', ARN: `arn:aws:iam::${OWN}:role/${role}` };
}

/** All of them have a readable time. */
export function oddEvents(): RawRecord[] {
  return [
    ...PAIRS,
    ...IDS,
    ...UPDATED_TWICE,
    ...EMPTY,
    ...HOSTS.map((value, place) => odd(`Host${place}`, host(value))),
    ...TYPES.map((value, place) => odd(`Type${place}`, type(value))),
    ...SOURCES.map((value, place) => odd(`Source${place}`, source(value))),
    ...DURATIONS.map((durationSeconds, place) => odd(`Session${place}`, { requestParameters: { durationSeconds } })), // prettier-ignore
    odd('ServiceByType', { tlsDetails: undefined, userIdentity: { type: 'AWSService' } }),
    odd('InResources', { requestParameters: null, resources: [inResources('InResources')] }),
    odd('OtherResources', { requestParameters: null, resources: [{ accountId: OWN, type: 'AWS::S3::Bucket', ARN: 'arn:aws:s3:::b' }] }), // prettier-ignore
  ];
}

const READABLE = ['2026-07-02 10:00:00', '2026-07-02T10:00:00', '2026-07-02T10:00:00.123Z', '2026-07-02T12:30:00+02:30', '2026-07-02 03:00:00 -0700', '2026-07-02T23:00:00+13:00', '2026-07-02T10:00:00 UTC']; // prettier-ignore
const OUTSIDE = ['2025-07-02T10:00:00.5Z', '1985-07-02T10:00:00Z', '2026-07-01T00:30:00+01:00'];
const UNREADABLE: readonly (Json | undefined)[] = [undefined, null, '', 'redacted', '2026-07-02', '2026-07-02T10:00Z', '2026-07-02T99:99:99Z', '2026-02-30T10:00:00Z', '2026-07-02T24:00:00Z', ' 2026-07-02T10:00:00Z', '2026-07-02T10:00:00Z+01:00', '20260702T100000Z', '2026-07-02T10:00:00+25:00', '1901-07-02T10:00:00Z', 1_783_000_000]; // prettier-ignore

export const UNTIMED = UNREADABLE.length;
export const ODDLY_TIMED = READABLE.length;

/**
 * Calls whose time is written in another form than CloudTrail's, or cannot be read, each delivered
 * twice; and as many to a Regional endpoint.
 */
export function oddTimes(): RawRecord[] {
  const times = [...READABLE, ...OUTSIDE, ...UNREADABLE];
  return times.flatMap((eventTime, place) => {
    const call = odd(`Time${place}`, { eventTime });
    const regional = odd(`Regional${place}`, { eventTime, ...host('sts.eu-west-1.amazonaws.com') });
    return [call, call, regional, regional];
  });
}
