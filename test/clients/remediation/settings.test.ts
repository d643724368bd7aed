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
