/**
 * Events made to collide: they share ids, replace each other, are copies of one call in two accounts
 * or repeat, and their fields are missing or odd. Each group of them has a role of its own, so that a
 * difference between two engines shows in one finding. Beside them those of `oddities.ts` and
 * `lookalikes.ts`.
 */
import fc from 'fast-check';
import { at, type Json, type RawRecord, uuid } from './events.js';
import { crowd, lookalikes } from './lookalikes.js';
import { oddEvents } from './oddities.js';

const [OWN, OTHER] = ['111111111111', '222222222222'];
const GROUPS = 1500;
const SEED = 20_260_701;

interface Shape {
  readonly global: 'host' | 'served' | 'type' | 'capitals' | 'port' | 'no' | 'nothing';
  readonly caller: 'role' | 'target' | 'user' | 'web' | 'service';
  readonly recipient: string | null;
  readonly owner: string | null;
  readonly shared: 'none' | 'one' | 'two' | 'placeholder';
  /** Only the second of a group updates another: the first, or one that is not there. */
  readonly replaces: 'nothing' | 'the first' | 'another';
  readonly id: 'uuid' | 'capitals' | 'placeholder' | 'none';
  readonly hours: number;
  readonly duration: Json;
  readonly copies: number;
  readonly category: Json;
  readonly region: string;
}

const often = <T>(usual: T, ...others: readonly T[]): fc.Arbitrary<T> =>
  fc.oneof({ weight: 6, arbitrary: fc.constant(usual) }, { weight: 2, arbitrary: fc.constantFrom(usual, ...others) }); // prettier-ignore

const shape: fc.Arbitrary<Shape> = fc.record({
  global: fc.constantFrom('host', 'host', 'served', 'type', 'capitals', 'port', 'no', 'nothing'),
  caller: fc.constantFrom('role', 'role', 'target', 'user', 'web', 'service'),
  recipient: often<string | null>(OWN, OTHER, '', null),
  owner: often<string | null>(OWN, OTHER, null),
  shared: often('none', 'one', 'two', 'placeholder'),
  replaces: fc.constantFrom('nothing', 'the first', 'another'),
  id: often('uuid', 'capitals', 'placeholder', 'none'),
  hours: fc.integer({ min: -60, max: 96 * 3600 + 60 }).map((seconds) => seconds / 3600),
  duration: fc.constantFrom<Json>(900, 3600, 43_200, '7200', 0, -5, 'long', null),
  copies: often(1, 2, 3),
  category: often<Json>('Management', 'NetworkActivity', 'Insight', '', null),
  region: often('us-east-1', 'global'),
});

/** The same events at every call. */
export function collidingEvents(): RawRecord[] {
  const groups = fc.sample(fc.array(shape, { minLength: 1, maxLength: 4 }), { seed: SEED, numRuns: GROUPS }); // prettier-ignore
  const colliding = groups.flatMap((shapes, group) =>
    shapes.flatMap((each, place) => {
      const record = recordOf(decided(each), `${group}`, place);
      return Array.from({ length: each.copies }, () => record);
    }),
  );
  return [...colliding, ...oddEvents(), ...lookalikes(), ...crowd()];
}

/**
 * Where the choice between copies that differ is arbitrary, engines may choose differently. So of
 * one shared id there are copies of the caller's account, or of the target's, or of both.
 */
function decided(each: Shape): Shape {
  if (each.shared !== 'one' && each.shared !== 'two') return each;
  return { ...each, owner: OWN, recipient: each.caller === 'target' ? OTHER : OWN };
}

function recordOf(each: Shape, group: string, place: number): RawRecord {
  const updates = place === 1 && each.replaces !== 'nothing';
  const id = (of: number): string => uuid(`colliding ${group} ${of}`);
  const ids = { uuid: id(place), capitals: id(place).toUpperCase(), placeholder: '12345', none: undefined }; // prettier-ignore
  const shared = { none: undefined, one: uuid(`pair ${group}`), two: uuid(`pair ${group} 2`).toUpperCase(), placeholder: '-' }; // prettier-ignore
  const fields: Record<string, Json | undefined> = {
    eventVersion: '1.08',
    userIdentity: identityOf(each, group, place),
    eventTime: at(each.hours),
    eventSource: 'sts.amazonaws.com',
    eventName: 'AssumeRole',
    awsRegion: each.region,
    sourceIPAddress: `203.0.113.${place}`,
    userAgent: 'aws-cli/1.27.1 Python/3.9.2 Linux/5.10 botocore/1.29.1',
    requestParameters: { roleArn: `arn:aws:iam::${OTHER}:role/T${Number(group) % 50}`, roleSessionName: `s${place}`, durationSeconds: each.duration }, // prettier-ignore
    responseElements: null,
    eventID: ids[each.id],
    sharedEventID: shared[each.shared],
    recipientAccountId: each.recipient,
    eventCategory: each.category,
    addendum: updates
      ? { reason: 'UPDATED_DATA', originalEventID: id(each.replaces === 'another' ? 9 : 0) }
      : undefined,
    ...endpointOf(each),
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as RawRecord; // prettier-ignore
}

function endpointOf({ global }: Shape): Record<string, Json | undefined> {
  const hosts = { host: 'sts.amazonaws.com', served: 'sts-global.eu-west-1.amazonaws.com', capitals: ' STS.AmazonAWS.com. ', port: 'sts.amazonaws.com:443', no: 'sts.us-east-1.amazonaws.com' }; // prettier-ignore
  if (global === 'nothing') return {};
  if (global === 'type') return { additionalEventData: { RequestDetails: { endpointType: 'global', awsServingRegion: 'eu-west-1' } } }; // prettier-ignore
  return { tlsDetails: { tlsVersion: 'TLSv1.2', cipherSuite: 'X', clientProvidedHostHeader: hosts[global] } }; // prettier-ignore
}

function identityOf({ caller, owner }: Shape, group: string, place: number): Json {
  const name = `Group${group.padStart(4, '0')}`;
  const account = owner === null ? {} : { accountId: owner };
  const id = `AROA${name.toUpperCase()}`;
  const provider = `arn:aws:iam::${OWN}:oidc-provider/idp.example/${name}`;
  const identities: Readonly<Record<Shape['caller'], RawRecord>> = {
    role: { type: 'AssumedRole', principalId: `${id}:s${place}`, arn: `arn:aws:sts::${owner ?? OWN}:assumed-role/${name}/s${place}`, ...account }, // prettier-ignore
    // One finding gets all of these, and lists a hundred sessions and roles and no more.
    target: { type: 'AWSAccount', principalId: `AROATARGET:s${place}`, ...account },
    user: { type: 'IAMUser', principalId: id, userName: name, ...account },
    web: { type: 'WebIdentityUser', principalId: `${provider}:aud:sub`, userName: 'sub', identityProvider: provider }, // prettier-ignore
    service: { type: 'AWSService', invokedBy: `${name.toLowerCase()}.amazonaws.com` },
  };
  return identities[caller];
}
