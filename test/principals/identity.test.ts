import { describe, expect, it } from 'vitest';
import { identify } from '../../src/principals/identity.js';
import type { Principal } from '../../src/contracts.js';
import { ACCOUNT, type Json, roleIdentity } from '../support/records.js';

const ROLE = `arn:aws:iam::${ACCOUNT}:role/target`;
const who = (userIdentity: unknown, targetRole: string | null = null): Principal =>
  identify({ userIdentity }, targetRole).principal;

describe('roles', () => {
  it('folds sessions to the role and keeps its path', () => {
    const path = `arn:aws:iam::${ACCOUNT}:role/aws-reserved/sso.amazonaws.com/ap-southeast-2/AWSReservedSSO_Admin_ab12`;
    const identity = roleIdentity('jo@example.com');
    const session = identity['sessionContext'] as { sessionIssuer: Json };
    session.sessionIssuer['arn'] = path;
    expect(identify({ userIdentity: identity }, null)).toMatchObject({
      principal: { type: 'role', id: path, accountId: ACCOUNT },
      sessionName: 'jo@example.com',
    });
  });

  it.each([[{}], [undefined], [{ sessionIssuer: {} }], ['text']])(
    'falls back to the ARN without its session when the context is %j',
    (sessionContext) => {
      const arn = `arn:aws:sts::${ACCOUNT}:assumed-role/aws:ec2-instance/i-0abc`;
      expect(who({ type: 'AssumedRole', arn, sessionContext })).toEqual({
        type: 'role',
        id: `arn:aws:sts::${ACCOUNT}:assumed-role/aws:ec2-instance`,
        accountId: ACCOUNT,
      });
    },
  );

  it('falls back to the role’s id when there is no ARN at all', () => {
    expect(who({ type: 'AssumedRole', principalId: 'AROAX:s' }).id).toBe('AROAX');
  });

  it('keeps text that was put in place of an ARN', () => {
    const arn = '[AWS_ARN_REDACTED][AWS_ACCOUNT_ID_REDACTED]:user/x';
    expect(who({ type: 'IAMUser', arn }).id).toBe(arn);
  });

  it('folds a federated user to who federated it', () => {
    const sessionIssuer = { type: 'IAMUser', arn: `arn:aws:iam::${ACCOUNT}:user/broker` };
    const arn = `arn:aws:sts::${ACCOUNT}:federated-user/jo`;
    expect(
      identify(
        { userIdentity: { type: 'FederatedUser', arn, sessionContext: { sessionIssuer } } },
        null,
      ),
    ).toMatchObject({
      principal: { type: 'federated-user', id: `arn:aws:iam::${ACCOUNT}:user/broker` },
    });
  });
});

describe('users and accounts', () => {
  it('names a user by ARN, else by name and account, else by id', () => {
    const arn = `arn:aws:iam::${ACCOUNT}:user/service-accounts/svc-jenkins`;
    expect(who({ type: 'IAMUser', arn, userName: 'svc-jenkins' }).id).toBe(arn);
    expect(who({ type: 'IAMUser', accountId: ACCOUNT, userName: 'jo' }).id).toBe(
      `arn:aws:iam::${ACCOUNT}:user/jo`,
    );
    expect(who({ type: 'IAMUser', principalId: 'AIDAX' }).id).toBe('AIDAX');
  });

  it('names root by its account', () => {
    expect(who({ type: 'Root', accountId: ACCOUNT })).toMatchObject({
      type: 'root',
      id: `arn:aws:iam::${ACCOUNT}:root`,
    });
  });

  it('takes the target’s copy of a cross-account call for an external account', () => {
    expect(who({ type: 'AWSAccount', principalId: 'AROAX:s', accountId: '444455556666' })).toEqual({
      type: 'external-account',
      id: '444455556666',
      accountId: '444455556666',
    });
  });

  it.each([
    ['Root', { principalId: '111122223333' }, '111122223333'],
    ['AWSAccount', { principalId: 'AROAX:s' }, 'AROAX'],
    ['IdentityCenterUser', { principalId: 'AIDCX' }, 'AIDCX'],
    ['IdentityCenterUser', { userName: 'jo' }, 'jo'],
    ['IAMUser', { accountId: ACCOUNT }, ACCOUNT],
    ['AssumedRole', { userName: 'payments' }, 'payments'],
    ['Unknown', { principalId: 'a:b' }, 'a:b'],
  ])('takes what there is of %s %j', (type, fields, id) => {
    expect(who({ type, ...fields }).id).toBe(id);
  });

  it('names an Identity Center user by its id', () => {
    expect(
      who({ type: 'IdentityCenterUser', accountId: ACCOUNT, onBehalfOf: { userId: 'u-1' } }),
    ).toMatchObject({
      type: 'identity-center-user',
      id: 'u-1',
    });
  });
});

describe('federation', () => {
  const eks = `arn:aws:iam::${ACCOUNT}:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/AB12`;

  it('names a web identity by provider, subject and role', () => {
    const userName = 'system:serviceaccount:shop:worker';
    expect(who({ type: 'WebIdentityUser', userName, identityProvider: eks }, ROLE)).toMatchObject({
      type: 'web-identity',
      id: `${eks} ${userName} -> ${ROLE}`,
    });
  });

  it('takes the provider from the id where there is no field for it, as in AWS’s own Athena table', () => {
    const userName = 'repo:acme/shop:ref:refs/heads/main';
    const principalId = `${eks}:sts.amazonaws.com:${userName}`;
    expect(who({ type: 'WebIdentityUser', principalId, userName }, ROLE)).toEqual({
      type: 'web-identity',
      id: `${eks} repo:acme/shop:* -> ${ROLE}`,
      accountId: ACCOUNT,
    });
    const saml = { type: 'SAMLUser', principalId: 'qualifier=:jo', userName: 'jo' };
    expect(who(saml, ROLE).id).toBe(`qualifier= -> ${ROLE}`);
  });

  it('folds branches of a repository, and end users of Cognito', () => {
    const github = {
      type: 'WebIdentityUser',
      identityProvider: 'token.actions.githubusercontent.com',
      userName: 'repo:acme/shop:ref:refs/heads/x',
    };
    const cognito = {
      type: 'WebIdentityUser',
      identityProvider: 'cognito-identity.amazonaws.com',
      userName: 'eu-west-1:123',
    };
    expect(who(github, ROLE).id).toBe(
      `token.actions.githubusercontent.com repo:acme/shop:* -> ${ROLE}`,
    );
    expect(who(cognito, ROLE).id).toBe(`cognito-identity.amazonaws.com * -> ${ROLE}`);
  });

  it.each([
    ['project_path:shop/api:ref_type:branch:ref:main', 'project_path:shop/api:*'],
    [
      'organization:acme:project:web:workspace:prod:run_phase:plan',
      'organization:acme:project:web:workspace:prod:*',
    ],
    [
      'organization:acme:pipeline:shop:ref:refs/heads/main:commit:1f2e3d4c:step:deploy',
      'organization:acme:pipeline:shop:*',
    ],
    [
      'org/11111111-2222-3333-4444-555555555555/project/66666666-7777-8888-9999-000000000000/user/aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee/vcs-origin/github.com/acme/shop/vcs-ref/refs/heads/main',
      'org/11111111-2222-3333-4444-555555555555/project/66666666-7777-8888-9999-000000000000/*',
    ],
    [
      '{11111111-2222-3333-4444-555555555555}:{66666666-7777-8888-9999-000000000000}',
      '{11111111-2222-3333-4444-555555555555}:*',
    ],
  ])('folds branches, people and steps of %s', (userName, folded) => {
    const identity = { type: 'WebIdentityUser', identityProvider: 'example.com', userName };
    expect(who(identity, ROLE).id).toBe(`example.com ${folded} -> ${ROLE}`);
  });

  it.each(['Directory', 'Unknown', 'Other'])('keeps callers of type %s apart', (type) => {
    expect(who({ type, principalId: 'd-1:alice' }).id).toBe('d-1:alice');
  });

  it('tells users apart whose names are hidden', () => {
    const userName = 'HIDDEN_DUE_TO_SECURITY_REASONS';
    expect(who({ type: 'IAMUser', principalId: 'AIDAEXAMPLE', userName }).id).toBe('AIDAEXAMPLE');
  });

  it('folds the subjects of SAML, and does without a role', () => {
    const identity = {
      userIdentity: { type: 'SAMLUser', userName: 'jo', identityProvider: 'qualifier=' },
    };
    expect(identify(identity, null)).toMatchObject({
      principal: { type: 'saml', id: 'qualifier= -> unknown role' },
      sessionName: 'jo',
    });
  });
});

describe('AWS services', () => {
  it.each([
    [{ type: 'AWSService', invokedBy: 'ec2.amazonaws.com' }, 'ec2.amazonaws.com'],
    [{ accountId: ACCOUNT, invokedBy: 'autoscaling.amazonaws.com' }, 'autoscaling.amazonaws.com'],
    [
      { ...roleIdentity(), invokedBy: 'cloudformation.amazonaws.com' },
      'cloudformation.amazonaws.com',
    ],
    [{ type: 'AWSService' }, 'unnamed AWS service'],
  ])('knows the service behind %j', (userIdentity, service) => {
    expect(identify({ userIdentity }, null).awsService).toBe(service);
  });

  it('finds none behind an ordinary caller', () => {
    expect(identify({ userIdentity: roleIdentity() }, null).awsService).toBeNull();
  });
});

describe('what no documentation mentions', () => {
  it.each([
    [undefined],
    [null],
    ['text'],
    [{}],
    [{ type: '__proto__' }],
    [{ type: 'constructor' }],
  ])('calls %j unknown', (userIdentity) => {
    expect(who(userIdentity)).toMatchObject({ type: 'unknown', id: 'unknown' });
  });
});
