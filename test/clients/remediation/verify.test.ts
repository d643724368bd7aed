import { describe, expect, it } from 'vitest';

import type { Note } from '../../../src/clients/advice.js';

import { analyse } from '../../../src/report/analyse.js';
import { EKS, makeFacts, type FactsOptions } from '../make-facts.js';

function checksOf(options: FactsOptions): readonly Note[] {
  return analyse(makeFacts(options), { lastSeenAgainst: '2026-11-21T00:00:00Z' }).remediation
    .verify;
}

const codeOf = (notes: readonly Note[]): string =>
  notes.flatMap(({ snippets }) => snippets.map(({ code }) => code)).join('\n');
const boto = (version: string): string => `Boto3/1.26.1 Python/3.9.5 Linux/5 Botocore/${version}`;
const eks = (subject: string): FactsOptions['principal'] & object => ({
  type: 'web-identity',
  id: `${EKS} ${subject} -> arn:aws:iam::111122223333:role/app`,
  accountId: null,
});

describe('how to verify', () => {
  it.each([
    ['aws-cli/1.27.74 botocore/1.29.74', '--debug'],
    [boto('1.29.1'), "boto3.client('sts').meta.endpoint_url"],
    ['aws-sdk-java/1.12.1 Linux/5', 'com.amazonaws.request=DEBUG'],
    ['aws-sdk-java/2.31.0', 'software.amazon.awssdk.request'],
    ['aws-sdk-nodejs/2.1000.0 linux/v16.1.0', 'httpRequest.endpoint.host'],
    ['terraform-provider-aws/4.67.0 aws-sdk-go/1.44.261', 'TF_LOG=debug'],
    ['acme/1', 'tcpdump'],
  ])('shows a proof for %s', (userAgent, part) => {
    expect(codeOf(checksOf({ userAgent }))).toContain(part);
  });

  it.each([
    ['aws-cli/1.22.34 Python/3.8.8 Windows/10 botocore/1.24.34', 'Select-String', 'grep'],
    ['aws-cli/1.22.34 Python/3.8.8 Linux/5 botocore/1.24.34', 'grep', 'Select-String'],
    ['aws-sdk-cpp/1.11.1 os/windows#10', 'Get-DnsClientCache', 'tcpdump'],
  ])('proves %s by what its system has', (userAgent, part, other) => {
    expect(codeOf(checksOf({ userAgent }))).toContain(part);
    expect(codeOf(checksOf({ userAgent }))).not.toContain(other);
  });

  it.each([
    ['aws-sdk-rust/1.3.9 ua/2.1 os/linux lang/rust#1.87 exec-env/AWS_Lambda_provided.al2'],
    ['Boto/2.49.0 Python/2.7 Linux/4 exec-env/AWS_ECS_FARGATE'],
  ])('asks nobody to watch the network where nobody can: %s', (userAgent) => {
    const checks = checksOf({ userAgent });
    expect(JSON.stringify(checks)).not.toMatch(/On its machine|sudo/);
    expect(checks[0]?.detail).toContain('Route 53 Resolver query logging');
  });

  it.each([
    [boto('1.29.1')],
    ['aws-sdk-nodejs/2.1000.0 linux/v16.1.0'],
    ['aws-cli/1.27.74 botocore/1.29.74'],
  ])('says that a new client proves nothing of code that was changed: %s', (userAgent) => {
    expect(checksOf({ userAgent })[0]?.detail).toMatch(/shows settings/);
  });

  it('asks a Terraform run for the Region of each provider block', () => {
    const userAgent = 'terraform-provider-aws/4.67.0 aws-sdk-go/1.44.261';
    expect(checksOf({ userAgent })[0]?.detail).toContain('the Region of each provider block');
  });

  it.each<readonly [type: string, options: FactsOptions, filter: string]>([
    [
      'role',
      {},
      'userIdentity.sessionContext.sessionIssuer.arn = "arn:aws:iam::111122223333:role/app"',
    ],
    [
      'user',
      { principal: { type: 'user', id: 'arn:aws:iam::111122223333:user/u', accountId: null } },
      'userIdentity.arn = "arn:aws:iam::111122223333:user/u"',
    ],
    [
      'web identity',
      { principal: eks('system:serviceaccount:a:b') },
      'requestParameters.roleArn = "arn:aws:iam::111122223333:role/app"',
    ],
    [
      'other account',
      { principal: { type: 'external-account', id: '444455556666', accountId: '444455556666' } },
      'userIdentity.accountId = "444455556666"',
    ],
  ])('asks CloudTrail for the %s', (_type, options, filter) => {
    expect(codeOf(checksOf(options))).toContain(filter);
  });
});

describe('a check that its owner can do', () => {
  const verifyOf = (options: FactsOptions): string => JSON.stringify(checksOf(options));
  const PHONE = 'aws-sdk-go-v2/1.2.0 os/ios lang/swift';

  it.each<readonly [string, FactsOptions]>([
    [
      'CodeBuild',
      {
        userAgent: 'acme/1.0',
        samples: { sessionNames: ['AWSCodeBuild-39f95f43-cd2f-4beb-b69e-be60b6fe1f57'] },
      },
    ],
    ['GitHub Actions', { userAgent: 'acme/1.0', samples: { sessionNames: ['GitHubActions'] } }],
    ['a phone', { userAgent: PHONE }],
  ])('watches no network of %s', (_what, options) => {
    expect(verifyOf(options)).not.toContain('tcpdump');
    expect(verifyOf(options)).toContain('Look at CloudTrail');
  });

  it('has a handler run code, no line of a shell', () => {
    const found = verifyOf({
      userAgent: 'Boto3/1.26.1 Python/3.9.5 exec-env/AWS_Lambda_python3.9 Botocore/1.29.1',
    });
    expect(found).not.toContain('python3 -c');
    expect(found).toContain("print(boto3.client('sts').meta.endpoint_url)");
  });
});
