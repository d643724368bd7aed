import { describe, expect, it } from 'vitest';

import type { Cause, DefaultMode, Diagnosis } from '../../src/clients/advice.js';

import { diagnose } from '../../src/clients/diagnose.js';
import { CLIENTS, knownProduct, knownSdk } from '../../src/clients/knowledge.js';
import { parseClient } from '../../src/clients/parse-client.js';
import { isAtLeast } from '../../src/clients/version.js';
import { locate } from '../../src/report/location.js';
import { EKS, makeFacts, type FactsOptions } from './make-facts.js';

function diagnosed(options: FactsOptions): Diagnosis {
  const facts = makeFacts(options);
  return diagnose(facts, locate(facts));
}

const boto = (version: string): string => `Boto3/1.26.1 Python/3.9.5 Linux/5 Botocore/${version}`;
const dotnet = (core: string): string =>
  `aws-sdk-dotnet-coreclr/3.7.600.1 aws-sdk-dotnet-core/${core} .NET_Core/8.0 OS/Linux`;
const terraform = (sdk: string): string =>
  `APN/1.0 HashiCorp/1.0 Terraform/1.1.2 terraform-provider-aws/4.67.0 ${sdk}`;

/** The last version with the legacy default and the first without, or one that never changed. */
const BOUNDARIES: readonly (readonly [userAgent: string, mode: DefaultMode, cause: Cause])[] = [
  ['aws-cli/1.41.17 Python/3.10.6 botocore/1.39.17', 'legacy', 'legacy-default'],
  ['aws-cli/1.42.0 Python/3.10.6 botocore/1.40.0', 'regional', 'no-region'],
  [boto('1.39.17'), 'legacy', 'legacy-default'],
  [boto('1.40.0'), 'regional', 'no-region'],
  [dotnet('3.7.499.9'), 'legacy', 'legacy-default'],
  [dotnet('3.7.500.0'), 'regional', 'no-region'],
  ['aws-sdk-ruby3/3.91.1 ruby/2.6.3', 'legacy', 'legacy-default'],
  ['aws-sdk-ruby3/3.92.0 ruby/2.6.3', 'regional', 'legacy-setting'],
  ['aws-sdk-ruby2/2.11.473 ruby/2.4.1', 'legacy', 'legacy-default'],
  ['aws-sdk-ruby2/2.11.474 ruby/2.4.1', 'regional', 'legacy-setting'],
  ['aws-sdk-php/3.351.11 OS/Linux', 'legacy', 'legacy-default'],
  ['aws-sdk-php/3.351.12 OS/Linux', 'regional', 'legacy-setting'],
  ['AWSPowerShell.Common/4.1.868.0 .NET_Core/6.0', 'legacy', 'legacy-default'],
  ['AWSPowerShell.Common/4.1.869.0 .NET_Core/6.0', 'regional', 'no-region'],
  ['AWSPowerShell.NetCore/4.1.868.0 .NET_Core/6.0', 'legacy', 'legacy-default'],
  ['AWSPowerShell.NetCore/4.1.869.0 .NET_Core/6.0', 'regional', 'no-region'],
  ['AWSPowerShell/4.1.868.0 .NET_Framework/4.0', 'legacy', 'legacy-default'],
  ['AWSPowerShell/4.1.869.0 .NET_Framework/4.0', 'regional', 'no-region'],
  ['AWSPowerShell.Common/5.0.1 .NET_Core/8.0', 'regional', 'no-region'],
  ['aws-iam-authenticator/v0.4.9', 'legacy', 'legacy-default'],
  ['aws-iam-authenticator/v0.5.0', 'regional', 'legacy-setting'],
  // where the setting itself came later than the SDK
  ['aws-cli/1.16.265 Python/3.6 botocore/1.13.1', 'legacy', 'setting-ignored'],
  ['aws-cli/1.16.266 Python/3.6 botocore/1.13.2', 'legacy', 'legacy-default'],
  [boto('1.13.1'), 'legacy', 'setting-ignored'],
  [boto('1.13.2'), 'legacy', 'legacy-default'],
  ['aws-sdk-go/1.25.17 (go1.12; linux; amd64)', 'legacy', 'setting-ignored'],
  ['aws-sdk-go/1.25.18 (go1.12; linux; amd64)', 'legacy', 'legacy-default'],
  ['aws-sdk-java/1.11.657 Linux/4', 'legacy', 'setting-ignored'],
  ['aws-sdk-java/1.11.658 Linux/4', 'legacy', 'legacy-default'],
  ['aws-sdk-nodejs/2.524.0 linux/v10.1.0', 'legacy', 'setting-ignored'],
  ['aws-sdk-nodejs/2.525.0 linux/v10.1.0', 'legacy', 'legacy-default'],
  ['aws-sdk-php/3.112.26 OS/Linux', 'legacy', 'setting-ignored'],
  ['aws-sdk-php/3.112.27 OS/Linux', 'legacy', 'legacy-default'],
  ['aws-sdk-ruby3/3.70.0 ruby/2.6.3', 'legacy', 'setting-ignored'],
  ['aws-sdk-ruby3/3.71.0 ruby/2.6.3', 'legacy', 'legacy-default'],
  ['aws-sdk-ruby2/2.11.379 ruby/2.4.1', 'legacy', 'setting-ignored'],
  ['aws-sdk-ruby2/2.11.380 ruby/2.4.1', 'legacy', 'legacy-default'],
  ['Boto/2.49.0 Python/2.7.18', 'legacy', 'setting-ignored'],
  // where a version never mattered
  ['aws-cli/2.0.0 Python/3.7.3 Linux/5', 'regional', 'no-region'],
  ['aws-sdk-go/1.55.6 (go1.22; linux; amd64)', 'legacy', 'legacy-default'],
  ['aws-sdk-go-v2/1.0.0 os/linux', 'regional', 'aws-global-region'],
  ['aws-sdk-java/2.0.0 Linux/4', 'regional', 'no-region'],
  ['aws-sdk-nodejs/2.1692.0 linux/v18.1.0', 'legacy', 'legacy-default'],
  ['aws-sdk-js/3.0.0 os/linux', 'regional', 'aws-global-region'],
  ['aws-sdk-dotnet-coreclr/4.0.9.6 ua/2.1', 'regional', 'aws-global-region'],
  ['aws-sdk-kotlin/1.3.81 ua/2.1', 'regional', 'no-region'],
  ['aws-sdk-rust/1.3.9 ua/2.1', 'regional', 'aws-global-region'],
  ['aws-sdk-cpp/1.11.1 ua/2.1', 'regional', 'aws-global-region'],
  // a tool follows the SDK in its own text
  [terraform('aws-sdk-go/1.44.261 (go1.19.8; linux; amd64)'), 'legacy', 'legacy-default'],
  [terraform('aws-sdk-go-v2/1.18.0 os/linux'), 'regional', 'aws-global-region'],
  // programs that are global on purpose, or by rules of their own
  ['aws-sdk-go/1.44.1 (go1.20; linux; amd64) cert-manager/v1.14.7', 'legacy', 'legacy-default'],
  ['aws-sdk-go-v2/1.30.1 os/linux cert-manager/v1.15.0', 'regional', 'aws-global-region'],
  ['aws-sdk-go-v2/1.30.1 os/linux cert-manager/v1.15.1', 'regional', 'aws-global-region'],
  ['aws-sdk-go-v2/1.30.1 os/linux cert-manager/v1.16.0', 'regional', 'aws-global-region'],
  ['Vault/1.13.2', 'legacy', 'setting-ignored'],
  ['MinIO (linux; amd64) minio-go/v7.0.52', 'regional', 'no-region'],
  ['s3cmd/2.2.0', 'legacy', 'setting-ignored'],
  ['s3cmd/2.3.0', 'legacy', 'legacy-default'],
  ['aws-vault/6.1.0', 'legacy', 'setting-ignored'],
  ['aws-vault/6.2.0', 'legacy', 'legacy-default'],
  ['aws-vault/6.5.0', 'legacy', 'legacy-default'],
  ['aws-vault/6.6.0', 'regional', 'legacy-setting'],
  // what the text does not tell
  ['Boto3/1.26.1 Python/3.9.5', 'unknown', 'unknown-version'],
  ['eksctl/0.150.0', 'unknown', 'unknown-version'],
  [
    'aws-sdk-nodejs/2.1112.0 linux/v16.1.0 configure-aws-credentials-for-github-actions',
    'unknown',
    'unknown-version',
  ],
  ['acme/1.0', 'unknown', 'unknown-client'],
  ['', 'unknown', 'unknown-client'],
  ['python-requests/2.27.1', 'unknown', 'endpoint-override'],
  ['AWS Internal', 'unknown', 'aws-owned'],
];

/** The versions at which a known client changes, each with the version of the entry that is compared. */
const CHANGES = CLIENTS.flatMap((client) => {
  const { endpoint, pins = [] } = client;
  const bounds = [endpoint?.settingFrom, endpoint?.regionalFrom, ...pins.flatMap(({ from, before }) => [from, before])]; // prettier-ignore
  return bounds.flatMap((bound) =>
    bound !== undefined && /^\d/.test(bound) ? [{ id: client.id, client, bound }] : [],
  );
});

function versionSeen(client: (typeof CLIENTS)[number], userAgent: string): string | null {
  const seen = parseClient(userAgent);
  if (knownProduct(seen.product) !== client && knownSdk(seen.sdk) !== client) return null;
  return client.sdk ? seen.sdkVersion : seen.version;
}

describe('the boundaries', () => {
  it.each(CHANGES)('$id: $bound is tried on both sides', ({ client, bound }) => {
    const versions = BOUNDARIES.flatMap(([userAgent]) => versionSeen(client, userAgent) ?? []);
    const below = versions.filter((version) => !isAtLeast(version, bound));
    expect(versions.some((version) => isAtLeast(version, bound) && isAtLeast(bound, version))).toBe(
      true,
    );
    expect(below.length).toBeGreaterThan(0);
  });
});

describe('diagnose', () => {
  it.each(BOUNDARIES)('%s is %s by default, cause %s', (userAgent, mode, cause) => {
    expect(diagnosed({ userAgent })).toMatchObject({ defaultMode: mode, cause });
  });

  it('takes a build of its own for a version of any age', () => {
    const { defaultMode, explanation } = diagnosed({ userAgent: boto('dev') });
    expect(defaultMode).toBe('unknown');
    expect(explanation).not.toContain('before 1.13.2');
  });

  it('names the version and the bound in its explanation', () => {
    expect(diagnosed({ userAgent: boto('1.29.165') }).explanation).toContain('botocore 1.29.165');
    expect(diagnosed({ userAgent: boto('1.29.165') }).explanation).toContain('1.40.0');
  });

  it('never calls a guess certain', () => {
    const sure = (userAgent: string): string => diagnosed({ userAgent }).confidence;
    for (const userAgent of ['acme/1.0', '', 'eksctl/0.1', 'Boto3/1.2']) {
      expect(sure(userAgent)).toBe('low');
    }
    expect(sure('aws-cli/2.9.0')).toBe('medium');
    // The version tells the default, but nothing tells the settings.
    expect(sure(boto('1.29.0'))).toBe('medium');
    expect(diagnosed({ userAgent: boto('1.29.0') }).explanation).toContain('not in the log');
    // Of two causes that look the same neither is more than a guess.
    expect(sure('aws-sdk-go-v2/1.30.1 os/linux')).toBe('low');
    expect(sure('aws-sdk-ruby3/3.168.1 ruby/3.1.2')).toBe('low');
    expect(sure(boto('1.40.0'))).toBe('low');
    // A release that goes global whatever is configured.
    expect(sure('aws-sdk-go-v2/1.30.1 os/linux cert-manager/v1.15.1')).toBe('high');
  });

  it('is certain for no client by its version alone', () => {
    const forced = new Set(CLIENTS.filter(({ pins }) => pins).map(({ name }) => name));
    for (const { text } of CLIENTS.flatMap(({ examples }) => examples)) {
      const facts = makeFacts({ userAgent: text });
      const { confidence, cause } = diagnose(facts, locate(facts));
      if (confidence !== 'high') continue;
      expect(cause === 'endpoint-override' || forced.has(facts.client.product)).toBe(true);
      expect(cause !== 'endpoint-override' || facts.client.endpointOverride).toBe(true);
    }
  });

  it('puts a marked endpoint override first', () => {
    const { cause, confidence, explanation } = diagnosed({
      userAgent: 'aws-sdk-java/2.31.0 ua/2.1 m/E,N',
      operations: { GetCallerIdentity: 5 },
    });
    expect({ cause, confidence }).toEqual({ cause: 'endpoint-override', confidence: 'high' });
    expect(explanation).toContain('feature N');
    expect(diagnosed({ userAgent: `${boto('1.38.0')} m/N` }).candidates).toEqual([
      'endpoint-override',
      'legacy-default',
      'no-region',
      'aws-global-region',
    ]);
  });

  it('takes no mark for a proof that Java SDK v2 makes itself when it finds no Region', () => {
    const { cause, confidence, explanation } = diagnosed({
      userAgent: 'aws-sdk-java/2.31.0 ua/2.1 cfg/auth-source#anon m/D,N',
      operations: { AssumeRoleWithWebIdentity: 5 },
    });
    expect({ cause, confidence }).toEqual({ cause: 'no-region', confidence: 'medium' });
    expect(explanation).toContain('set one themselves');
  });

  it('does not take the plain client of Go for one that must have its address written', () => {
    // minio-go builds the global address when AWS_REGION is not set.
    expect(diagnosed({ userAgent: 'Go-http-client/1.1' })).toMatchObject({
      candidates: ['endpoint-override', 'no-region'],
      confidence: 'low',
    });
    expect(diagnosed({ userAgent: 'curl/8.4.0' }).confidence).toBe('medium');
  });

  it('names no missing Region where none is looked at', () => {
    expect(diagnosed({ userAgent: 'Boto/2.49.0 Python/2.7.18' }).candidates).toEqual([
      'setting-ignored',
      'endpoint-override',
    ]);
  });

  it('does not blame legacy mode where it is Regional', () => {
    const go = 'aws-sdk-go/1.44.1 (go1.20; linux; amd64)';
    const seoul = { servingRegions: { 'ap-northeast-2': 10 } };
    expect(diagnosed({ userAgent: go, ...seoul }).cause).toBe('no-region');
    expect(diagnosed({ userAgent: go, ...seoul }).confidence).toBe('medium');
    // JavaScript v2 has one global service for all Regions.
    expect(diagnosed({ userAgent: 'aws-sdk-nodejs/2.1000.0 linux/v16.1.0', ...seoul }).cause).toBe(
      'legacy-default',
    );
    const cluster = EKS.replace('eu-west-1', 'me-south-1');
    const principal = {
      type: 'web-identity',
      id: `${cluster} system:serviceaccount:a:b -> r`,
      accountId: null,
    } as const;
    expect(diagnosed({ userAgent: go, principal, servingRegions: { 'us-east-1': 10 } }).cause).toBe(
      'no-region',
    );
  });

  it('knows that Lambda always has a Region', () => {
    const { candidates } = diagnosed({
      userAgent: `${boto('1.40.0')} exec-env/AWS_Lambda_python3.12`,
    });
    expect(candidates).toEqual(['aws-global-region', 'legacy-setting', 'endpoint-override']);
  });

  it('knows which providers of Java v2 go global without a Region', () => {
    const userAgent = 'aws-sdk-java/2.30.1 ua/2.1';
    expect(diagnosed({ userAgent, operations: { AssumeRoleWithWebIdentity: 1 } }).cause).toBe(
      'no-region',
    );
    expect(diagnosed({ userAgent, operations: { GetCallerIdentity: 1 } }).cause).toBe(
      'aws-global-region',
    );
  });

  it('takes an interface endpoint on the global name for a DNS override', () => {
    const custom = diagnosed({ vpcEndpointId: 'vpce-0123456789abcdef0' });
    expect(custom.candidates.at(-1)).toBe('custom-dns');
    expect(custom.explanation).toContain('vpce-0123456789abcdef0');
    for (const vpcEndpointId of ['AWS Internal', 'sts.amazonaws.com', null]) {
      expect(diagnosed({ vpcEndpointId }).candidates).not.toContain('custom-dns');
    }
  });

  it("warns that AWS's own name can be faked", () => {
    expect(diagnosed({ userAgent: 'ec2.amazonaws.com' })).toMatchObject({
      cause: 'aws-owned',
      confidence: 'medium',
    });
    const principal = { type: 'aws-service', id: 'ec2.amazonaws.com', accountId: null } as const;
    expect(diagnosed({ userAgent: 'ec2.amazonaws.com', principal }).confidence).toBe('high');
  });

  it("is not sure of AWS's own mark beside the SDK of a customer's principal", () => {
    const user = { type: 'user', id: 'arn:aws:iam::1:user/jo', accountId: '1' } as const;
    const userAgent = 'Boto3/1.26.1 md/internal Python/3.9.1 Botocore/1.29.1';
    const found = diagnosed({ userAgent, principal: user });
    expect(found).toMatchObject({ cause: 'aws-owned', confidence: 'low', defaultMode: 'legacy' });
    expect(found.candidates).toContain('legacy-default');
    expect(found.explanation).toContain(
      'If it is a program of yours: botocore 1.29.1 uses the global',
    );
  });

  it('draws no conclusion from a Region that is only a guess', () => {
    const guess = { unknown: 99, 'ap-northeast-2': 1 };
    expect(diagnosed({ servingRegions: guess }).cause).toBe('legacy-default');
    expect(diagnosed({ servingRegions: { 'ap-northeast-2': 9 } }).cause).toBe('no-region');
  });

  it('follows an SDK that an entry says decides in its place', () => {
    const plugin = 'aws-sdk-go/1.44.128 (go1.19.4; linux; amd64) aws-fluent-bit-plugin';
    expect(diagnosed({ userAgent: plugin })).toMatchObject({
      cause: 'legacy-default',
      defaultMode: 'legacy',
    });
    expect(diagnosed({ userAgent: 'aws-fluent-bit-plugin' }).defaultMode).toBe('regional');
  });

  it('knows that the CloudWatch agent falls back where STS is not active', () => {
    const userAgent =
      'CWAgent/1.247358.0 (go1.20.5; linux; amd64) aws-sdk-go/1.44.301 (go1.20.5; linux; amd64)';
    const assumed = diagnosed({ userAgent, operations: { AssumeRole: 5 } });
    expect(assumed).toMatchObject({ cause: 'region-disabled', confidence: 'medium' });
    expect(assumed.explanation).toContain('after RegionDisabledException');
    const irsa = diagnosed({ userAgent, operations: { AssumeRoleWithWebIdentity: 5 } });
    expect(irsa).toMatchObject({ cause: 'legacy-default', defaultMode: 'legacy' });
  });

  it('tells the Vault server, which ignores the variable, from its clients', () => {
    const { explanation } = diagnosed({ userAgent: 'Vault/1.13.2' });
    expect(explanation).toContain('only the clients that log in do');
    expect(explanation).not.toContain('changes nothing');
  });

  it('explains no missing Region that it has ruled out', () => {
    const userAgent = 'aws-sdk-nodejs/2.1363.0 linux/v16.20.2 exec-env/AWS_Lambda_nodejs16.x';
    expect(diagnosed({ userAgent }).explanation).not.toContain('missing Region');
  });

  it('has a cause and an explanation for every known client', () => {
    for (const { text } of CLIENTS.flatMap(({ examples }) => examples)) {
      const { cause, candidates, explanation } = diagnosed({ userAgent: text });
      expect(candidates[0]).toBe(cause);
      expect(explanation).toMatch(/^\S.*\.$/);
      expect(explanation.length).toBeLessThan(500);
    }
  });
});
