/**
 * `userIdentity` of every kind of caller.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
 */
const ROLES = [
  'app/payments',
  'app/search',
  'ci/deployer',
  'data/etl',
  'k8s/node',
  'ops/backup',
  'vendor/scanner',
  'web',
  'aws:ec2-instance',
  'aws-reserved/sso.amazonaws.com/eu-central-1/AWSReservedSSO_PowerUser_0123456789abcdef',
];
const STAMP = '2026-01-01T00:00:00Z';

export function roleSession(random, accountId) {
  const path = random.pick(ROLES);
  const name = path.slice(path.lastIndexOf('/') + 1);
  const session = random.chance(0.1)
    ? `user${random.below(200)}@example.com`
    : `i-0${random.pick(['12ab', '34cd', '56ef'])}9876543210a`;
  return {
    type: 'AssumedRole',
    principalId: `AROA${idOf(name)}:${session}`,
    arn: `arn:aws:sts::${accountId}:assumed-role/${name}/${session}`,
    accountId,
    accessKeyId: 'ASIAEXAMPLE',
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        principalId: `AROA${idOf(name)}`,
        arn: `arn:aws:iam::${accountId}:role/${path}`,
        accountId,
        userName: name,
      },
      webIdFederationData: path.startsWith('k8s/') ? clusterOf(accountId) : {},
      attributes: { creationDate: STAMP, mfaAuthenticated: 'false' },
    },
  };
}

/** Credentials that a pod got for its service account's token. */
function clusterOf(accountId) {
  const issuer = `oidc.eks.eu-west-1.amazonaws.com/id/${idOf(accountId)}`;
  return {
    federatedProvider: `arn:aws:iam::${accountId}:oidc-provider/${issuer}`,
    attributes: {},
  };
}

/** A session whose credentials a service handed to a function or task. */
export function functionSession(random, accountId) {
  const name = `fn-${random.below(5)}`;
  return {
    ...roleSession(random, accountId),
    inScopeOf: {
      issuerType: 'AWS::Lambda::Function',
      credentialsIssuedTo: `arn:aws:lambda:eu-west-1:${accountId}:function:${name}`,
    },
  };
}

/** A session on whose behalf a service calls. */
export function forwardedSession(random, accountId) {
  return {
    ...roleSession(random, accountId),
    invokedBy: random.pick(['cloudformation.amazonaws.com', 'athena.amazonaws.com']),
  };
}

export function user(random, accountId) {
  const userName = `svc-${random.pick(['jenkins', 'backup', 'legacy'])}`;
  return {
    type: 'IAMUser',
    principalId: `AIDA${idOf(userName)}`,
    arn: `arn:aws:iam::${accountId}:user/service/${userName}`,
    accountId,
    accessKeyId: 'AKIAEXAMPLE',
    userName,
    ...(random.chance(0.1)
      ? { sessionContext: { sessionIssuer: {}, webIdFederationData: {} } }
      : {}),
  };
}

export function root(random, accountId) {
  return {
    type: 'Root',
    principalId: accountId,
    arn: `arn:aws:iam::${accountId}:root`,
    accountId,
    accessKeyId: '',
  };
}

export function federatedUser(random, accountId) {
  const name = `guest-${random.below(30)}`;
  return {
    type: 'FederatedUser',
    principalId: `${accountId}:${name}`,
    arn: `arn:aws:sts::${accountId}:federated-user/${name}`,
    accountId,
    sessionContext: { sessionIssuer: user(random, accountId) },
  };
}

export function identityCenterUser(random, accountId) {
  return {
    type: 'IdentityCenterUser',
    accountId,
    onBehalfOf: {
      userId: `user-${random.below(6)}`,
      identityStoreArn: `arn:aws:identitystore::${accountId}:identitystore/d-0123456789`,
    },
    credentialId: random.hex(16),
  };
}

export function directoryUser(random, accountId) {
  const name = `corp\\user${random.below(4)}`;
  return { type: 'Directory', principalId: `S-1-5-${name}`, userName: name, accountId };
}

/** Of an account that is not in the organisation; this account logs the call as its target. */
export function outsider(random) {
  const accountId = random.pick(['999900001111', '999900002222']);
  return { type: 'AWSAccount', principalId: `AROAVENDOR:${random.hex(6)}`, accountId };
}

export function samlUser(random) {
  const name = random.pick(['ann', 'ben', 'zoë, "the" O\'Neill']);
  return {
    type: 'SAMLUser',
    principalId: `EXAMPLEqualifier=:${name}@example.com`,
    userName: `${name}@example.com`,
    identityProvider: 'EXAMPLEqualifier=',
  };
}

const SUBJECTS = [
  (random, accountId) => [
    `arn:aws:iam::${accountId}:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/${accountId}`,
    `system:serviceaccount:team-${random.below(4)}:worker`,
  ],
  (random, accountId) => [
    `arn:aws:iam::${accountId}:oidc-provider/token.actions.githubusercontent.com`,
    `repo:acme/shop:ref:refs/heads/branch-${random.below(50)}`,
  ],
  (random) => ['cognito-identity.amazonaws.com', `eu-west-1:${random.uuid()}`],
];

export function webIdentityUser(random, accountId) {
  const [identityProvider, userName] = random.pick(SUBJECTS)(random, accountId);
  const audience = identityProvider.startsWith('cognito') ? 'pool' : 'sts.amazonaws.com';
  return {
    type: 'WebIdentityUser',
    principalId: `${identityProvider}:${audience}:${userName}`,
    userName,
    identityProvider,
  };
}

function idOf(name) {
  return name
    .replaceAll(/[^A-Za-z0-9]/g, '')
    .toUpperCase()
    .slice(0, 16);
}
