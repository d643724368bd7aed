/**
 * Writes the sample logs of the repository: node bench/samples.mjs. Made-up accounts; small, but
 * every kind of caller and every trap occurs once or twice.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { randomFrom } from './random.mjs';

const root = fileURLToPath(new URL('../examples/logs', import.meta.url));
const random = randomFrom(2026);
const [PLATFORM, SHOP, DATA, VENDOR] = [
  '111122223333',
  '444455556666',
  '777788889999',
  '123456789012',
];

const tls = (host, version = 'TLSv1.3') => ({
  tlsVersion: version,
  cipherSuite: 'TLS_AES_128_GCM_SHA256',
  clientProvidedHostHeader: host,
});
const served = (region, type = 'global') => ({
  additionalEventData: { RequestDetails: { endpointType: type, awsServingRegion: region } },
});
const assume = (roleArn, name, seconds = 3600) => ({
  eventName: 'AssumeRole',
  requestParameters: { roleArn, roleSessionName: name, durationSeconds: seconds },
  responseElements: {
    credentials: {
      accessKeyId: 'ASIAEXAMPLE',
      sessionToken: 'EXAMPLE',
      expiration: 'Jan 10, 2026, 1:00:00 PM',
    },
  },
});

function role(account, path, session) {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return {
    type: 'AssumedRole',
    principalId: `AROAEXAMPLE${name.toUpperCase()}:${session}`,
    arn: `arn:aws:sts::${account}:assumed-role/${name}/${session}`,
    accountId: account,
    accessKeyId: 'ASIAEXAMPLE',
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        principalId: `AROAEXAMPLE${name.toUpperCase()}`,
        arn: `arn:aws:iam::${account}:role/${path}`,
        accountId: account,
        userName: name,
      },
      webIdFederationData: {},
      attributes: { creationDate: '2026-01-10T08:00:00Z', mfaAuthenticated: 'false' },
    },
  };
}
const user = (account, path) => ({
  type: 'IAMUser',
  principalId: 'AIDAEXAMPLE',
  arn: `arn:aws:iam::${account}:user/${path}`,
  accountId: account,
  accessKeyId: 'AKIAEXAMPLE',
  userName: path.slice(path.lastIndexOf('/') + 1),
});
const rootUser = (account) => ({
  type: 'Root',
  principalId: account,
  arn: `arn:aws:iam::${account}:root`,
  accountId: account,
  accessKeyId: 'ASIAEXAMPLE',
});

function record(account, time, changes) {
  const { tlsDetails = tls('sts.amazonaws.com'), eventVersion = '1.11', ...rest } = changes;
  return {
    eventVersion,
    userIdentity: rest.userIdentity,
    eventTime: time,
    eventSource: 'sts.amazonaws.com',
    eventName: 'GetCallerIdentity',
    awsRegion: 'us-east-1',
    sourceIPAddress: '203.0.113.10',
    userAgent: 'unknown',
    requestParameters: null,
    responseElements: null,
    ...rest,
    requestID: random.uuid(),
    eventID: random.uuid(),
    readOnly: true,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: account,
    ...(rest.sharedEventID === undefined ? {} : { sharedEventID: rest.sharedEventID }),
    ...(rest.vpcEndpointId === undefined ? {} : { vpcEndpointId: rest.vpcEndpointId }),
    eventCategory: 'Management',
    ...(tlsDetails === null ? {} : { tlsDetails }),
  };
}

const AGENT = {
  lambda:
    'Boto3/1.26.90 Python/3.9.16 Linux/4.14.255-301-238.520.amzn2.x86_64 exec-env/AWS_Lambda_python3.9 Botocore/1.29.90',
  cli1: 'aws-cli/1.27.74 Python/3.10.6 Linux/5.15.0-1031-aws botocore/1.29.74',
  cli2: 'aws-cli/2.32.0 md/awscrt#0.28.4 ua/2.1 os/linux#6.1.0 md/arch#x86_64 lang/python#3.13.9 md/pyimpl#CPython m/E,b,Z cfg/retry-mode#standard md/installer#exe md/prompt#off md/command#sts.get-caller-identity',
  terraform: (version, go) =>
    `APN/1.0 HashiCorp/1.0 Terraform/1.5.7 (+https://www.terraform.io) terraform-provider-aws/${version} (+https://registry.terraform.io/providers/hashicorp/aws) aws-sdk-go/${go} (go1.19.8; linux; amd64)`,
  java1:
    'aws-sdk-java/1.12.488 Linux/5.4.0-150-generic OpenJDK_64-Bit_Server_VM/11.0.19+7 java/11.0.19 vendor/Eclipse_Adoptium cfg/retry-mode/legacy',
  go1: 'aws-sdk-go/1.44.157 (go1.19.3; linux; amd64)',
  js2: 'aws-sdk-nodejs/2.1363.0 linux/v16.20.2 exec-env/AWS_ECS_FARGATE promise',
  dotnet3:
    'aws-sdk-dotnet-coreclr/3.7.101.44 aws-sdk-dotnet-core/3.7.103.6 .NET_Core/6.0.11 OS/Linux_5.10 ClientAsync',
  go2: 'aws-sdk-go-v2/1.36.3 ua/2.1 os/linux lang/go#1.24.1 md/GOOS#linux md/GOARCH#arm64 api/sts#1.33.17 m/g,N',
  botocoreNew:
    'Boto3/1.42.97 md/Botocore#1.42.97 ua/2.1 os/linux#6.8.0 md/arch#x86_64 lang/python#3.12.13 md/pyimpl#CPython m/Z,b,D cfg/retry-mode#legacy Botocore/1.42.97',
};
const at = (day, time) => `2026-01-${day}T${time}Z`;
const times = (count, make) => Array.from({ length: count }, (_, index) => make(index));
const clock = (index) =>
  `${String(6 + (index % 12)).padStart(2, '0')}:${String((index * 7) % 60).padStart(2, '0')}:00`;

const shop10 = [
  ...times(8, (i) =>
    record(SHOP, at('10', clock(i)), {
      userIdentity: role(SHOP, 'app/orders-lambda', 'orders-export'),
      userAgent: AGENT.lambda,
      sourceIPAddress: '198.51.100.21',
      ...assume(`arn:aws:iam::${DATA}:role/ingest`, 'orders-export', 900),
      ...served('eu-west-1'),
    }),
  ),
  ...times(5, (i) =>
    record(SHOP, at('10', clock(i)), {
      userIdentity: role(SHOP, 'app/cart', `task${i % 2}0123456789abcdef`),
      userAgent: AGENT.js2,
      ...served('eu-west-1'),
      tlsDetails: tls('sts-global.eu-west-1.amazonaws.com'),
    }),
  ),
  record(SHOP, at('10', '09:00:00'), {
    userIdentity: {
      type: 'WebIdentityUser',
      principalId:
        'arn:aws:iam::444455556666:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B716D3041E:sts.amazonaws.com:system:serviceaccount:shop:worker',
      userName: 'system:serviceaccount:shop:worker',
      identityProvider:
        'arn:aws:iam::444455556666:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B716D3041E',
    },
    userAgent: AGENT.go1,
    ...assume(`arn:aws:iam::${SHOP}:role/k8s/worker`, '1768035600000000000', 3600),
    eventName: 'AssumeRoleWithWebIdentity',
    ...served('us-east-1'),
  }),
  record(SHOP, at('10', '09:30:00'), {
    userIdentity: {
      type: 'SAMLUser',
      principalId: 'EXAMPLEqualifier=:jo@example.com',
      userName: 'jo@example.com',
      identityProvider: 'EXAMPLEqualifier=',
    },
    userAgent: AGENT.cli1,
    ...assume(`arn:aws:iam::${SHOP}:role/Admin`, 'jo@example.com', 43_200),
    eventName: 'AssumeRoleWithSAML',
    ...served('us-east-1'),
  }),
  // What must not count: Regional calls, AWS services, look-alikes.
  ...times(6, (i) =>
    record(SHOP, at('10', clock(i)), {
      userIdentity: role(SHOP, 'app/orders-lambda', 'orders-export'),
      userAgent: AGENT.cli2,
      tlsDetails: tls('sts.us-east-1.amazonaws.com'),
      ...served('us-east-1', 'regional'),
    }),
  ),
  ...times(9, (i) =>
    record(SHOP, at('10', clock(i)), {
      userIdentity: { type: 'AWSService', invokedBy: 'lambda.amazonaws.com' },
      userAgent: 'lambda.amazonaws.com',
      sourceIPAddress: 'lambda.amazonaws.com',
      ...assume(`arn:aws:iam::${SHOP}:role/app/orders-lambda`, 'orders-export'),
      tlsDetails: null,
      sharedEventID: random.uuid(),
    }),
  ),
  record(SHOP, at('10', '10:00:00'), {
    userIdentity: user(SHOP, 'auditor'),
    userAgent: AGENT.cli2,
    eventName: 'DecodeAuthorizationMessage',
    requestParameters: { note: 'sts.amazonaws.com' },
    tlsDetails: tls('sts.us-east-1.amazonaws.com'),
  }),
];
const platform10 = [
  ...times(12, (i) =>
    record(PLATFORM, at('10', clock(i)), {
      userIdentity: role(PLATFORM, 'ci/terraform', `run-${i}`),
      userAgent: AGENT.terraform(i < 7 ? '4.67.0' : '5.31.0', i < 7 ? '1.44.261' : '1.48.10'),
      sourceIPAddress: `192.0.2.${i % 3}`,
      ...served('us-east-1'),
    }),
  ),
  ...times(4, (i) =>
    record(PLATFORM, at('10', clock(i)), {
      userIdentity: user(PLATFORM, 'service-accounts/svc-jenkins'),
      userAgent: AGENT.cli1,
      sourceIPAddress: '203.0.113.77',
      ...assume(`arn:aws:iam::${SHOP}:role/Deploy`, 'jenkins', 3600),
      errorCode: i === 3 ? 'AccessDenied' : undefined,
      ...served('us-east-1'),
    }),
  ),
  ...times(3, (i) =>
    record(PLATFORM, at('10', clock(i)), {
      userIdentity: role(
        PLATFORM,
        'aws-reserved/sso.amazonaws.com/eu-central-1/AWSReservedSSO_PowerUser_0123456789abcdef',
        'jo@example.com',
      ),
      userAgent: AGENT.botocoreNew,
      sourceIPAddress: '203.0.113.80',
      ...served('us-east-1'),
    }),
  ),
  record(PLATFORM, at('10', '11:00:00'), {
    userIdentity: rootUser(PLATFORM),
    userAgent: AGENT.cli1,
    sourceIPAddress: '203.0.113.99',
  }),
  record(PLATFORM, at('10', '11:05:00'), {
    userIdentity: {
      type: 'FederatedUser',
      principalId: `${PLATFORM}:partner`,
      arn: `arn:aws:sts::${PLATFORM}:federated-user/partner`,
      accountId: PLATFORM,
      sessionContext: {
        sessionIssuer: {
          type: 'IAMUser',
          principalId: 'AIDAEXAMPLE',
          arn: `arn:aws:iam::${PLATFORM}:user/broker`,
          accountId: PLATFORM,
          userName: 'broker',
        },
      },
    },
    userAgent: AGENT.dotnet3,
  }),
  record(PLATFORM, at('10', '11:10:00'), {
    userIdentity: {
      type: 'IdentityCenterUser',
      accountId: PLATFORM,
      onBehalfOf: {
        userId: '0123456789-1f2e3d4c',
        identityStoreArn: `arn:aws:identitystore::${PLATFORM}:identitystore/d-0123456789`,
      },
      credentialId: 'EXAMPLE',
    },
    userAgent: 'internal-tool/3.1',
  }),
  record(PLATFORM, at('10', '11:15:00'), {
    userIdentity: {
      ...role(PLATFORM, 'stacks/cloudformation', 'AWSCloudFormation'),
      invokedBy: 'cloudformation.amazonaws.com',
    },
    userAgent: 'cloudformation.amazonaws.com',
    sourceIPAddress: 'cloudformation.amazonaws.com',
    ...served('us-east-1'),
  }),
  record(PLATFORM, at('10', '12:00:00'), {
    userIdentity: role(PLATFORM, 'net/proxy', 'i-0123456789abcdef0'),
    userAgent: AGENT.go2,
    vpcEndpointId: 'vpce-0123456789abcdef0',
    ...served('us-east-1'),
  }),
];
const pair = random.uuid();
const crossing = {
  ...assume(`arn:aws:iam::${DATA}:role/warehouse`, 'nightly', 7200),
  userAgent: AGENT.java1,
  sourceIPAddress: '198.51.100.40',
  ...served('ap-southeast-2'),
  sharedEventID: pair,
};
const shopCrossing = record(SHOP, at('10', '23:58:00'), {
  ...crossing,
  userIdentity: role(SHOP, 'data/etl', 'i-0fedcba9876543210'),
});
const dataCrossing = record(DATA, at('10', '23:58:00'), {
  ...crossing,
  userIdentity: {
    type: 'AWSAccount',
    principalId: 'AROAEXAMPLEETL:i-0fedcba9876543210',
    accountId: SHOP,
  },
});
const data = [
  dataCrossing,
  ...times(2, (i) =>
    record(DATA, at('10', clock(i)), {
      ...assume(`arn:aws:iam::${DATA}:role/vendor/scanner`, 'scan', 3600),
      userIdentity: { type: 'AWSAccount', principalId: 'AROAVENDOR:scanner', accountId: VENDOR },
      userAgent: AGENT.java1,
      sourceIPAddress: '192.0.2.200',
      ...served('us-east-1'),
      sharedEventID: random.uuid(),
    }),
  ),
  // 2023: before endpointType existed, and a record without any TLS details.
  record(DATA, '2023-07-10T12:07:55Z', {
    eventVersion: '1.08',
    userIdentity: user(DATA, 'legacy/etl'),
    userAgent: AGENT.go1,
    tlsDetails: tls('STS.amazonaws.com:443', 'TLSv1.2'),
  }),
  record(DATA, '2023-07-10T12:08:00Z', {
    eventVersion: '1.08',
    userIdentity: user(DATA, 'legacy/etl'),
    userAgent: AGENT.go1,
    tlsDetails: null,
  }),
];

rmSync(root, { recursive: true, force: true });
write(SHOP, 'us-east-1', '2026/01/10', shop10);
write(PLATFORM, 'us-east-1', '2026/01/10', platform10);
write(
  PLATFORM,
  'us-east-1',
  '2026/01/11',
  platform10.slice(0, 4),
  'a second trail delivered these again',
);
write(SHOP, 'us-east-1', '2026/01/11', [shopCrossing], 'delivered after midnight');
write(DATA, 'us-east-1', '2026/01/11', data);
write(
  SHOP,
  'eu-west-1',
  '2026/01/10',
  times(5, (i) =>
    record(SHOP, at('10', clock(i)), {
      awsRegion: 'eu-west-1',
      userIdentity: role(SHOP, 'app/search', 'i-00112233445566778'),
      userAgent: AGENT.cli2,
      tlsDetails: tls('sts.eu-west-1.amazonaws.com'),
      ...served('eu-west-1', 'regional'),
    }),
  ),
);
writePlain(
  `AWSLogs/o-exampleorg/${SHOP}/CloudTrail-Digest/us-east-1/2026/01/10/${SHOP}_CloudTrail-Digest_us-east-1_trail_us-east-1_20260110T130000Z.json.gz`,
  {
    awsAccountId: SHOP,
    digestStartTime: '2026-01-10T12:00:00Z',
    digestEndTime: '2026-01-10T13:00:00Z',
    logFiles: [],
  },
);

function write(account, region, day, records) {
  const name = `${account}_CloudTrail_${region}_${day.replaceAll('/', '')}T1205Z_${random.hex(16)}.json.gz`;
  writePlain(`AWSLogs/o-exampleorg/${account}/CloudTrail/${region}/${day}/${name}`, {
    Records: records,
  });
}

function writePlain(path, value) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), gzipSync(JSON.stringify(value), { level: 9 }));
}
