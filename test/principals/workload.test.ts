import { describe, expect, it } from 'vitest';

import type { WorkloadKind } from '../../src/clients/advice.js';

import { inferWorkload } from '../../src/principals/workload.js';
import { EKS, makeFacts, type FactsOptions } from '../clients/make-facts.js';

const web = (id: string): FactsOptions => ({
  principal: { type: 'web-identity', id, accountId: null },
});
const sessions = (...sessionNames: string[]): FactsOptions => ({ samples: { sessionNames } });
const runs = (environment: string, ...sessionNames: string[]): FactsOptions => ({
  userAgent: `Boto3/1.26.1 exec-env/${environment} Botocore/1.29.1`,
  samples: { sessionNames },
});

const CASES: readonly (readonly [FactsOptions, WorkloadKind, string | null, string])[] = [
  [
    { samples: { issuedTo: ['arn:aws:lambda:eu-west-1:111122223333:function:billing'] } },
    'lambda-function',
    'billing',
    'Lambda function billing',
  ],
  [
    {
      samples: {
        issuedTo: [
          'arn:aws:lambda:eu-west-1:1:function:a:7',
          'arn:aws:lambda:eu-west-1:1:function:b',
        ],
      },
    },
    'lambda-function',
    'a',
    'Lambda function a and 1 other',
  ],
  [
    { samples: { issuedTo: ['arn:aws:ec2:eu-west-1:111122223333:instance/i-0123456789abcdef0'] } },
    'ec2-instance',
    'i-0123456789abcdef0',
    'EC2 instance i-0123456789abcdef0',
  ],
  [
    runs('AWS_Lambda_python3.12', 'billing'),
    'lambda-function',
    'billing',
    'Lambda function billing, by the name of its session',
  ],
  [
    runs('AWS_Lambda_python3.12'),
    'lambda-function',
    null,
    'A Lambda function (AWS_Lambda_python3.12)',
  ],
  [
    runs('AWS_ECS_FARGATE', '0123456789abcdef0123456789abcdef'),
    'ecs-task',
    '0123456789abcdef0123456789abcdef',
    'ECS task on Fargate, such as 0123456789abcdef0123456789abcdef',
  ],
  [
    runs('AWS_ECS_EC2', 'other'),
    'ecs-task',
    null,
    'ECS task on EC2, or a service that runs on ECS',
  ],
  [runs('CloudShell'), 'cloudshell', null, 'A person in AWS CloudShell'],
  [runs('GitHubActions'), 'github-actions', null, 'GitHub Actions'],
  [
    sessions('i-0123456789abcdef0'),
    'ec2-instance',
    'i-0123456789abcdef0',
    'EC2 instance i-0123456789abcdef0',
  ],
  [
    sessions('AWSCodeBuild-39f95f43-cd2f-4beb-b69e-be60b6fe1f57'),
    'codebuild',
    null,
    'CodeBuild project that uses this role',
  ],
  [
    sessions('eks-prod-api-7d9f-0f8fad5b-d9cb-469f-a165-70867728950e'),
    'eks-pod-identity',
    'prod-api-7d9f',
    'EKS Pod Identity, cluster and pod prod-api-7d9f',
  ],
  [
    sessions('GitHubActions'),
    'github-actions',
    null,
    'GitHub Actions, by its default session name',
  ],
  [
    web(`${EKS} system:serviceaccount:payments:api -> r`),
    'eks-service-account',
    'payments/api',
    'EKS service account payments/api in the EKS cluster with OIDC id ABC123 in eu-west-1',
  ],
  [
    web(
      'arn:aws:iam::111122223333:oidc-provider/oidc-eks.eu-west-1.api.aws/id/ABC123 system:serviceaccount:payments:api -> r',
    ),
    'eks-service-account',
    'payments/api',
    'EKS service account payments/api in the EKS cluster with OIDC id ABC123 in eu-west-1',
  ],
  [
    web('token.actions.githubusercontent.com/acme-corp repo:acme/infra:* -> r'),
    'github-actions',
    'acme/infra',
    'GitHub Actions of acme/infra',
  ],
  [
    web('token.actions.acme.ghe.com repo:acme/infra:* -> r'),
    'github-actions',
    'acme/infra',
    'GitHub Actions of acme/infra',
  ],
  [
    web('https://kube.example.com system:serviceaccount:a:b -> r'),
    'oidc',
    'a/b',
    'Kubernetes service account a/b of kube.example.com',
  ],
  [
    web(
      'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com repo:acme/infra:* -> r',
    ),
    'github-actions',
    'acme/infra',
    'GitHub Actions of acme/infra',
  ],
  [
    web('token.actions.githubusercontent.com repo:acme/infra:* -> r'),
    'github-actions',
    'acme/infra',
    'GitHub Actions of acme/infra',
  ],
  [
    web('cognito-identity.amazonaws.com * -> r'),
    'cognito',
    null,
    'Users of an app that signs in with Amazon Cognito',
  ],
  [
    web('gitlab.com project_path:group/project:ref_type:branch:ref:main -> r'),
    'gitlab-ci',
    'group/project',
    'GitLab CI of group/project',
  ],
  [
    web('app.terraform.io organization:acme:project:p:workspace:prod:run_phase:apply -> r'),
    'hcp-terraform',
    'acme/prod',
    'HCP Terraform workspace prod of acme',
  ],
  [
    web('accounts.example.com somebody -> r'),
    'oidc',
    'somebody',
    'somebody of accounts.example.com',
  ],
  [
    {
      principal: {
        type: 'role',
        id: 'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Admin_Access_0123456789abcdef',
        accountId: null,
      },
    },
    'identity-center',
    'Admin_Access',
    'People with the IAM Identity Center permission set Admin_Access',
  ],
  [
    { principal: { type: 'identity-center-user', id: 'user-1', accountId: null } },
    'identity-center',
    null,
    'IAM Identity Center user user-1',
  ],
  [
    { principal: { type: 'saml', id: 'Okta -> arn:aws:iam::1:role/r', accountId: null } },
    'saml',
    'Okta',
    'People who sign in through Okta (SAML)',
  ],
  [
    { principal: { type: 'external-account', id: '444455556666', accountId: '444455556666' } },
    'other-account',
    '444455556666',
    "A caller in account 444455556666; that account's own trail names it",
  ],
  [
    { principal: { type: 'aws-service', id: 'ec2.amazonaws.com', accountId: null } },
    'aws-service',
    'ec2.amazonaws.com',
    'AWS service ec2.amazonaws.com',
  ],
  [
    { userAgent: 'Terraform/1.1.2 terraform-provider-aws/4.67.0 aws-sdk-go/1.44.1' },
    'terraform',
    null,
    'A Terraform run; the pipeline that holds this principal',
  ],
  [
    {
      userAgent:
        'terraform-provider-aws/4.67.0 stratus_83c9a458-ffab-4d43-8b02-9691311e8c0a HashiCorp-terraform-exec/0.17.3',
    },
    'terraform',
    'stratus',
    'A Terraform run, started by stratus through terraform-exec',
  ],
  [
    { userAgent: 'terraform-provider-aws/4.67.0 HashiCorp-terraform-exec/0.17.3' },
    'terraform',
    null,
    'A Terraform run, started by a program through terraform-exec',
  ],
];

describe('inferWorkload', () => {
  it.each(CASES)('%# is a %s', (options, kind, name, text) => {
    expect(inferWorkload(makeFacts(options))).toMatchObject({ kind, name, text });
  });

  it('says nothing when nothing tells', () => {
    expect(inferWorkload(makeFacts(sessions('my-session')))).toBeNull();
    expect(inferWorkload(makeFacts(web('broken')))).toBeNull();
  });

  it('trusts what AWS asserts more than names that callers choose', () => {
    expect(inferWorkload(makeFacts(sessions('i-0123456789abcdef0')))?.confidence).toBe('medium');
    expect(
      inferWorkload(
        makeFacts({
          samples: { issuedTo: ['arn:aws:ec2:eu-west-1:1:instance/i-0123456789abcdef0'] },
        }),
      )?.confidence,
    ).toBe('high');
    const both = {
      samples: {
        issuedTo: ['arn:aws:lambda:eu-west-1:1:function:real'],
        sessionNames: ['i-0123456789abcdef0'],
      },
    };
    expect(inferWorkload(makeFacts(both))?.kind).toBe('lambda-function');
  });

  it('takes a build for a build, although it says that it runs on ECS', () => {
    const build = runs('AWS_ECS_EC2', 'AWSCodeBuild-39f95f43-cd2f-4beb-b69e-be60b6fe1f57');
    expect(inferWorkload(makeFacts(build))).toMatchObject({
      kind: 'codebuild',
      confidence: 'medium',
    });
  });

  it('is sure of no name that a session could have been given', () => {
    const sure = (options: FactsOptions): string | undefined =>
      inferWorkload(makeFacts(options))?.confidence;
    expect(sure(runs('AWS_Lambda_python3.12', 'billing'))).toBe('medium');
    expect(sure(runs('AWS_ECS_FARGATE', 'other'))).toBe('medium');
    expect(sure(runs('CloudShell'))).toBe('medium');
    expect(sure(runs('AWS_ECS_FARGATE', '0123456789abcdef0123456789abcdef'))).toBe('high');
  });

  it('counts the names that were not kept', () => {
    const facts = makeFacts(runs('AWS_Lambda_python3.12', 'a', 'b'));
    const many = {
      ...facts,
      distinct: { ...facts.distinct, sessionNames: { count: 40, atLeast: true } },
    };
    expect(inferWorkload(many)?.text).toBe(
      'Lambda function a and 39 or more others, by the name of its session',
    );
  });

  it.each([
    'botocore-session-1700000000',
    '1700000000123456789',
    'aws-sdk-java-1700000000123',
    'aws-sdk-js-1700000000123',
    'aws-sdk-js-session-1700000000123',
    'temporary-credentials',
  ])('takes no name that an SDK made up, %s, for that of a function', (session) => {
    const found = inferWorkload(makeFacts(runs('AWS_Lambda_python3.12', session)));
    expect(found).toMatchObject({ kind: 'lambda-function', name: null });
    expect(found?.text).not.toContain(session);
  });

  it.each([
    [EKS, 'eks-service-account', 'A service account of the EKS cluster with OIDC id'],
    [
      'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com',
      'github-actions',
      'GitHub Actions',
    ],
    ['arn:aws:iam::111122223333:oidc-provider/idp.example.com', 'oidc', 'idp.example.com'],
  ])('knows the provider that the sessions of a role came through, %s', (provider, kind, part) => {
    const found = inferWorkload(makeFacts({ samples: { issuedTo: [provider] } }));
    expect(found).toMatchObject({ kind, name: null, confidence: 'high' });
    expect(found?.text).toContain(part);
  });

  it('keeps the verified identity and adds the place that the caller names', () => {
    const repository = {
      ...web(
        'arn:aws:iam::1:oidc-provider/token.actions.githubusercontent.com repo:acme/shop:* -> r',
      ),
      userAgent: 'Boto3/1.26.1 exec-env/GitHubActions Botocore/1.29.1',
    };
    expect(inferWorkload(makeFacts(repository))).toMatchObject({
      name: 'acme/shop',
      text: 'GitHub Actions of acme/shop',
      confidence: 'high',
    });
    const person = {
      principal: {
        type: 'role',
        id: 'arn:aws:iam::1:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123456789abcdef',
        accountId: '1',
      },
      userAgent: 'aws-cli/1.27.74 Python/3.10.6 Linux/5 exec-env/CloudShell botocore/1.29.74',
    } as const;
    expect(inferWorkload(makeFacts(person))).toMatchObject({
      kind: 'identity-center',
      name: 'Admin',
      text: 'People with the IAM Identity Center permission set Admin (in AWS CloudShell, by the user agent)',
    });
  });

  it('takes no function of another account for one of ours', () => {
    const vendor = {
      ...runs('AWS_Lambda_python3.9', 'AROAVENDOR:scanner'),
      principal: { type: 'external-account', id: '123456789012', accountId: '123456789012' },
    } as const;
    expect(inferWorkload(makeFacts(vendor))).toMatchObject({
      kind: 'other-account',
      name: '123456789012',
      text: expect.stringContaining('(in a Lambda function, by the user agent)'),
    });
  });
});

describe('what is known of some calls', () => {
  const LAMBDA = 'arn:aws:lambda:eu-west-1:111122223333:function:nightly';
  const EC2 = 'arn:aws:ec2:eu-west-1:111122223333:instance/i-0123456789abcdef0';
  const GITHUB = 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com';
  const issued = (issuedTo: Record<string, number>): FactsOptions => ({
    counted: { issuedTo },
    servingRegions: { 'eu-west-1': 100 },
  });

  it.each([
    [{ '': 99, [LAMBDA]: 1 }, 'lambda-function', 'Lambda function nightly (1 of 100 calls)'],
    [
      { [LAMBDA]: 40, [EC2]: 60 },
      'ec2-instance',
      'EC2 instance i-0123456789abcdef0 (60 of 100 calls); Lambda function nightly (40 of 100 calls)',
    ],
    [
      { [EKS]: 40, [GITHUB]: 60 },
      'github-actions',
      'GitHub Actions (60 of 100 calls); A service account of the EKS cluster with OIDC id ABC123 in eu-west-1 (40 of 100 calls)',
    ],
  ])('is said of these, %#', (issuedTo, kind, text) => {
    expect(inferWorkload(makeFacts(issued(issuedTo)))).toMatchObject({
      kind,
      text,
      confidence: 'low',
    });
  });

  it('counts sessions, too', () => {
    const options = {
      counted: { sessionNames: { 'i-0123456789abcdef0': 1, jenkins: 9 } },
      servingRegions: { 'eu-west-1': 10 },
    };
    expect(inferWorkload(makeFacts(options))).toMatchObject({
      text: 'EC2 instance i-0123456789abcdef0 (1 of 10 calls)',
      confidence: 'low',
    });
    const task = runs('AWS_ECS_FARGATE', '0123456789abcdef0123456789abcdef', 'jenkins');
    expect(inferWorkload(makeFacts(task))?.confidence).toBe('medium');
  });

  it('counts at least what is shown', () => {
    const facts = makeFacts({
      counted: { issuedTo: { '': 10, [LAMBDA]: 30 } },
      servingRegions: { 'eu-west-1': 100 },
    });
    expect(inferWorkload(facts)?.text).toBe('Lambda function nightly (at least 30 of 100 calls)');
  });

  it('takes no name for that of a function that no function can have', () => {
    const found = inferWorkload(makeFacts(runs('AWS_Lambda_python3.12', 'alice@example.com')));
    expect(found).toMatchObject({ name: null, text: 'A Lambda function (AWS_Lambda_python3.12)' });
  });
});
