import { describe, expect, it } from 'vitest';

import type { Step } from '../../../src/clients/advice.js';

import { analyse } from '../../../src/report/analyse.js';
import { makeFacts, type FactsOptions } from '../make-facts.js';

function stepsOf(options: FactsOptions): readonly Step[] {
  return analyse(makeFacts(options), { lastSeenAgainst: '2026-11-21T00:00:00Z' }).remediation.steps;
}

const titlesOf = (userAgent: string): string[] =>
  stepsOf({ userAgent })
    .filter(({ need }) => need === 'one-of')
    .map(({ title }) => title);
const textOf = (options: FactsOptions): string => JSON.stringify(stepsOf(options));

const GO_V1 = 'aws-sdk-go/1.44.261 (go1.19.8; linux; amd64)';
const GO_V2 = 'aws-sdk-go-v2/1.30.0 os/linux lang/go#1.22.1 api/sts#1.30.0';
const terraform = (version: string, rest: string): string =>
  `APN/1.0 HashiCorp/1.0 Terraform/${version} (+https://www.terraform.io) ${rest}`;

describe('a setting that holds the Region of the resources', () => {
  it.each([
    [`APN/1.0 Pulumi/1.0 PulumiAws/6.13.0 ${GO_V2}`, 'aws:region ', 'aws:stsRegion eu-west-1'],
    [terraform('1.9.0', `terraform-provider-aws/5.31.0 ${GO_V2}`), /\bregion += /, 'sts_region = '],
    [terraform('1.9.0', GO_V2), /\bregion += /, 'sts_region = '],
    ['aws-fluent-bit-plugin', 'region  ', 'sts_endpoint https://sts.eu-west-1.amazonaws.com'],
    ['rclone/v1.65.0', 'REMOTE region', 'AWS_STS_REGIONAL_ENDPOINTS=regional'],
    ['Prometheus/2.45.0', 'region: eu-west-1', 'AWS_STS_REGIONAL_ENDPOINTS=regional'],
    ['Grafana/9.5.2', 'data source to eu-west-1', 'AWS_STS_REGIONAL_ENDPOINTS=regional'],
    ['APN/1.0 Ansible/2.15.0', 'AWS_DEFAULT_REGION: eu', 'AWS_STS_REGIONAL_ENDPOINTS: regional'],
  ])('is left alone for %s', (userAgent, resources, sts) => {
    const [step] = stepsOf({ userAgent });
    const code = step?.snippets.map((each) => each.code.replace(/#.*/g, '')).join('\n') ?? '';
    expect(code).not.toMatch(resources);
    expect(JSON.stringify(stepsOf({ userAgent }))).toContain(sts);
  });
});

describe('a variable that only Go SDK v1 reads', () => {
  const tools = ['keda/2.15.0', 'ExternalDNS/0.15.0', 'karpenter.sh-v0.29.2', 'aws-controllers-k8s/x', 'amazon-vpc-cni-k8s', 'cluster-autoscaler/1.27.2', 'Grafana/9.5.2', 'argocd-server/2.10', 'Packer/1.9.4', 'saml2aws/3.6.0', 'PulumiAws/6.1.0', 'rclone/1.68.0']; // prettier-ignore

  it.each(tools)('is offered to %s on v1, not on v2', (tool) => {
    expect(textOf({ userAgent: `${GO_V1} ${tool}` })).toContain(
      'AWS_STS_REGIONAL_ENDPOINTS=regional',
    );
    expect(textOf({ userAgent: `${GO_V2} ${tool}` })).not.toContain('AWS_STS_REGIONAL_ENDPOINTS=');
  });
});

describe('the steps of an SDK', () => {
  it('stand behind those of the tool that brings it', () => {
    const agent = titlesOf(`ElasticMapReduce/1.0.0 emrfs/s3n {}, aws-sdk-java/1.11.700 Linux/4`);
    expect(agent.slice(0, 2)).toEqual([
      'Export the variable in the cluster configuration',
      'Set AWS_STS_REGIONAL_ENDPOINTS=regional and AWS_REGION in its environment',
    ]);
    const web = { AssumeRoleWithWebIdentity: 5 };
    const irsa = stepsOf({ userAgent: `CWAgent/1.247 ${GO_V1}`, operations: web });
    expect(irsa[0]?.title).toContain('Set AWS_STS_REGIONAL_ENDPOINTS=regional');
  });

  it('in Java can start the JVM with a Region, where one may be missing', () => {
    const userAgent = 'aws-sdk-java/2.31.0 ua/2.1';
    const chain = { AssumeRoleWithWebIdentity: 5 };
    expect(textOf({ userAgent, operations: chain })).toContain('JAVA_TOOL_OPTIONS=-Daws.region=');
    const lambda = `${userAgent} exec-env/AWS_Lambda_java17`;
    expect(textOf({ userAgent: lambda, operations: chain })).not.toContain('-Daws.region');
  });

  it('need no shell in Lambda', () => {
    const userAgent = 'aws-sdk-java/2.31.0 ua/2.1 exec-env/AWS_Lambda_java17';
    expect(textOf({ userAgent })).not.toContain('as the caller');
    expect(textOf({ userAgent })).toContain('get-function-configuration');
  });
});

describe('a version of a tool', () => {
  it('is offered no setting that it rejects', () => {
    expect(textOf({ userAgent: terraform('1.1.2', GO_V1) })).not.toContain('sts_region');
    expect(textOf({ userAgent: terraform('1.6.0', GO_V2) })).toContain('sts_region');
  });

  it('that is global whatever is configured is cured by its upgrade alone', () => {
    expect(titlesOf(`${GO_V2} cert-manager/v1.15.3`)).toEqual([
      'Upgrade cert-manager to 1.16.0 or later',
    ]);
  });
});

describe('a step that can destroy', () => {
  it('says so itself, and gives Vault its keys again', () => {
    const step = stepsOf({ userAgent: 'Vault/1.13.2' }).find(({ snippets }) =>
      snippets.some(({ code }) => code.includes('aws/config/root')),
    );
    expect(step?.detail).toContain('drops every field that it is not given, access_key');
    expect(step?.snippets[0]?.code).toContain('access_key=ACCESS_KEY secret_key=SECRET_KEY');
  });
});

describe('a step that moves a caller', () => {
  it.each([
    [`ElasticMapReduce/1.0.0 emrfs/s3n {}, aws-sdk-java/2.20.1 Linux/4`, 'Export the variable'],
    [`${GO_V2} amazon-ssm-agent/`, 'set the variable for its service'],
    ['Mozilla/5.0 (X11) Firefox/102.0', 'in its environment'],
    ['Mozilla/5.0 (X11) aws-sdk-js/2.1363.0 callback', 'in its environment'],
    ['Datadog-Agent/7.50.0', 'release notes'],
    [`aws-fluent-bit-plugin/1.9.0 ${GO_V1}`, 'global sts_endpoint'],
    ['aws-vault/7.2.0', 'Upgrade aws-vault'],
    ['s3cmd/2.3.0', 'Upgrade s3cmd'],
  ])('is not, for %s, "%s"', (userAgent, useless) => {
    expect(titlesOf(userAgent).filter((title) => title.includes(useless))).toEqual([]);
  });

  it.each([
    [`aws-fluent-bit-plugin/1.9.0 ${GO_V1}`, 'Set AWS_STS_REGIONAL_ENDPOINTS=regional'],
    ['aws-vault/7.2.0', 'Delete sts_regional_endpoints = legacy'],
    ['s3cmd/2.3.0', 'Set AWS_STS_REGIONAL_ENDPOINTS=regional'],
    ['Mozilla/5.0 (X11) aws-sdk-js/2.1363.0 callback', 'Find out which page'],
  ])('comes first for %s: %s', (userAgent, title) => {
    expect(titlesOf(userAgent)[0]).toContain(title);
  });
});

describe('commands for Windows', () => {
  it.each([
    terraform(
      '1.5.7',
      'terraform-provider-aws/4.67.0 aws-sdk-go/1.44.261 (go1.19.8; windows; amd64)',
    ),
    'aws-sdk-go/1.55.5 (go1.22.7; windows; amd64) amazon-ssm-agent/',
    'Boto3/1.26.1 Python/3.9.1 Windows/10 Botocore/1.29.1',
    'aws-cli/1.3.2 Python/3.9.5 Windows/7',
    'aws-sdk-go/1.55.5 (go1.22.7; windows; amd64) rclone/1.60',
  ])('are none of Unix: %s', (userAgent) => {
    const codes = stepsOf({ userAgent }).flatMap(({ snippets }) =>
      snippets.map(({ code }) => code),
    );
    expect(codes.join('\n')).not.toMatch(/\b(?:export|sudo|tee|systemctl|python3)\b/);
  });
});

describe("AWS's own mark on a principal of a customer", () => {
  it('asks who it is, and then moves the SDK that stands beside it', () => {
    const steps = stepsOf({
      userAgent: 'Boto3/1.26.1 md/internal Python/3.9.1 Botocore/1.29.1',
      principal: { type: 'user', id: 'arn:aws:iam::1:user/jo', accountId: '1' },
    });
    expect(steps[0]).toMatchObject({
      need: 'first',
      title: 'Likely nothing to change: ask who uses this principal',
    });
    expect(
      steps.some(
        ({ need, title }) => need === 'one-of' && title.startsWith('Upgrade botocore to 1.40.0'),
      ),
    ).toBe(true);
  });
});

describe('a configured endpoint in Go', () => {
  it('is looked for by the names that Go code has for it', () => {
    expect(textOf({ userAgent: `${GO_V2} m/N` })).toContain('BaseEndpoint, EndpointResolverV2');
  });
});
