import { describe, expect, it } from 'vitest';
import { reportSchema } from '../../src/report/schema.js';
import { auditRecords, auditSource, emptyCoverage, recordsSource } from '../support/audit.js';
import { globalCall, regionalCall, roleIdentity, serviceCall, tls } from '../support/records.js';

describe('the report', () => {
  it('is what its schema says, and survives being saved', async () => {
    const report = await auditRecords([globalCall(), regionalCall(), serviceCall()]);
    expect(reportSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
  });

  it('groups calls by account, principal, client and VPC endpoint', async () => {
    const records = [
      globalCall(),
      globalCall({ userIdentity: roleIdentity('another-session') }),
      globalCall({ vpcEndpointId: 'vpce-0abc' }),
      globalCall({
        recipientAccountId: '444455556666',
        userIdentity: roleIdentity('s', '444455556666'),
      }),
      globalCall({ userAgent: 'Boto3/1.18.1 Python/3.9.5 Linux/4.14 Botocore/1.21.1' }),
    ];
    const { findings, totals } = await auditRecords(records);
    expect(totals).toMatchObject({ calls: 5, findings: 4, principals: 2 });
    expect(findings[0]).toMatchObject({
      calls: 2,
      distinct: { sessionNames: { count: 2, atLeast: false } },
      samples: {
        sessionNames: [
          { value: 'another-session', calls: 1 },
          { value: 'i-0abc', calls: 1 },
        ],
      },
      callsWithout: { sessionNames: 0, issuedTo: 2 },
    });
  });

  it('keeps callers of different types apart that have one name', async () => {
    const types = ['Unknown', 'Directory'];
    const callers = types.map((type) => ({ type, principalId: 'same', accountId: '111122223333' }));
    const report = await auditRecords(callers.map((userIdentity) => globalCall({ userIdentity })));
    expect(report.findings.map(({ principal }) => principal.id)).toEqual(['same', 'same']);
  });

  it('takes no session length that no session can have', async () => {
    const lengths = [
      900,
      2 ** 32,
      -1,
      'long',
      1.5,
      true,
      [7200],
      '0x1C20',
      { valueOf: 0, toString: 0 },
    ];
    const { findings } = await auditRecords(
      lengths.map((durationSeconds) => globalCall({ requestParameters: { durationSeconds } })),
    );
    expect(findings[0]?.longestSessionSeconds).toBe(900);
  });

  it('counts what the calls of a finding have in common', async () => {
    const asked = { requestParameters: { durationSeconds: 900 } };
    const served = { RequestDetails: { endpointType: 'global', awsServingRegion: 'eu-west-1' } };
    const { findings } = await auditRecords([
      globalCall({ ...asked, eventName: 'AssumeRole' }),
      globalCall({
        requestParameters: { durationSeconds: 43_200 },
        eventTime: '2026-01-11T00:00:00Z',
      }),
      globalCall({ errorCode: 'AccessDenied', errorMessage: 'no', additionalEventData: served }),
    ]);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({
      calls: 3,
      firstSeen: '2026-01-10T12:00:00Z',
      lastSeen: '2026-01-11T00:00:00Z',
      operations: { AssumeRole: 1, GetCallerIdentity: 2 },
      errors: { AccessDenied: 1 },
      callsPerDay: { '2026-01-10': 2, '2026-01-11': 1 },
      servingRegions: { 'eu-west-1': 1, unknown: 2 },
      signals: { 'host-header': 3, 'served-host': 0, 'endpoint-type': 1 },
      longestSessionSeconds: 43_200,
    });
  });

  it('counts names from logs that are names of object properties', async () => {
    const { findings } = await auditRecords([
      globalCall({ errorCode: '__proto__', eventName: 'constructor' }),
      globalCall({ errorCode: '__proto__', eventName: 'toString' }),
    ]);
    expect(Object.entries(findings[0]?.errors ?? {})).toEqual([['__proto__', 2]]);
    expect(findings[0]?.operations).toEqual({ constructor: 1, toString: 1 });
  });

  it('keeps calls of AWS services out of the findings', async () => {
    const { findings, awsManaged, totals } = await auditRecords([
      serviceCall({ tlsDetails: tls('sts.amazonaws.com') }),
      globalCall({
        userIdentity: { ...roleIdentity(), invokedBy: 'cloudformation.amazonaws.com' },
      }),
    ]);
    expect(findings).toEqual([]);
    expect(awsManaged.map(({ service, calls }) => [service, calls])).toEqual([
      ['cloudformation.amazonaws.com', 1],
      ['ec2.amazonaws.com', 1],
    ]);
    expect(totals).toMatchObject({ calls: 0, awsManagedCalls: 2 });
  });

  it('takes the calls of an AWS service for one, whatever its clients', async () => {
    const service = { tlsDetails: tls('sts.amazonaws.com') };
    const { awsManaged } = await auditRecords([
      serviceCall(service),
      serviceCall({ ...service, userAgent: 'aws-internal/3' }),
    ]);
    expect(awsManaged.map(({ calls }) => calls)).toEqual([2]);
  });

  it('counts contradictions in the evidence', async () => {
    const regional = { RequestDetails: { endpointType: 'regional' } };
    const { coverage } = await auditRecords([globalCall({ additionalEventData: regional })]);
    expect(coverage.disagreements).toBe(1);
  });
});

describe('findings keep their id', () => {
  it('whatever the session, day and address', async () => {
    const [one] = (await auditRecords([globalCall()])).findings;
    const later = {
      eventTime: '2026-02-01T00:00:00Z',
      sourceIPAddress: '198.51.100.1',
      userIdentity: roleIdentity('other'),
    };
    const [other] = (await auditRecords([globalCall(later)])).findings;
    expect(other?.id).toBe(one?.id);
    expect(one?.id).toMatch(/^[0-9a-f]{16}$/);
  });
});

describe('records that cannot be used', () => {
  it('are told alike in whatever order they came', async () => {
    const odd = [globalCall({ eventTime: 'redacted' }), globalCall({ eventTime: '' })];
    const [told, other] = [await auditRecords(odd), await auditRecords(odd.toReversed())];
    expect(Object.keys(told.coverage.rejectedRecords)).toHaveLength(2);
    expect(JSON.stringify(told)).toBe(JSON.stringify(other));
  });
});

describe('completeness', () => {
  it('is not claimed when a source has a gap', async () => {
    const source = recordsSource([globalCall()]);
    const gap = { code: 'truncated' as const, subject: 'page 2', message: 'Rows are missing.' };
    const report = await auditSource({
      ...source,
      async *collect(window, context) {
        yield* source.collect(window, context);
        return emptyCoverage({ gaps: [gap] });
      },
    });
    expect(report.coverage).toMatchObject({
      complete: false,
      gaps: [{ source: 'records', ...gap }],
    });
  });

  it('is not claimed when nothing could be assessed', async () => {
    for (const records of [[], [serviceCall()]]) {
      const { coverage } = await auditRecords(records);
      expect(coverage).toMatchObject({ complete: false, gaps: [{ code: 'nothing-assessable' }] });
    }
  });
});
