/**
 * From `userIdentity` to the principal that has to change something.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
 */
import { type Fields, fieldsOf, textOf } from '../cloudtrail/fields.js';
import type { Principal, PrincipalType } from '../contracts.js';
import { federatedId } from './federation.js';

export interface Identity {
  readonly principal: Principal;
  /** The session or subject that was folded away; null when there is none. */
  readonly sessionName: string | null;
  /** The AWS service that made the call, also on the principal's behalf; else null. */
  readonly awsService: string | null;
}

const TYPES: Readonly<Record<string, PrincipalType>> = {
  AssumedRole: 'role',
  Role: 'role',
  IAMUser: 'user',
  Root: 'root',
  FederatedUser: 'federated-user',
  WebIdentityUser: 'web-identity',
  SAMLUser: 'saml',
  AWSAccount: 'external-account',
  IdentityCenterUser: 'identity-center-user',
  Directory: 'directory-user',
  AWSService: 'aws-service',
};

/** Never throws; a record without any identity becomes the principal `unknown`. */
export function identify(record: Fields, targetRole: string | null): Identity {
  const user = fieldsOf(record['userIdentity']);
  const type = principalType(user);
  const { id, sessionName } = NAMED[type](user, targetRole);
  return {
    principal: { type, id: id ?? 'unknown', accountId: accountOf(user, id) },
    sessionName,
    awsService:
      textOf(user['invokedBy']) ?? (type === 'aws-service' ? 'unnamed AWS service' : null),
  };
}

interface Named {
  readonly id: string | null;
  readonly sessionName: string | null;
}
type Naming = (user: Fields, targetRole: string | null) => Named;

const NAMED: Readonly<Record<PrincipalType, Naming>> = {
  role: nameSession,
  'federated-user': nameSession,
  user: nameUser,
  root: (user) => alone(arnOf(user) ?? accountArn(user, 'root') ?? principalIdOf(user)),
  'web-identity': federatedId,
  saml: federatedId,
  'external-account': (user) => ({
    id: textOf(user['accountId']) ?? principalIdOf(user),
    sessionName: textOf(user['principalId']),
  }),
  'identity-center-user': (user) =>
    alone(textOf(fieldsOf(user['onBehalfOf'])['userId']) ?? nameOrId(user)),
  'directory-user': (user) => alone(wholeId(user)),
  'aws-service': (user) => alone(textOf(user['invokedBy'])),
  unknown: (user) => alone(arnOf(user) ?? wholeId(user)),
};

/** Service events have no type but name the service that made the call. */
function principalType(user: Fields): PrincipalType {
  const type = textOf(user['type']);
  if (type !== null) return Object.hasOwn(TYPES, type) ? (TYPES[type] ?? 'unknown') : 'unknown';
  if (textOf(user['arn']) === null && textOf(user['invokedBy']) !== null) return 'aws-service';
  return 'unknown';
}

/** The issuer's ARN keeps the role's path, which the session's ARN has lost. */
function nameSession(user: Fields): Named {
  const arn = arnOf(user);
  const session = sessionOf(arn) ?? sessionOf(textOf(user['principalId']), ':');
  const issuer = fieldsOf(fieldsOf(user['sessionContext'])['sessionIssuer']);
  const id = textOf(issuer['arn']) ?? withoutSession(arn) ?? textOf(issuer['principalId']);
  return { id: id ?? principalIdOf(user) ?? nameOrId(user), sessionName: session };
}

/** CloudTrail puts this in the place of what somebody may have typed for a name. */
const HIDDEN = 'HIDDEN_DUE_TO_SECURITY_REASONS';

function nameUser(user: Fields): Named {
  const written = textOf(user['userName']);
  const name = written === HIDDEN && principalIdOf(user) !== null ? null : written;
  return alone(
    arnOf(user) ?? (name === null ? null : accountArn(user, `user/${name}`)) ?? nameOrId(user),
  );
}

function alone(id: string | null): Named {
  return { id, sessionName: null };
}

function nameOrId(user: Fields): string | null {
  return principalIdOf(user) ?? textOf(user['userName']) ?? textOf(user['accountId']);
}

/** What stands behind a colon is a session only where there are sessions. */
function wholeId(user: Fields): string | null {
  return textOf(user['principalId']) ?? nameOrId(user);
}

/** `AROAEXAMPLE:session` without the session. */
function principalIdOf(user: Fields): string | null {
  return textOf(textOf(user['principalId'])?.split(':')[0]);
}

function arnOf(user: Fields): string | null {
  return textOf(user['arn']);
}

/** The global endpoint exists in the partition `aws` only, so the partition is known. */
function accountArn(user: Fields, resource: string): string | null {
  const account = textOf(user['accountId']);
  return account === null ? null : `arn:aws:iam::${account}:${resource}`;
}

/** A session name holds no slash, a role name may hold a colon: cut at the last slash. */
function withoutSession(arn: string | null): string | null {
  if (arn === null || !arn.includes(':assumed-role/')) return arn;
  const end = arn.lastIndexOf('/');
  return end > arn.indexOf('/') ? arn.slice(0, end) : arn;
}

function sessionOf(text: string | null, separator = '/'): string | null {
  if (text === null) return null;
  const start = text.indexOf(separator);
  const end = text.lastIndexOf(separator);
  if (separator === '/' && end === start) return null;
  return start < 0 ? null : textOf(text.slice((separator === '/' ? end : start) + 1));
}

function accountOf(user: Fields, id: string | null): string | null {
  return (
    textOf(user['accountId']) ?? /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(id ?? '')?.[1] ?? null
  );
}
