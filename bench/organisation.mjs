/**
 * A made-up organisation with a realistic trail: 40 accounts, all kinds of caller, clients of
 * several eras, cross-account calls logged twice, calls of AWS services without TLS details,
 * records delivered twice or after midnight, and mostly noise of other services and Regions.
 * Everything follows from the seed.
 */
import { randomFrom } from './random.mjs';

const ACCOUNTS = 40;
const REGIONS = [
  'us-east-1',
  'us-east-1',
  'eu-west-1',
  'eu-central-1',
  'ap-southeast-2',
  'us-west-2',
  'me-central-1',
];
const ROLES = [
  'app/payments',
  'app/search',
  'ci/deployer',
  'data/etl',
  'k8s/node',
  'ops/backup',
  'vendor/scanner',
  'web',
];
const SERVICES = [
  'lambda.amazonaws.com',
  'ec2.amazonaws.com',
  'ecs-tasks.amazonaws.com',
  'config.amazonaws.com',
  'cloudtrail.amazonaws.com',
];
const NOISE = [
  ['ec2.amazonaws.com', 'DescribeInstances'],
  ['s3.amazonaws.com', 'GetBucketAcl'],
  ['kms.amazonaws.com', 'Decrypt'],
  ['logs.amazonaws.com', 'DescribeLogGroups'],
  ['iam.amazonaws.com', 'GetRole'],
  ['dynamodb.amazonaws.com', 'DescribeTable'],
  ['monitoring.amazonaws.com', 'DescribeAlarms'],
];
const AGENTS = [
  'aws-cli/1.27.74 Python/3.10.6 Linux/5.10.0 botocore/1.29.74',
  'aws-cli/1.42.1 md/Botocore#1.40.1 ua/2.1 os/linux#6.1.0 md/arch#x86_64 lang/python#3.11.9 md/pyimpl#CPython m/b,Z cfg/retry-mode#legacy botocore/1.40.1',
  'Boto3/1.26.90 Python/3.9.16 Linux/4.14.255 exec-env/AWS_Lambda_python3.9 Botocore/1.29.90',
  'aws-sdk-go/1.44.157 (go1.19.3; linux; amd64)',
  'aws-sdk-go-v2/1.36.3 ua/2.1 os/linux lang/go#1.24.1 md/GOOS#linux md/GOARCH#arm64 api/sts#1.33.17 m/g',
  'aws-sdk-java/1.12.488 Linux/5.4.0 OpenJDK_64-Bit_Server_VM/11.0.19 java/11.0.19 cfg/retry-mode/legacy',
  'aws-sdk-nodejs/2.1363.0 linux/v16.20.2 exec-env/AWS_ECS_FARGATE promise',
  'aws-sdk-dotnet-coreclr/3.7.101.44 aws-sdk-dotnet-core/3.7.103.6 .NET_Core/6.0.11 OS/Linux_5.4 ClientAsync',
  'APN/1.0 HashiCorp/1.0 Terraform/1.1.2 (+https://www.terraform.io) terraform-provider-aws/4.67.0 (+https://registry.terraform.io/providers/hashicorp/aws) aws-sdk-go/1.44.261 (go1.19.8; linux; amd64)',
  'aws-sdk-ruby3/3.90.0 ruby/2.7.0 x86_64-linux aws-sdk-core/3.90.0',
];

/**
 * Yields `{ record, accountId, region, deliveredAt }` for about `count` events, in the order in
 * which they happen. Times are spread evenly over `days` days from `start` (milliseconds).
 */
export function* trail({ seed, count, start, days, stsShare = 0.1, globalShare = 0.35 }) {
  const random = randomFrom(seed);
  const accounts = Array.from({ length: ACCOUNTS }, () =>
    String(100_000_000_000 + random.below(899_999_999_999)),
  );
  const world = { random, accounts, globalShare };
  const step = (days * 86_400_000) / count;
  for (let index = 0; index < count; index += 1) {
    const time = Math.floor(start + index * step);
    const events = random.chance(stsShare) ? stsCall(world, time) : [noise(world, time)];
    for (const event of events) {
      const record = ordered(event.record);
      const delivered = {
        ...event,
        record,
        deliveredAt: time + (random.chance(0.002) ? 40_000_000 : 300_000),
      };
      yield delivered;
      if (random.chance(0.01)) yield { ...delivered, deliveredAt: delivered.deliveredAt + 600_000 };
    }
  }
}

/** CloudTrail's own order of keys. */
const KEYS = [
  'eventVersion',
  'userIdentity',
  'eventTime',
  'eventSource',
  'eventName',
  'awsRegion',
  'sourceIPAddress',
  'userAgent',
  'errorCode',
  'errorMessage',
  'requestParameters',
  'responseElements',
  'additionalEventData',
  'requestID',
  'eventID',
  'readOnly',
  'resources',
  'eventType',
  'managementEvent',
  'recipientAccountId',
  'sharedEventID',
  'vpcEndpointId',
  'eventCategory',
  'tlsDetails',
];

function ordered(record) {
  return Object.fromEntries(KEYS.filter((key) => key in record).map((key) => [key, record[key]]));
}

function noise({ random, accounts }, time) {
  const accountId = random.pick(accounts);
  const region = random.pick(REGIONS);
  const [eventSource, eventName] = random.pick(NOISE);
  const host = eventSource.replace('.amazonaws.com', `.${region}.amazonaws.com`);
  const userIdentity = roleSession(random, accountId);
  const record = {
    eventVersion: '1.11',
    userIdentity,
    ...common(random, time, eventSource, eventName, region),
    userAgent: agentOf(random, userIdentity),
    requestParameters: {
      filterSet: {
        items: [{ name: 'tag:owner', valueSet: { items: [{ value: random.hex(12) }] } }],
      },
      maxResults: random.below(1000),
    },
    responseElements: null,
    ...tail(random, accountId, host),
  };
  return { record, accountId, region };
}

/** One call, as one or two records. */
function stsCall(world, time) {
  const { random } = world;
  const kind = random.next();
  if (kind < 0.5) return [serviceCall(world, time)];
  const isGlobal = random.chance(world.globalShare);
  const shape = isGlobal ? globalEndpoint(random, time) : regionalEndpoint(random);
  if (kind < 0.6) return crossAccountCall(world, time, shape);
  if (kind < 0.65) return [webIdentityCall(world, time, shape)];
  return [ordinaryCall(world, time, shape)];
}

function globalEndpoint(random, time) {
  const details = time >= Date.UTC(2025, 3, 1);
  const serving = random.pick(['us-east-1', 'eu-west-1', 'eu-central-1']);
  const served = details && random.chance(0.3);
  return {
    region: 'us-east-1',
    host: random.chance(0.02)
      ? undefined
      : served
        ? `sts-global.${serving}.amazonaws.com`
        : 'sts.amazonaws.com',
    requestDetails: details ? { awsServingRegion: serving, endpointType: 'global' } : undefined,
  };
}

function regionalEndpoint(random) {
  const region = random.pick(REGIONS);
  return {
    region,
    host: `sts.${region}.amazonaws.com`,
    requestDetails: { endpointType: 'regional', awsServingRegion: region },
  };
}

function serviceCall({ random, accounts }, time) {
  const accountId = random.pick(accounts);
  const service = random.pick(SERVICES);
  const region = random.pick(REGIONS);
  const base = common(random, time, 'sts.amazonaws.com', 'AssumeRole', region);
  const record = {
    eventVersion: '1.11',
    userIdentity: { type: 'AWSService', invokedBy: service },
    ...base,
    sourceIPAddress: service,
    userAgent: service,
    ...assumeRole(random, accountId),
    ...tail(random, accountId, undefined),
    sharedEventID: random.uuid(),
  };
  return { record, accountId, region };
}

function ordinaryCall({ random, accounts }, time, shape) {
  const accountId = random.pick(accounts);
  const roll = random.next();
  const userIdentity =
    roll < 0.7
      ? roleSession(random, accountId)
      : roll < 0.95
        ? user(random, accountId)
        : root(accountId);
  const caller = random.chance(0.5);
  const record = {
    eventVersion: '1.11',
    userIdentity,
    ...common(
      random,
      time,
      'sts.amazonaws.com',
      caller ? 'GetCallerIdentity' : 'AssumeRole',
      shape.region,
    ),
    userAgent: agentOf(random, userIdentity),
    ...(caller
      ? { requestParameters: null, responseElements: null }
      : assumeRole(random, accountId)),
    ...(shape.requestDetails
      ? { additionalEventData: { RequestDetails: shape.requestDetails } }
      : {}),
    ...tail(random, accountId, shape.host),
  };
  if (random.chance(0.02)) record.vpcEndpointId = `vpce-0${random.hex(16)}`;
  if (random.chance(0.05))
    Object.assign(record, {
      errorCode: 'AccessDenied',
      requestParameters: null,
      responseElements: null,
    });
  return { record, accountId, region: shape.region };
}

function webIdentityCall({ random, accounts }, time, shape) {
  const accountId = random.pick(accounts);
  const provider = `arn:aws:iam::${accountId}:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/${accountId}`;
  const subject = `system:serviceaccount:team-${random.below(4)}:worker`;
  const record = {
    eventVersion: '1.11',
    userIdentity: {
      type: 'WebIdentityUser',
      principalId: `${provider}:sts.amazonaws.com:${subject}`,
      userName: subject,
      identityProvider: provider,
    },
    ...common(random, time, 'sts.amazonaws.com', 'AssumeRoleWithWebIdentity', shape.region),
    userAgent: AGENTS[3],
    ...assumeRole(random, accountId),
    ...tail(random, accountId, shape.host),
  };
  return { record, accountId, region: shape.region };
}

/** Logged in the caller's account and in the role owner's, with ids of their own. */
function crossAccountCall({ random, accounts }, time, shape) {
  const caller = random.pick(accounts);
  const owner = random.chance(0.2) ? caller : random.pick(accounts);
  const shared = random.uuid();
  const session = roleSession(random, caller);
  const make = (accountId, userIdentity) => ({
    accountId,
    region: shape.region,
    record: {
      eventVersion: '1.11',
      userIdentity,
      ...base,
      ...assume,
      ...tail(random, accountId, shape.host),
      ...(caller === owner ? {} : { sharedEventID: shared }),
    },
  });
  const base = {
    ...common(random, time, 'sts.amazonaws.com', 'AssumeRole', shape.region),
    userAgent: agentOf(random, session),
  };
  const assume = assumeRole(random, owner);
  if (caller === owner) return [make(caller, session)];
  const target = make(owner, {
    type: 'AWSAccount',
    principalId: session.principalId,
    accountId: caller,
  });
  return random.chance(0.1) ? [target] : [make(caller, session), target];
}

/** A workload uses one client as a rule; now and then somebody runs another one by hand. */
function agentOf(random, { arn = '', accountId = '' }) {
  const name = arn.split('/')[1] ?? arn;
  let hash = 0;
  for (const char of accountId + name) hash = (hash * 31 + char.charCodeAt(0)) >>> 0;
  return random.chance(0.01) ? random.pick(AGENTS) : AGENTS[hash % AGENTS.length];
}

function common(random, time, eventSource, eventName, awsRegion) {
  return {
    eventTime: `${new Date(time).toISOString().slice(0, 19)}Z`,
    eventSource,
    eventName,
    awsRegion,
    sourceIPAddress: `10.${random.below(4)}.${random.below(8)}.${random.below(256)}`,
  };
}

function tail(random, accountId, host) {
  return {
    requestID: random.uuid(),
    eventID: random.uuid(),
    readOnly: true,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: accountId,
    eventCategory: 'Management',
    ...(host === undefined
      ? {}
      : {
          tlsDetails: {
            tlsVersion: 'TLSv1.3',
            cipherSuite: 'TLS_AES_128_GCM_SHA256',
            clientProvidedHostHeader: host,
          },
        }),
  };
}

function assumeRole(random, accountId) {
  const role = random.pick(ROLES);
  const roleArn = `arn:aws:iam::${accountId}:role/${role}`;
  const session = `session-${random.below(50)}`;
  return {
    requestParameters: {
      roleArn,
      roleSessionName: session,
      durationSeconds: random.pick([900, 3600, 43_200]),
    },
    responseElements: {
      credentials: {
        accessKeyId: 'ASIAEXAMPLE',
        sessionToken: random.hex(400),
        expiration: 'Feb 12, 2025, 11:16:48 PM',
      },
      assumedRoleUser: {
        assumedRoleId: `AROAEXAMPLE:${session}`,
        arn: `${roleArn.replace('iam', 'sts').replace('role/', 'assumed-role/')}/${session}`,
      },
    },
    resources: [{ accountId, type: 'AWS::IAM::Role', ARN: roleArn }],
  };
}

function roleSession(random, accountId) {
  const path = random.pick(ROLES);
  const name = path.slice(path.lastIndexOf('/') + 1);
  const session = `i-0${random.pick(['12ab', '34cd', '56ef'])}9876543210a`;
  return {
    type: 'AssumedRole',
    principalId: `AROA${name.toUpperCase()}:${session}`,
    arn: `arn:aws:sts::${accountId}:assumed-role/${name}/${session}`,
    accountId,
    accessKeyId: 'ASIAEXAMPLE',
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        principalId: `AROA${name.toUpperCase()}`,
        arn: `arn:aws:iam::${accountId}:role/${path}`,
        accountId,
        userName: name,
      },
      webIdFederationData: {},
      attributes: { creationDate: '2026-01-01T00:00:00Z', mfaAuthenticated: 'false' },
    },
  };
}

function user(random, accountId) {
  const userName = `svc-${random.pick(['jenkins', 'backup', 'legacy'])}`;
  return {
    type: 'IAMUser',
    principalId: `AIDA${userName.toUpperCase()}`,
    arn: `arn:aws:iam::${accountId}:user/service/${userName}`,
    accountId,
    accessKeyId: 'AKIAEXAMPLE',
    userName,
  };
}

function root(accountId) {
  return {
    type: 'Root',
    principalId: accountId,
    arn: `arn:aws:iam::${accountId}:root`,
    accountId,
    accessKeyId: '',
  };
}
