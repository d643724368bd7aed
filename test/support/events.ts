/**
 * CloudTrail records of STS as they occur: every kind of caller, both generations of evidence,
 * copies, pairs across accounts, addenda, and records that only look like calls to the global
 * endpoint. All are logged in us-east-1 on four days of July 2026.
 */
import { createHash } from 'node:crypto';

export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json };
export type RawRecord = { readonly [key: string]: Json };

export const FROM = Date.UTC(2026, 6, 1) / 1000;
export const TO = Date.UTC(2026, 6, 5) / 1000;

const OWN = '111111111111';
const OTHER = '222222222222';
const OUTSIDER = '333333333333';
const GITHUB = `arn:aws:iam::${OWN}:oidc-provider/token.actions.githubusercontent.com`;

/** Subjects of which an end changes from run to run, which is the caller's all the same. */
const PIPELINES: readonly (readonly [name: string, provider: string, subjectOf: (run: string) => string])[] = [
  ['gitlab', 'gitlab.com', (run) => `project_path:acme/shop:ref_type:branch:ref:${run}`],
  ['terraform', 'app.terraform.io', (run) => `organization:acme:project:web:workspace:prod:run_phase:${run}`],
  ['buildkite', 'agent.buildkite.com', (run) => `organization:acme:pipeline:shop:ref:refs/heads/main:commit:${run}`],
  ['circleci', 'oidc.circleci.com/org/o', (run) => `org/o/project/p/user/${run}`],
  ['bitbucket', 'api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc', (run) => `{${uuid('repository')}}:{${uuid(run)}}`],
]; // prettier-ignore

/** A UUID that depends on its name alone. */
export function uuid(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** The time `hours` after the start of the window. */
export function at(hours: number): string {
  return `${new Date((FROM + Math.round(hours * 3600)) * 1000).toISOString().slice(0, 19)}Z`;
}

const CLI = 'aws-cli/1.27.1 Python/3.9.2 Linux/5.10 botocore/1.29.1';
const TLS_GLOBAL = { tlsVersion: 'TLSv1.2', cipherSuite: 'ECDHE-RSA-AES128-GCM-SHA256', clientProvidedHostHeader: 'sts.amazonaws.com' }; // prettier-ignore

function call(
  name: string,
  hours: number,
  fields: { readonly [key: string]: Json } = {},
): RawRecord {
  return {
    eventVersion: '1.08',
    userIdentity: role('Deploy', `session-${name.replaceAll(' ', '-')}`),
    eventTime: at(hours),
    eventSource: 'sts.amazonaws.com',
    eventName: 'GetCallerIdentity',
    awsRegion: 'us-east-1',
    sourceIPAddress: '198.51.100.7',
    userAgent: CLI,
    requestParameters: null,
    responseElements: null,
    requestID: uuid(`request ${name}`),
    eventID: uuid(name),
    readOnly: true,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: OWN,
    eventCategory: 'Management',
    tlsDetails: TLS_GLOBAL,
    ...fields,
  };
}

function role(name: string, session: string, account = OWN): RawRecord {
  return {
    type: 'AssumedRole',
    principalId: `AROA${name.toUpperCase()}:${session}`,
    arn: `arn:aws:sts::${account}:assumed-role/${name}/${session}`,
    accountId: account,
    accessKeyId: 'ASIAEXAMPLE',
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        principalId: `AROA${name.toUpperCase()}`,
        arn: `arn:aws:iam::${account}:role/app/${name}`,
        accountId: account,
        userName: name,
      },
      webIdFederationData: {},
      attributes: { creationDate: at(0), mfaAuthenticated: 'false' },
    },
  };
}

/** A session of a role that a pod got for its service account's token. */
function throughCluster(identity: RawRecord): RawRecord {
  const federatedProvider = `arn:aws:iam::${OWN}:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/A1`;
  const { sessionIssuer = {} } = { ...(identity['sessionContext'] as RawRecord) };
  const sessionContext = { sessionIssuer, webIdFederationData: { federatedProvider, attributes: {} } }; // prettier-ignore
  return { ...identity, sessionContext };
}

function assumeRole(
  name: string,
  session = 'deploy',
  account = OWN,
): { readonly [key: string]: Json } {
  const roleArn = `arn:aws:iam::${account}:role/${name}`;
  return {
    eventName: 'AssumeRole',
    requestParameters: { roleArn, roleSessionName: session, durationSeconds: 3600 },
    responseElements: { credentials: { accessKeyId: 'ASIANEW', sessionToken: 'SECRET' } },
    resources: [{ accountId: account, type: 'AWS::IAM::Role', ARN: roleArn }],
  };
}

/** `RequestDetails` as logged since 2025. */
function served(endpointType: string, region: string): { readonly [key: string]: Json } {
  return { additionalEventData: { RequestDetails: { awsServingRegion: region, endpointType } } };
}

const TLS_REGIONAL = { ...TLS_GLOBAL, clientProvidedHostHeader: 'sts.us-east-1.amazonaws.com' };

/** Every kind of principal, each with a call to the global endpoint. */
function callers(): RawRecord[] {
  const by = (name: string, userIdentity: RawRecord, fields = {}): RawRecord =>
    call(name, 3 + name.length, { userIdentity, ...fields });
  const issuer = { type: 'IAMUser', principalId: 'AIDABROKER', arn: `arn:aws:iam::${OWN}:user/broker`, accountId: OWN, userName: 'broker' }; // prettier-ignore
  return [
    by('user', { type: 'IAMUser', principalId: 'AIDAJENKINS', arn: `arn:aws:iam::${OWN}:user/ci/jenkins`, accountId: OWN, accessKeyId: 'AKIA', userName: 'jenkins' }), // prettier-ignore
    by('bare user', { type: 'IAMUser', principalId: 'AIDABARE', accountId: OWN, userName: 'bare' }),
    by('root', { type: 'Root', principalId: OWN, arn: `arn:aws:iam::${OWN}:root`, accountId: OWN }),
    by('federated', { type: 'FederatedUser', principalId: `${OWN}:alice`, arn: `arn:aws:sts::${OWN}:federated-user/alice`, accountId: OWN, sessionContext: { sessionIssuer: issuer } }), // prettier-ignore
    by('federated again', { type: 'FederatedUser', principalId: `${OWN}:bob`, arn: `arn:aws:sts::${OWN}:federated-user/bob`, accountId: OWN, sessionContext: { sessionIssuer: issuer } }), // prettier-ignore
    by('trimmed session', { type: 'AssumedRole', principalId: 'AROATRIM:one', arn: `arn:aws:sts::${OWN}:assumed-role/Trim/one`, accountId: OWN }), // prettier-ignore
    by('trimmed session too', { type: 'AssumedRole', principalId: 'AROATRIM:two', arn: `arn:aws:sts::${OWN}:assumed-role/Trim/two`, accountId: OWN }), // prettier-ignore
    by('role without session', { type: 'AssumedRole', principalId: 'AROANONE', arn: `arn:aws:sts::${OWN}:assumed-role/None`, accountId: OWN }), // prettier-ignore
    by('colon role', role('aws:ec2-instance', 'i-0123456789')),
    by('pod session', throughCluster(role('PodRole', 'botocore-session-1700000000'))),
    by('outsider', { type: 'AWSAccount', principalId: 'AIDAOUTSIDER', accountId: OUTSIDER }, assumeRole('Vendor')), // prettier-ignore
    by('center', { type: 'IdentityCenterUser', accountId: OWN, onBehalfOf: { userId: 'user-1', identityStoreArn: `arn:aws:identitystore::${OWN}:identitystore/d-1` }, credentialId: 'c' }), // prettier-ignore
    by('directory', { type: 'Directory', principalId: 'S-1-5', userName: 'corp\\eve', accountId: OWN }), // prettier-ignore
    by('unknown', { type: 'Unknown', principalId: 'who:ever', accountId: OWN }),
    by('nobody', {}),
    by('service', { type: 'AWSService', invokedBy: 'ecs.amazonaws.com' }, { sourceIPAddress: 'ecs.amazonaws.com', userAgent: 'ecs.amazonaws.com', vpcEndpointId: 'vpce-0000service', ...assumeRole('Task') }), // prettier-ignore
    by('forwarded', { ...role('Deploy', 'fas'), invokedBy: 'cloudformation.amazonaws.com' }),
    by('untyped service', { accountId: OWN, invokedBy: 'autoscaling.amazonaws.com' }),
    by('lambda', { ...role('Fn', 'fn'), inScopeOf: { issuerType: 'AWS::Lambda::Function', credentialsIssuedTo: `arn:aws:lambda:eu-west-1:${OWN}:function:f` } }), // prettier-ignore
    ...['main', 'dev'].map(
      (branch) =>
      by(`github ${branch}`, { type: 'WebIdentityUser', principalId: `${GITHUB}:sts.amazonaws.com:repo:acme/shop:ref:refs/heads/${branch}`, userName: `repo:acme/shop:ref:refs/heads/${branch}`, identityProvider: GITHUB }, { ...assumeRole('Ci', 'GitHubActions'), eventName: 'AssumeRoleWithWebIdentity' }), // prettier-ignore
    ),
    ...PIPELINES.flatMap(([name, provider, subjectOf]) =>
      ['1', '2'].map(
        (run) =>
        by(`${name} ${run}`, { type: 'WebIdentityUser', principalId: `${provider}:sts.amazonaws.com:${subjectOf(run)}`, userName: subjectOf(run), identityProvider: provider }, { ...assumeRole('Ci', `run-${run}`), eventName: 'AssumeRoleWithWebIdentity' }), // prettier-ignore
      ),
    ),
    by('pod', { type: 'WebIdentityUser', principalId: 'arn:aws:iam::111111111111:oidc-provider/oidc.eks.example/id/A:sts.amazonaws.com:system:serviceaccount:web:api', userName: 'system:serviceaccount:web:api', identityProvider: 'arn:aws:iam::111111111111:oidc-provider/oidc.eks.example/id/A' }, { ...assumeRole('Pod', 'botocore-1'), eventName: 'AssumeRoleWithWebIdentity' }), // prettier-ignore
    ...['a', 'b'].map(
      (end) =>
      by(`cognito ${end}`, { type: 'WebIdentityUser', principalId: `cognito-identity.amazonaws.com:pool:eu-west-1:${end}`, userName: `eu-west-1:${end}`, identityProvider: 'cognito-identity.amazonaws.com' }, { ...assumeRole('App', 'CognitoIdentityCredentials'), eventName: 'AssumeRoleWithWebIdentity' }), // prettier-ignore
    ),
    ...['ann', 'ben'].map(
      (name) =>
      by(`saml ${name}`, { type: 'SAMLUser', principalId: `nQ=:${name}@example.com`, userName: `${name}@example.com`, identityProvider: 'nQ=' }, { ...assumeRole('Sso', `${name}@example.com`), eventName: 'AssumeRoleWithSAML' }), // prettier-ignore
    ),
  ];
}

/** What a record can say about the endpoint, and what only looks like it. */
function evidence(): RawRecord[] {
  return [
    call('served locally', 20, { ...served('global', 'eu-north-1'), tlsDetails: { ...TLS_GLOBAL, clientProvidedHostHeader: 'sts-global.eu-north-1.amazonaws.com' } }), // prettier-ignore
    call('both signals', 21, served('global', 'us-east-1')),
    call('type alone', 22, { ...served('global', 'eu-west-1'), tlsDetails: null }),
    call('contradiction', 23, { ...served('global', 'us-east-1'), tlsDetails: TLS_REGIONAL }),
    call('contradiction too', 23.1, served('regional', 'us-east-1')),
    call('capitals', 24, { tlsDetails: { ...TLS_GLOBAL, clientProvidedHostHeader: 'STS.AmazonAWS.com' } }), // prettier-ignore
    call('port', 25, { tlsDetails: { ...TLS_GLOBAL, clientProvidedHostHeader: 'sts.amazonaws.com:443' } }), // prettier-ignore
    call('final dot', 26, { tlsDetails: { clientProvidedHostHeader: 'sts.amazonaws.com.' } }),
    call('of 2021', 27, { awsRegion: 'global' }),
    call('regional', 28, { tlsDetails: TLS_REGIONAL }),
    call('regional of 2025', 29, { ...served('regional', 'us-east-1'), tlsDetails: TLS_REGIONAL }),
    call('endpoint name', 30, { tlsDetails: { ...TLS_GLOBAL, clientProvidedHostHeader: 'vpce-1-a.sts.us-east-1.vpce.amazonaws.com' } }), // prettier-ignore
    call('look-alike host', 31, { tlsDetails: { ...TLS_GLOBAL, clientProvidedHostHeader: 'sts.amazonaws.com.example.org' } }), // prettier-ignore
    call('look-alike audience', 32, { tlsDetails: TLS_REGIONAL, requestParameters: { audience: 'sts.amazonaws.com', note: '"endpointType":"global"' } }), // prettier-ignore
    call('without TLS', 33, { tlsDetails: null }),
    call('partial TLS', 34, { tlsDetails: { tlsVersion: 'TLSv1.2' } }),
    call('by a service', 35, { userIdentity: { type: 'AWSService', invokedBy: 'lambda.amazonaws.com' }, sourceIPAddress: 'lambda.amazonaws.com', userAgent: 'lambda.amazonaws.com', tlsDetails: null, sharedEventID: uuid('service pair'), ...assumeRole('Fn') }), // prettier-ignore
    call('from inside', 36, { sourceIPAddress: 'AWS Internal', userAgent: 'AWS Internal', tlsDetails: null }), // prettier-ignore
    call('on behalf', 37, { userIdentity: { ...role('Deploy', 'x'), invokedBy: 'athena.amazonaws.com' }, tlsDetails: null }), // prettier-ignore
    call('other service', 38, { eventSource: 'iam.amazonaws.com' }),
    call('network', 39, { eventCategory: 'NetworkActivity' }),
  ];
}

/** Copies of one event or call, which count once; and events that only seem to be copies. */
function copies(): RawRecord[] {
  const twice = call('delivered twice', 40, assumeRole('Twice'));
  const shared = { sharedEventID: uuid('pair'), ...assumeRole('Target', 'pair', OTHER) };
  const sole = { sharedEventID: uuid('sole'), ...assumeRole('Lonely', 'sole', OTHER) };
  const wrong = call('to be updated', 47, { userAgent: 'unreadable' });
  return [
    twice,
    twice,
    call('pair caller', 42, { ...shared, recipientAccountId: OWN }),
    call('pair target', 42, { ...shared, recipientAccountId: OTHER, userIdentity: { type: 'AWSAccount', principalId: 'AROADEPLOY:session', accountId: OWN } }), // prettier-ignore
    call('target alone', 43, { ...sole, recipientAccountId: OTHER, userIdentity: { type: 'AWSAccount', principalId: 'AROADEPLOY:session', accountId: OWN } }), // prettier-ignore
    wrong,
    call('update', 47, { addendum: { reason: 'UPDATED_DATA', updatedFields: 'userAgent', originalEventID: uuid('to be updated') } }), // prettier-ignore
    call('late', 48, { addendum: { reason: 'DELIVERY_DELAY' } }),
    call('update of nothing', 48.5, { addendum: { reason: 'UPDATED_DATA', originalEventID: uuid('not here') } }), // prettier-ignore
    call('placeholder 1', 49, { eventID: '1111' }),
    call('placeholder 2', 49, { eventID: '1111' }),
    call('nil 1', 50, { eventID: '00000000-0000-0000-0000-000000000000' }),
    call('nil 2', 50, { eventID: '00000000-0000-0000-0000-000000000000' }),
  ];
}

/** Details that make findings, counts and samples. */
function details(): RawRecord[] {
  return [
    call('denied', 52, { eventName: 'AssumeRole', errorCode: 'AccessDenied', errorMessage: `User: arn:aws:sts::${OWN}:assumed-role/Deploy/s is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::${OTHER}:role/Denied` }), // prettier-ignore
    call('long session', 53, { ...assumeRole('Deploy2'), requestParameters: { roleArn: `arn:aws:iam::${OWN}:role/Deploy2`, roleSessionName: 'long', durationSeconds: 43_200 } }), // prettier-ignore
    call('customer endpoint', 54, { vpcEndpointId: 'vpce-0abc123' }),
    call('service endpoint', 55, { vpcEndpointId: 'AWS Internal' }),
    call('no agent', 56, { userAgent: null }),
    call('odd agent', 57, {
      userAgent: '=cmd|\' /C calc\'!A0 "quoted" <b>\u001b[31m, a; b\\ \u00e9\u{1f600}',
    }),
    call('other TLS', 58, { tlsDetails: { ...TLS_GLOBAL, tlsVersion: 'TLSv1.3', keyExchange: 'x25519' } }), // prettier-ignore
    call('no recipient', 59, { recipientAccountId: null }),
    call('first moment', 0),
    call('last moment', 95.9999),
    call('too early', -0.001),
    call('too late', 96),
    ...Array.from({ length: 130 }, (_, index) =>
      call(`many ${index}`, 60 + index / 10, {
        userIdentity: role('Many', `s-${String((index * 7) % 130).padStart(4, '0')}`),
        sourceIPAddress: `203.0.113.${index}`,
        ...assumeRole(`Role${index % 3}`, `req-${index % 110}`),
      }),
    ),
    ...Array.from(
      { length: 9 },
      (_, index) =>
      call(`daily ${index}`, index * 10.5, { userIdentity: role('Daily', `d${index}`), sourceIPAddress: `192.0.2.${index}` }), // prettier-ignore
    ),
  ];
}

/** Roles whose calls differ in what AWS names behind the credentials, over all days. */
function mixed(): RawRecord[] {
  const functionOf = (name: string): RawRecord => ({ inScopeOf: { issuerType: 'AWS::Lambda::Function', credentialsIssuedTo: `arn:aws:lambda:eu-west-1:${OWN}:function:${name}` } }); // prettier-ignore
  return [
    ...Array.from({ length: 40 }, (_, index) =>
      call(`one of forty ${index}`, index * 2.3, {
        eventID: index % 7 === 0 ? '-' : uuid(`one of forty ${index}`),
        userIdentity: { ...role('Mixed', index % 3 === 0 ? 'jenkins' : 'nightly'), ...(index === 11 ? functionOf('nightly') : {}) }, // prettier-ignore
      }),
    ),
    ...Array.from(
      { length: 5 },
      (_, index) =>
      call(`mixed pod ${index}`, index * 20, { userIdentity: throughCluster(role('Mixed', 'pod')) }), // prettier-ignore
    ),
    // More than are kept, on every day again.
    ...Array.from(
      { length: 250 },
      (_, index) =>
      call(`fleet ${index}`, index / 3, { userIdentity: { ...role('Fleet', `i-${String(index % 120).padStart(10, '0')}`), ...(index % 4 === 0 ? {} : functionOf(`f${index % 110}`)) } }), // prettier-ignore
    ),
  ];
}

export function stsEvents(): RawRecord[] {
  return [...callers(), ...evidence(), ...copies(), ...details(), ...mixed()];
}
