import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Note, Remediation } from '../../../src/clients/advice.js';

import { CLIENTS } from '../../../src/clients/knowledge.js';
import { analyse } from '../../../src/report/analyse.js';
import { EKS, makeFacts, type FactsOptions } from '../make-facts.js';

function remedy(options: FactsOptions): Remediation {
  return analyse(makeFacts(options), { lastSeenAgainst: '2026-11-21T00:00:00Z' }).remediation;
}

const titles = (options: FactsOptions): string[] => remedy(options).steps.map(({ title }) => title);
const codeOf = (steps: readonly Note[]): string =>
  steps.flatMap(({ snippets }) => snippets.map(({ code }) => code)).join('\n');
const code = (options: FactsOptions): string => codeOf(remedy(options).steps);
const text = (options: FactsOptions): string => JSON.stringify(remedy(options));

const boto = (version: string, more = ''): string =>
  `Boto3/1.26.1 Python/3.9.5 Linux/5${more} Botocore/${version}`;
const eks = (subject: string): FactsOptions['principal'] & object => ({
  type: 'web-identity',
  id: `${EKS} ${subject} -> arn:aws:iam::111122223333:role/app`,
  accountId: null,
});

describe('the first step', () => {
  it.each<readonly [what: string, options: FactsOptions, title: string]>([
    ['an old botocore', { userAgent: boto('1.29.1') }, 'Upgrade botocore to 1.40.0 or later'],
    [
      'a new botocore',
      { userAgent: boto('1.40.1') },
      'Set AWS_STS_REGIONAL_ENDPOINTS=regional and AWS_DEFAULT_REGION in its environment',
    ],
    [
      'an old botocore in Lambda',
      { userAgent: boto('1.29.1', ' exec-env/AWS_Lambda_python3.9') },
      'Set AWS_STS_REGIONAL_ENDPOINTS=regional in its environment',
    ],
    [
      'AWS CLI v1',
      { userAgent: 'aws-cli/1.27.74 botocore/1.29.74' },
      'Upgrade AWS CLI v1 to 1.42.0 or later',
    ],
    ['AWS CLI v2', { userAgent: 'aws-cli/2.9.1' }, 'Set AWS_REGION in its environment'],
    [
      'Go v1',
      { userAgent: 'aws-sdk-go/1.44.1 (go1.20; linux; amd64)' },
      'Set AWS_STS_REGIONAL_ENDPOINTS=regional and AWS_REGION in its environment',
    ],
    [
      'Go v1 before the setting',
      { userAgent: 'aws-sdk-go/1.20.1 (go1.12; linux; amd64)' },
      'Update AWS SDK for Go v1 to 1.25.18 or later, and set AWS_STS_REGIONAL_ENDPOINTS=regional and AWS_REGION',
    ],
    [
      'Go v2',
      { userAgent: 'aws-sdk-go-v2/1.30.1' },
      'Find and remove what sends it to the global endpoint',
    ],
    [
      'cert-manager 1.15.1',
      { userAgent: 'aws-sdk-go-v2/1.30.1 cert-manager/v1.15.1' },
      'Upgrade cert-manager to 1.16.0 or later',
    ],
    [
      'Vault',
      { userAgent: 'Vault/1.13.2' },
      'Name the STS endpoint in the Vault auth method, and in every client that logs in',
    ],
    [
      'an endpoint override',
      { userAgent: 'aws-sdk-java/2.31.0 m/N', operations: { GetCallerIdentity: 1 } },
      'Find and remove what sends it to the global endpoint',
    ],
    [
      'a hand-signed request',
      { userAgent: 'curl/8' },
      'Replace the host and the signing Region together',
    ],
    ['unknown software', { userAgent: 'acme/1' }, 'Find the program'],
    [
      'AWS itself',
      {
        userAgent: 'AWS Internal',
        principal: {
          type: 'role',
          id: 'arn:aws:iam::1:role/aws-service-role/x.amazonaws.com/y',
          accountId: '1',
        },
      },
      'Nothing to change: AWS made this call',
    ],
    [
      "AWS's mark on a principal of one's own",
      { userAgent: 'AWS Internal' },
      'Likely nothing to change: ask who uses this principal',
    ],
  ])('for %s', (_what, options, title) => {
    expect(titles(options)[0]).toBe(title);
  });
});

describe('the environment', () => {
  const old = boto('1.29.1');

  it.each<readonly [place: string, options: FactsOptions, parts: readonly string[]]>([
    [
      'Lambda',
      {
        userAgent: boto('1.29.1', ' exec-env/AWS_Lambda_python3.9'),
        samples: { sessionNames: ['billing'] },
      },
      [
        '--function-name billing',
        '--region eu-west-1',
        '"AWS_STS_REGIONAL_ENDPOINTS": "regional"',
        '(.Variables // {}) +',
      ],
    ],
    [
      'ECS',
      { userAgent: boto('1.29.1', ' exec-env/AWS_ECS_FARGATE') },
      [
        '{"name": "AWS_STS_REGIONAL_ENDPOINTS", "value": "regional"}',
        '{"name": "AWS_DEFAULT_REGION", "value": "eu-west-1"}',
      ],
    ],
    [
      'EKS',
      { userAgent: old, principal: eks('system:serviceaccount:pay:api') },
      [
        'kubectl annotate serviceaccount -n pay api eks.amazonaws.com/sts-regional-endpoints=true --overwrite',
        'kubectl set env',
      ],
    ],
    [
      'EC2',
      { userAgent: old, samples: { sessionNames: ['i-0123456789abcdef0'] } },
      ['[Service]\nEnvironment=AWS_STS_REGIONAL_ENDPOINTS=regional AWS_DEFAULT_REGION=eu-west-1'],
    ],
    [
      'CodeBuild',
      { userAgent: old, samples: { sessionNames: ['AWSCodeBuild-39f95f43'] } },
      ['env:\n  variables:\n    AWS_STS_REGIONAL_ENDPOINTS: regional'],
    ],
    [
      'GitHub Actions',
      {
        userAgent: old,
        principal: {
          type: 'web-identity',
          id: 'token.actions.githubusercontent.com repo:acme/infra:* -> r',
          accountId: null,
        },
      },
      ['env:\n  AWS_STS_REGIONAL_ENDPOINTS: regional'],
    ],
    [
      'Windows',
      { userAgent: 'Boto3/1.26.1 Python/3.9.5 Windows/10 Botocore/1.29.1' },
      ['setx AWS_STS_REGIONAL_ENDPOINTS regional', 'setx AWS_DEFAULT_REGION eu-west-1'],
    ],
    [
      'a shell',
      { userAgent: old },
      ['export AWS_STS_REGIONAL_ENDPOINTS=regional\nexport AWS_DEFAULT_REGION=eu-west-1'],
    ],
  ])('has the form of %s', (_place, options, parts) => {
    for (const part of parts) expect(code(options)).toContain(part);
  });

  it('never sets a Region variable in Lambda, which refuses it', () => {
    const options = { userAgent: boto('1.29.1', ' exec-env/AWS_Lambda_python3.9') };
    const [step] = remedy(options).steps;
    expect(step?.snippets[0]?.code).not.toMatch(/AWS_(?:DEFAULT_)?REGION/);
  });

  it.each([
    [boto('1.29.1'), 'AWS_DEFAULT_REGION'],
    ['aws-cli/1.27.74 botocore/1.29.74', 'AWS_DEFAULT_REGION'],
    ['aws-cli/2.9.1', 'AWS_REGION'],
    ['aws-sdk-java/1.12.1 Linux/5', 'AWS_REGION'],
  ])('names the Region variable that %s reads', (userAgent, variable) => {
    expect(code({ userAgent })).toContain(`export ${variable}=eu-west-1`);
  });

  it.each([
    'aws-cli/2.9.1',
    'aws-sdk-go-v2/1.30.1',
    'aws-sdk-java/2.31.0',
    'aws-sdk-js/3.1.0',
    'Boto/2.49.0',
    'aws-sdk-rust/1.1.0',
  ])('never offers the setting to %s, which ignores it', (userAgent) => {
    expect(code({ userAgent })).not.toMatch(
      /AWS_STS_REGIONAL_ENDPOINTS=regional|sts_regional_endpoints = regional/,
    );
  });

  it('keeps the form of the workload for tools too', () => {
    const userAgent = 'terraform-provider-aws/4.67.0 aws-sdk-go/1.44.261 (go1.19.8; linux; amd64)';
    const principal = {
      type: 'web-identity',
      id: 'token.actions.githubusercontent.com repo:a/b:* -> r',
      accountId: null,
    } as const;
    expect(code({ userAgent, principal })).toContain(
      'env:\n  AWS_STS_REGIONAL_ENDPOINTS: regional',
    );
    expect(
      titles({ userAgent, principal }).filter((title) =>
        title.includes('AWS_STS_REGIONAL_ENDPOINTS'),
      ),
    ).toHaveLength(1);
  });
});

describe('the Region', () => {
  it('is the one that the evidence tells', () => {
    expect(text({ servingRegions: { 'sa-east-1': 5 } })).toContain('sts.sa-east-1.amazonaws.com');
    expect(text({})).not.toMatch(/[=.]REGION\b/);
  });

  it('is a word that no shell takes for a redirection, explained once, when the evidence does not tell', () => {
    const unknown = text({ servingRegions: { 'us-east-1': 5 } });
    expect(unknown).toContain('AWS_DEFAULT_REGION=REGION');
    expect(unknown.split(' REGION is the Region in which the caller runs').length).toBe(2);
  });

  it('leaves nothing of the knowledge file unfilled', () => {
    for (const { text: userAgent } of CLIENTS.flatMap(({ examples }) => examples)) {
      expect(text({ userAgent })).not.toMatch(/\{region\}/);
    }
  });
});

describe('the network', () => {
  const has = (options: FactsOptions, part: string): boolean =>
    titles(options).some((title) => title.includes(part));

  it('is told of interface endpoints when calls leave a VPC without one', () => {
    expect(has({}, 'interface endpoint')).toBe(true);
    expect(code({})).toContain('com.amazonaws.eu-west-1.sts');
    expect(has({ vpcEndpointId: 'vpce-0123456789abcdef0' }, 'interface endpoint')).toBe(false);
  });

  it('is freed of a DNS override', () => {
    expect(has({ vpcEndpointId: 'vpce-0123456789abcdef0' }, 'DNS override')).toBe(true);
    expect(has({ vpcEndpointId: 'AWS Internal' }, 'DNS override')).toBe(false);
  });

  it('has a second Region for callers outside AWS', () => {
    const principal = {
      type: 'web-identity',
      id: 'token.actions.githubusercontent.com repo:a/b:* -> r',
      accountId: null,
    } as const;
    const outside = { principal, servingRegions: { 'us-east-1': 5 } };
    expect(has(outside, 'fail over')).toBe(true);
    expect(has(outside, 'interface endpoint')).toBe(false);
  });
});

describe('what may break', () => {
  const breaks = (options: FactsOptions): string => remedy(options).mayBreak.join('\n');

  it('names policies, endpoint policies, tokens and logs', () => {
    const all = breaks({});
    for (const part of [
      'aws:RequestedRegion becomes eu-west-1',
      'endpoint policy',
      'AssumeRole',
      'longer session tokens',
      'CloudTrail logs the calls in eu-west-1',
    ]) {
      expect(all).toContain(part);
    }
    expect(all).not.toContain('RegionDisabledException');
  });

  it('names opt-in Regions where one is meant', () => {
    const principal = {
      type: 'web-identity',
      id: `${EKS.replace('eu-west-1', 'af-south-1')} system:serviceaccount:a:b -> r`,
      accountId: null,
    } as const;
    expect(breaks({ principal, servingRegions: { 'us-east-1': 1 } })).toContain(
      'af-south-1 is an opt-in Region',
    );
  });

  it('leaves out what does not change', () => {
    const inVirginia = breaks({
      samples: { issuedTo: ['arn:aws:lambda:us-east-1:111122223333:function:f'] },
      servingRegions: { 'us-east-1': 1 },
    });
    expect(inVirginia).not.toContain('RequestedRegion');
    expect(breaks({ operations: { GetCallerIdentity: 1 } })).not.toContain('longer session tokens');
    expect(breaks({ operations: { AssumeRoot: 1 } })).toContain('fail until the caller moves');
  });
});

describe('names from the logs', () => {
  const nasty = fc.oneof(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }),
    fc.constantFrom(
      '$(rm -rf /)',
      "'; drop table x; --",
      '`id`',
      'a"b',
      'x\ny',
      '-rf',
      'a|b',
      '"} | fields @message',
      '../../etc',
    ),
  );

  it('reach no snippet unless they are plain', () => {
    fc.assert(
      fc.property(nasty, (name) => {
        const lambda = {
          userAgent: boto('1.29.1', ' exec-env/AWS_Lambda_python3.9'),
          samples: { sessionNames: [name] },
        };
        const pod = { principal: eks(`system:serviceaccount:${name}:${name}`) };
        const user = {
          principal: { type: 'user', id: name, accountId: null } as const,
          vpcEndpointId: name,
        };
        for (const options of [lambda, pod, user]) {
          const { steps, verify } = remedy(options);
          const plain = /^[A-Za-z0-9_.,:/@=+-]+$/.test(name) && !name.startsWith('-');
          if (name.length > 2 && !plain) expect(codeOf([...steps, ...verify])).not.toContain(name);
        }
      }),
    );
  });
});

describe('the size', () => {
  it('stays small for every known client, since reports hold many findings', () => {
    const sizes = CLIENTS.flatMap(({ examples }) =>
      examples.map(({ text: userAgent }) => text({ userAgent }).length),
    );
    expect(Math.max(...sizes)).toBeLessThan(6500);
  });
});

describe('what a reader could take wrong', () => {
  it('gives Terraform no Region variable, which would move its provider blocks', () => {
    const terraform =
      'APN/1.0 HashiCorp/1.0 Terraform/1.5.7 (+https://www.terraform.io) terraform-provider-aws/4.67.0 (+https://registry.terraform.io/providers/hashicorp/aws) aws-sdk-go/1.44.261 (go1.19.8; linux; amd64)';
    const { steps } = remedy({ userAgent: terraform });
    expect(codeOf(steps)).not.toContain('export AWS_REGION');
    expect(codeOf(steps)).toContain('AWS_STS_REGIONAL_ENDPOINTS=regional');
  });

  it('tells the target of a foreign caller to send the finding on', () => {
    const principal = { type: 'external-account', id: '123456789012', accountId: null } as const;
    expect(remedy({ principal }).steps[0]?.title).toContain('owner of account 123456789012');
  });

  it('looks for a federated user by who issued the session', () => {
    const principal = {
      type: 'federated-user',
      id: 'arn:aws:iam::111122223333:user/broker',
      accountId: '111122223333',
    } as const;
    expect(codeOf(remedy({ principal }).verify)).toContain('sessionContext.sessionIssuer.arn');
  });

  it('names no Region that cannot have served the global endpoint', () => {
    for (const region of ['xx-fake-9', 'cn-north-1', 'me-central-1']) {
      const { steps } = remedy({ servingRegions: { [region]: 5 } });
      expect(codeOf(steps)).not.toContain(region);
    }
  });
});

it('sends a call of AWS in another account to its owner, too', () => {
  const steps = titles({
    userAgent: 'AWS Internal',
    principal: { type: 'external-account', id: '444455556666', accountId: '444455556666' },
  });
  expect(steps).toContain('Send this finding to the owner of account 444455556666');
});
