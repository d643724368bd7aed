import { describe, expect, it } from 'vitest';

import type { Step } from '../../../src/clients/advice.js';

import { CLIENTS } from '../../../src/clients/knowledge.js';
import { analyse } from '../../../src/report/analyse.js';
import { makeFacts } from '../make-facts.js';

function stepsOf(userAgent: string): readonly Step[] {
  const facts = makeFacts({ userAgent });
  return analyse(facts, { lastSeenAgainst: '2026-11-21T00:00:00Z' }).remediation.steps;
}

const stepOf = (userAgent: string, start: string): Step | undefined =>
  stepsOf(userAgent).find(({ title }) => title.startsWith(start));
const boto = (python: string): string => `Boto3/1.26.1 Python/${python} Linux/5 Botocore/1.29.1`;

describe('an upgrade', () => {
  it('comes with a Region, without which the new version goes global too', () => {
    const codes = stepOf(boto('3.11.4'), 'Upgrade')?.snippets.map(({ code }) => code);
    expect(codes).toEqual([
      'python3 -m pip install -U "boto3>=1.40" "botocore>=1.40"',
      'export AWS_DEFAULT_REGION=eu-west-1',
    ]);
  });

  it('comes without one where the new version fails instead', () => {
    expect(stepOf('aws-sdk-ruby3/3.91.0 ruby/2.6.3', 'Upgrade')?.snippets).toHaveLength(1);
  });

  it.each([
    ['2.7.18', 'Set AWS_STS_REGIONAL_ENDPOINTS=regional'],
    ['3.8.10', 'Set AWS_STS_REGIONAL_ENDPOINTS=regional'],
    ['3.9.5', 'Upgrade botocore to 1.40.0'],
    ['3.10.6', 'Upgrade botocore to 1.40.0'],
  ])('is the first step on Python %s only if it runs there', (python, title) => {
    expect(stepsOf(boto(python))[0]?.title).toContain(title);
  });

  it('says what an old runtime must do first', () => {
    expect(stepOf(boto('3.8.10'), 'Upgrade')?.detail).toContain(
      'It needs Python 3.9 or later, and this caller runs Python 3.8: update that first',
    );
    expect(stepOf(boto('3.12.1'), 'Upgrade')?.detail).not.toContain('It needs');
    expect(stepOf('Boto3/1.26.1 Botocore/1.29.1', 'Upgrade')?.detail).toContain(
      'It needs Python 3.9 or later.',
    );
  });

  it('knows which Node.js JavaScript SDK v3 needs', () => {
    const old = stepOf('aws-sdk-nodejs/2.1363.0 linux/v16.20.2 promise', 'Port');
    expect(old?.detail).toContain('Node.js 20.0 or later, and this caller runs Node.js 16.20');
    expect(old?.detail).toContain('3.967.0');
    const current = stepOf('aws-sdk-nodejs/2.1363.0 linux/v22.1.0 promise', 'Port');
    expect(current?.detail).not.toContain('update that first');
  });
});

describe('the upgrade of a tool', () => {
  it('of the CDK CLI leads to JavaScript SDK v3, and keeps the settings of the SDK it has', () => {
    const cli = 'aws-cdk/2.100.0 aws-sdk-nodejs/2.1379.0 linux/v18.17.0 promise';
    expect(stepsOf(cli).map(({ title }) => title)).toEqual([
      'Upgrade the AWS CDK CLI to 2.167.0 or later',
      'Set AWS_STS_REGIONAL_ENDPOINTS=regional and AWS_REGION in its environment',
      'If it runs in a VPC, add an STS interface endpoint',
    ]);
    const newer = 'aws-sdk-js/3.632.0 ua/2.0 os/linux#5.10 api/sts#3.632.0 aws-cdk/2.167.0';
    expect(stepOf(newer, 'Upgrade')).toBeUndefined();
  });

  it('may be that of its SDK', () => {
    const custodian = 'CloudCustodian(p)/0.9.2 Python/3.9.3 Linux/4.14 Botocore/1.15.49';
    expect(stepOf(custodian, 'Upgrade botocore to 1.40.0')).toBeDefined();
  });

  it.each([
    ['AWSPowerShell.NetCore/4.1.90.0', 'Update-Module AWSPowerShell.NetCore -Force'],
    ['AWSPowerShell/3.3.563.1', 'Update-Module AWSPowerShell -Force'],
    ['AWSPowerShell.Common/4.1.90.0', 'Update-Module AWS.Tools.* -Force'],
  ])('names the module of %s', (userAgent, command) => {
    expect(stepOf(userAgent, 'Upgrade')?.snippets[0]?.code).toBe(command);
  });

  it('has no single quotes, which mean nothing to cmd.exe', () => {
    const commands = CLIENTS.flatMap(({ upgrade }) => upgrade?.command ?? []);
    expect(commands.filter(({ code }) => code.includes("'"))).toEqual([]);
  });
});

/** What real releases did when they were told to; see docs/verified-fixes.md. */
describe('code that real releases follow', () => {
  const codeOf = (userAgent: string): string =>
    stepOf(userAgent, 'Name the Region in the code')?.snippets[0]?.code ?? '';

  it('gives boto 2 the host, since its table of Regions has the global one', () => {
    expect(codeOf('Boto/2.49.0 Python/2.7.18')).toContain('sts.eu-west-1.amazonaws.com');
    expect(codeOf('Boto/2.49.0 Python/2.7.18')).not.toContain('connect_to_region');
  });

  it('gives JavaScript SDK v2 the endpoint, since AWS.config does not reach its clients', () => {
    for (const version of ['2.524.0', '2.1693.0']) {
      const code = codeOf(`aws-sdk-nodejs/${version} linux/v16.20.2`);
      expect(code).toContain("endpoint: 'https://sts.eu-west-1.amazonaws.com'");
      expect(code).not.toContain('AWS.config.update');
    }
  });

  it('offers Go SDK v1 no field that its release does not have', () => {
    expect(codeOf('aws-sdk-go/1.25.17 (go1.12; linux; amd64)')).toBe('');
    expect(codeOf('aws-sdk-go/1.25.34 (go1.12; linux; amd64)')).toBe('');
    expect(codeOf('aws-sdk-go/1.25.35 (go1.12; linux; amd64)')).toContain('STSRegionalEndpoint');
    expect(codeOf('aws-sdk-go/1.55.8 (go1.22; linux; amd64)')).toContain('STSRegionalEndpoint');
  });

  it('says that code does not reach the clients of the credential chain', () => {
    const detail = stepOf(boto('3.11.4'), 'Name the Region in the code')?.detail;
    expect(detail).toContain('Only where the program makes the STS client itself');
    expect(detail).not.toContain('Wherever the program');
  });

  it('offers JavaScript SDK v2 no shared config that its release does not follow', () => {
    const config = (version: string): Step | undefined =>
      stepOf(`aws-sdk-nodejs/${version} linux/v12.1.0`, 'Set it in the shared config');
    expect(config('2.757.0')).toBeUndefined();
    expect(config('2.758.0')).toBeDefined();
  });

  it('tells SDKs that skip the shared config how to read it', () => {
    for (const userAgent of ['aws-sdk-go/1.55.8', 'aws-sdk-nodejs/2.1693.0 linux/v18.1.0']) {
      const [file, variable] = stepOf(userAgent, 'Set it in the shared config')?.snippets ?? [];
      expect(file?.code).toContain('sts_regional_endpoints = regional');
      expect(variable?.code).toBe('export AWS_SDK_LOAD_CONFIG=1');
    }
  });
});
