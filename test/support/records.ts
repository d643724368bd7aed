/**
 * Records to start from. Each is whole, so that a test names only what it is about.
 */
import { randomUUID } from 'node:crypto';

export type Json = Record<string, unknown>;

export const ACCOUNT = '111122223333';

export function roleIdentity(session = 'i-0abc', account = ACCOUNT): Json {
  return {
    type: 'AssumedRole',
    principalId: `AROAEXAMPLE:${session}`,
    arn: `arn:aws:sts::${account}:assumed-role/payments/${session}`,
    accountId: account,
    accessKeyId: 'ASIAEXAMPLE',
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        principalId: 'AROAEXAMPLE',
        arn: `arn:aws:iam::${account}:role/app/payments`,
        accountId: account,
        userName: 'payments',
      },
      webIdFederationData: {},
    },
  };
}

/** A call to the global endpoint, in CloudTrail's own order of keys. */
export function globalCall(changes: Json = {}): Json {
  return {
    eventVersion: '1.11',
    userIdentity: roleIdentity(),
    eventTime: '2026-01-10T12:00:00Z',
    eventSource: 'sts.amazonaws.com',
    eventName: 'GetCallerIdentity',
    awsRegion: 'us-east-1',
    sourceIPAddress: '203.0.113.7',
    userAgent: 'aws-cli/1.27.74 Python/3.10.6 Linux/5.10.0 botocore/1.29.74',
    requestParameters: null,
    responseElements: null,
    requestID: randomUUID(),
    eventID: randomUUID(),
    readOnly: true,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: ACCOUNT,
    eventCategory: 'Management',
    tlsDetails: tls('sts.amazonaws.com'),
    ...changes,
  };
}

export function regionalCall(changes: Json = {}): Json {
  return globalCall({ tlsDetails: tls('sts.us-east-1.amazonaws.com'), ...changes });
}

/** As CloudTrail logs the calls of AWS services: without TLS details. */
export function serviceCall(changes: Json = {}): Json {
  const { tlsDetails: _, ...record } = globalCall();
  return {
    ...record,
    userIdentity: { type: 'AWSService', invokedBy: 'ec2.amazonaws.com' },
    eventName: 'AssumeRole',
    sourceIPAddress: 'ec2.amazonaws.com',
    userAgent: 'ec2.amazonaws.com',
    ...changes,
  };
}

export function tls(clientProvidedHostHeader: string): Json {
  return { tlsVersion: 'TLSv1.3', cipherSuite: 'TLS_AES_128_GCM_SHA256', clientProvidedHostHeader };
}

/** Both records of one call from account 111122223333 to a role of 444455556666. */
export function crossAccountPair(): { caller: Json; target: Json } {
  const sharedEventID = randomUUID();
  const common = { eventName: 'AssumeRole', sharedEventID };
  return {
    caller: globalCall(common),
    target: globalCall({
      ...common,
      recipientAccountId: '444455556666',
      userIdentity: { type: 'AWSAccount', principalId: 'AROAEXAMPLE:i-0abc', accountId: ACCOUNT },
    }),
  };
}
