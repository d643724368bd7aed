import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Collector } from '../../src/cloudtrail/collector.js';
import { normalise } from '../../src/cloudtrail/normalise.js';
import type { Hit } from '../../src/contracts.js';
import { ACCOUNT, globalCall, regionalCall, serviceCall } from '../support/records.js';

function hitOf(record: unknown): Hit {
  const result = normalise(record);
  if (result.kind !== 'event' || result.event.hit === null) throw new Error('not a hit');
  return result.event.hit;
}

describe('normalise', () => {
  it('never throws, whatever the JSON', () => {
    const value = fc.jsonValue();
    const record = fc.record(
      {
        eventSource: fc.constant('sts.amazonaws.com'),
        eventTime: fc.oneof(fc.constant('2026-01-10T12:00:00Z'), value),
        userIdentity: fc.oneof(
          fc.record({
            type: fc.constantFrom('AssumedRole', 'SAMLUser', '__proto__'),
            sessionContext: value,
            arn: value,
            principalId: value,
          }),
          value,
        ),
        tlsDetails: fc.oneof(
          fc.record({ clientProvidedHostHeader: fc.constant('sts.amazonaws.com') }),
          value,
        ),
        requestParameters: value,
        resources: value,
        additionalEventData: value,
        addendum: value,
        errorMessage: value,
        eventID: value,
      },
      { requiredKeys: ['eventSource'] },
    );
    fc.assert(
      fc.property(fc.oneof(value, record), (json) => {
        expect(['event', 'rejected', 'other']).toContain(normalise(json).kind);
      }),
    );
  });

  it('reads what a call says', () => {
    const hit = hitOf(
      globalCall({
        eventName: 'AssumeRole',
        requestParameters: {
          roleArn: 'arn:aws:iam::444455556666:role/x',
          roleSessionName: 'nightly',
          durationSeconds: 43_200,
        },
        additionalEventData: {
          RequestDetails: { endpointType: 'global', awsServingRegion: 'eu-west-1' },
        },
        vpcEndpointId: 'vpce-0123abc',
      }),
    );
    expect(hit).toMatchObject({
      copy: 'caller',
      accountId: ACCOUNT,
      principal: {
        type: 'role',
        id: `arn:aws:iam::${ACCOUNT}:role/app/payments`,
        accountId: ACCOUNT,
      },
      operation: 'AssumeRole',
      servingRegion: 'eu-west-1',
      tlsVersion: 'TLSv1.3',
      durationSeconds: 43_200,
      vpcEndpointId: 'vpce-0123abc',
      sessionNames: ['i-0abc'],
      requestedSessionNames: ['nightly'],
      targetRoles: ['arn:aws:iam::444455556666:role/x'],
    });
  });

  it.each([
    ['arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/A', 1],
    ['cognito-identity.amazonaws.com', 0],
  ])('keeps the OIDC provider that a role session came through: %s', (federatedProvider, kept) => {
    const record = globalCall();
    const userIdentity = {
      type: 'AssumedRole',
      arn: 'arn:aws:sts::111122223333:assumed-role/app/s',
      sessionContext: { webIdFederationData: { federatedProvider, attributes: {} } },
    };
    expect(hitOf({ ...record, userIdentity }).issuedTo).toEqual([federatedProvider].slice(0, kept));
  });

  it('finds the role of a denied call, which has no parameters, in its message', () => {
    const errorMessage = `User: arn:aws:sts::${ACCOUNT}:assumed-role/payments/x is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::444455556666:role/admin`;
    expect(hitOf(globalCall({ errorCode: 'AccessDenied', errorMessage })).targetRoles).toEqual([
      'arn:aws:iam::444455556666:role/admin',
    ]);
  });

  it.each(['AWS Internal', 'cloudtrail.amazonaws.com', ''])(
    'does not take %j for a VPC endpoint',
    (vpcEndpointId) => {
      expect(hitOf(globalCall({ vpcEndpointId })).vpcEndpointId).toBeNull();
    },
  );

  it('does not copy credentials', () => {
    const record = globalCall({
      responseElements: { credentials: { sessionToken: 'SECRET', accessKeyId: 'SECRET' } },
    });
    expect(JSON.stringify(hitOf(record))).not.toContain('SECRET');
  });

  it.each([
    ['in request parameters', { requestParameters: { host: 'sts.amazonaws.com' } }],
    [
      'as an OIDC audience',
      { userIdentity: { type: 'WebIdentityUser', principalId: 'idp:sts.amazonaws.com:sub' } },
    ],
    [
      'as the invoking service',
      { userIdentity: { type: 'AWSService', invokedBy: 'sts.amazonaws.com' } },
    ],
    ['as the source address', { sourceIPAddress: 'sts.amazonaws.com' }],
  ])('does not count the name of the endpoint %s', (_, changes) => {
    expect(normalise(regionalCall(changes))).toMatchObject({ kind: 'event', event: { hit: null } });
  });

  it('does not count events of other services that carry the host', () => {
    expect(normalise(globalCall({ eventSource: 'iam.amazonaws.com' })).kind).toBe('other');
  });

  it('does not count network activity, which repeats API calls', () => {
    expect(normalise(globalCall({ eventCategory: 'NetworkActivity' })).kind).toBe('other');
  });

  it('rejects records without a usable time, and says whether a call is lost', () => {
    expect(normalise(globalCall({ eventTime: 'redacted' }))).toEqual({
      kind: 'rejected',
      rejection: { reason: 'unreadable-event-time', global: true },
    });
    expect(normalise(regionalCall({ eventTime: undefined }))).toEqual({
      kind: 'rejected',
      rejection: { reason: 'no-event-time', global: false },
    });
  });

  it('takes Logstash’s @timestamp for a missing event time', () => {
    expect(
      hitOf(globalCall({ eventTime: undefined, '@timestamp': '2026-01-10T12:00:00Z' })).firstSeen,
    ).toBe(Date.UTC(2026, 0, 10, 12) / 1000);
  });

  it('tells calls of AWS services from calls that merely lack evidence', () => {
    const evidence = (record: unknown): unknown => {
      const result = normalise(record);
      return result.kind === 'event' ? result.event.evidence : result.kind;
    };
    expect(evidence(serviceCall())).toBe('aws-service');
    expect(evidence(globalCall({ tlsDetails: undefined }))).toBe('missing');
    expect(evidence(regionalCall())).toBe('assessable');
  });
});

describe('Collector', () => {
  it('counts an event when from <= time < to', () => {
    const noon = Date.UTC(2026, 0, 10, 12) / 1000;
    const hits = (from: number, to: number): number => {
      const collector = new Collector({ from, to });
      collector.add(globalCall());
      return collector.drain().hits.length;
    };
    expect([hits(noon, noon + 1), hits(noon - 1, noon), hits(noon + 1, noon + 2)]).toEqual([
      1, 0, 0,
    ]);
  });
});
