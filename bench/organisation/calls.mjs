/**
 * Calls of STS: each as one record, or as two where two accounts log it.
 */
import { hostileText } from './clients.mjs';
import { globalEndpoint, regionalEndpoint } from './endpoint.mjs';
import {
  directoryUser,
  federatedUser,
  forwardedSession,
  functionSession,
  identityCenterUser,
  outsider,
  roleSession,
  root,
  samlUser,
  user,
  webIdentityUser,
} from './identities.mjs';
import { recordOf } from './record.mjs';
import { clientOf, REGIONS } from './world.mjs';

const SERVICES = [
  'lambda.amazonaws.com',
  'ec2.amazonaws.com',
  'ecs-tasks.amazonaws.com',
  'config.amazonaws.com',
  'cloudtrail.amazonaws.com',
];
const TARGETS = ['app/payments', 'ci/deployer', 'data/etl', 'ops/backup', 'web'];

/** Callers of ordinary calls, with their shares. */
const CALLERS = [
  [0.62, roleSession],
  [0.06, functionSession],
  [0.04, forwardedSession],
  [0.2, user],
  [0.03, root],
  [0.02, federatedUser],
  [0.01, identityCenterUser],
  [0.01, directoryUser],
  [0.01, () => ({ type: 'Unknown', principalId: 'who:ever' })],
];

export function stsCall(world, time) {
  const { random, globalShare } = world;
  const kind = random.next();
  if (kind < 0.45) return [serviceCall(world, time)];
  const endpoint = random.chance(globalShare) ? globalEndpoint(random, time) : regionalEndpoint(random); // prettier-ignore
  if (kind < 0.46) return [serviceCall(world, time, endpoint)];
  if (kind < 0.6) return crossAccountCall(world, time, endpoint);
  if (kind < 0.65) return [federatedCall(world, time, endpoint, 'AssumeRoleWithWebIdentity')];
  if (kind < 0.67) return [federatedCall(world, time, endpoint, 'AssumeRoleWithSAML')];
  if (kind < 0.69) return [outsiderCall(world, time, endpoint)];
  return [ordinaryCall(world, time, endpoint)];
}

/** One record; the account that logs it, and the endpoint, decide where. */
function logged(world, time, accountId, endpoint, changes) {
  const { random } = world;
  const { region, fields, isGlobal = false } = endpoint;
  const record = recordOf(
    random,
    { time, accountId, region },
    {
      eventSource: 'sts.amazonaws.com',
      requestParameters: null,
      responseElements: null,
      userAgent: random.chance(0.01) ? hostileText(random) : clientOf(world, changes.userIdentity, time), // prettier-ignore
      ...fields,
      ...changes,
    },
  );
  return { record, accountId, region, isGlobal };
}

/** CloudTrail does not tell which endpoint a service reached, with rare exceptions. */
function serviceCall(world, time, endpoint) {
  const { random, accounts } = world;
  const accountId = random.pick(accounts);
  const service = random.pick(SERVICES);
  return logged(world, time, accountId, endpoint ?? { region: random.pick(REGIONS), fields: {} }, {
    userIdentity: { type: 'AWSService', invokedBy: service },
    sourceIPAddress: service,
    userAgent: service,
    ...assumeRole(random, accountId),
    sharedEventID: random.uuid(),
  });
}

function ordinaryCall(world, time, endpoint) {
  const { random, accounts } = world;
  const accountId = random.pick(accounts);
  const userIdentity = pickCaller(random)(random, accountId);
  const call = random.chance(0.5)
    ? { eventName: 'GetCallerIdentity' }
    : assumeRole(random, accountId);
  return logged(world, time, accountId, endpoint, {
    userIdentity,
    ...call,
    ...(random.chance(0.02) ? { vpcEndpointId: `vpce-0${random.pick(['a', 'b', 'c'])}123456789abcdef` } : {}), // prettier-ignore
    ...(random.chance(0.05) ? denied(userIdentity, accountId) : {}),
  });
}

function pickCaller(random) {
  let roll = random.next();
  return (CALLERS.find(([share]) => (roll -= share) < 0) ?? CALLERS[0])[1];
}

/** A denied call has no parameters; its message names the role. */
function denied({ arn = 'somebody' }, accountId) {
  return {
    errorCode: 'AccessDenied',
    errorMessage: `User: ${arn} is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::${accountId}:role/Secret`,
    requestParameters: null,
    responseElements: null,
    resources: undefined,
  };
}

function federatedCall(world, time, endpoint, eventName) {
  const { random, accounts } = world;
  const accountId = random.pick(accounts);
  const userIdentity =
    eventName === 'AssumeRoleWithSAML' ? samlUser(random) : webIdentityUser(random, accountId);
  return logged(world, time, accountId, endpoint, {
    userIdentity,
    ...assumeRole(random, accountId),
    eventName,
  });
}

function outsiderCall(world, time, endpoint) {
  const { random, accounts } = world;
  const accountId = random.pick(accounts);
  return logged(world, time, accountId, endpoint, {
    userIdentity: outsider(random),
    ...assumeRole(random, accountId),
    sharedEventID: random.uuid(),
  });
}

/** Logged by the caller's account and by the role owner's, with ids of their own. */
function crossAccountCall(world, time, endpoint) {
  const { random, accounts } = world;
  const [caller, owner] = [random.pick(accounts), random.pick(accounts)];
  const userIdentity = roleSession(random, caller);
  const shared = {
    ...assumeRole(random, owner),
    userAgent: clientOf(world, userIdentity, time),
    sourceIPAddress: `198.51.100.${random.below(256)}`,
    ...(caller === owner ? {} : { sharedEventID: random.uuid() }),
  };
  const ofCaller = logged(world, time, caller, endpoint, { userIdentity, ...shared });
  if (caller === owner) return [ofCaller];
  const ofOwner = logged(world, time, owner, endpoint, {
    ...shared,
    userIdentity: { type: 'AWSAccount', principalId: userIdentity.principalId, accountId: caller },
  });
  // The caller's account may have no trail of its own.
  return random.chance(0.1) ? [ofOwner] : [ofCaller, ofOwner];
}

function assumeRole(random, accountId) {
  const roleArn = `arn:aws:iam::${accountId}:role/${random.pick(TARGETS)}`;
  const session = `session-${random.below(150)}`;
  return {
    eventName: 'AssumeRole',
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
