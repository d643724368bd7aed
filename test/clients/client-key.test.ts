import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { clientKey, clientLineage } from '../../src/clients/client-key.js';
import { CLIENTS } from '../../src/clients/knowledge.js';
import { parseClient } from '../../src/clients/parse-client.js';

const key = (userAgent: string): string => clientKey(parseClient(userAgent));
const lineage = (userAgent: string): string => clientLineage(parseClient(userAgent));

const examples = CLIENTS.flatMap((client) =>
  client.examples.flatMap(({ text, field }) => (field ? [] : [text])),
);

/** Texts of which the whole is the name, so that a word more makes them another text. */
const isWhole = (text: string): boolean => !text.includes('/') || text.startsWith('[');

const hex = (length: number): fc.Arbitrary<string> =>
  fc.stringMatching(new RegExp(`^[0-9a-f]{${length}}$`));

/** Words that differ from call to call of one program. */
const randomWords = [
  fc.uuid().map((id) => `stratus-red-team_${id}`),
  hex(12).map((id) => `sid/${id}`),
  hex(40).map((id) => `build-${id}`),
  fc.integer({ min: 1_400_000_000, max: 1_999_999_999 }).map((time) => `run-${time}`),
  fc.shuffledSubarray(['E', 'b', 'Z', 'AA', 'D', 'n']).map((letters) => `m/${letters.join(',')}`),
];
const randomWord = fc.oneof(...randomWords);

describe('clientKey', () => {
  it('is the same whatever random word a known program appends', () => {
    const known = examples.filter((text) => !isWhole(text) && !text.startsWith('eksctl'));
    fc.assert(
      fc.property(
        fc.constantFrom(...known),
        fc.constantFrom(...randomWords),
        fc.gen(),
        (text, word, draw) => {
          expect(key(`${text} ${draw(() => word)}`)).toBe(key(`${text} ${draw(() => word)}`));
        },
      ),
    );
  });

  it('is the same for every run of an unknown program', () => {
    fc.assert(
      fc.property(randomWord, randomWord, fc.uuid(), fc.uuid(), (one, other, id, otherId) => {
        const ownKind = (word: string): string => word.replace(/[_-][^_]*$|\/.*$/, '');
        fc.pre(ownKind(one) === ownKind(other));
        expect(key(`acme-tool/1.0 ${one} x_${id}`)).toBe(
          key(`acme-tool/1.0 ${other} x_${otherId}`),
        );
      }),
    );
  });

  it('is the same for permuted feature letters', () => {
    const start = 'aws-cli/2.36.0 md/awscrt#0.28.4 ua/2.1 os/linux#6 lang/python#3.13.9';
    fc.assert(
      fc.property(fc.shuffledSubarray(['E', 'AP', 'n', 'Z', 'b'], { minLength: 5 }), (letters) => {
        expect(key(`${start} m/${letters.join(',')}`)).toBe(key(`${start} m/E,AP,n,Z,b`));
      }),
    );
  });

  it('tells versions apart, but not kernels and patch levels of the runtime', () => {
    const base = key('Boto3/1.26.1 Python/3.9.5 Linux/4.14 Botocore/1.29.1');
    expect(key('Boto3/1.26.1 Python/3.9.16 Linux/5.10.1-aws Botocore/1.29.1')).toBe(base);
    expect(key('[Boto3/1.26.1 Python/3.9.5 Linux/4.14 Botocore/1.29.1]')).toBe(base);
    expect(key('Boto3/1.26.2 Python/3.9.5 Linux/4.14 Botocore/1.29.2')).not.toBe(base);
    expect(key('Boto3/1.26.1 Python/3.10.5 Linux/4.14 Botocore/1.29.1')).not.toBe(base);
  });

  it.each([
    ['app/facade2', 'app/cafe2024', 'app/beef2025', 'app/111122223333', 'app/444455556666'],
    ['payments', 'orders', 'batch'],
    ['payments promise', 'orders promise'],
    ['Payments', 'Orders', 'p2', 'payments.api', 'orders.api'],
    ['app/checkout-k8svc', 'app/checkout-v2svc', 'app/ml-gpt4x', 'app/ml-gpt5x'],
    ['app/project-123456789', 'app/project-987654321', 'app/1234567890', 'app/9876543210'],
    ['app/ci-100', 'app/ci-200', 'app/task-500', 'app/task-900', 'app/build-100-payments'],
  ])('tells the names of owners apart: %s, %s', (...names) => {
    const keys = names.map((each) => key(`aws-sdk-go/1.44.157 (go1.19.3; linux; amd64) ${each}`));
    expect(new Set(keys).size).toBe(names.length);
  });

  it('tells names in front of the SDK apart', () => {
    const go = 'aws-sdk-go/1.44.157 (go1.19.3; linux; amd64)';
    expect(key(`payments ${go}`)).not.toBe(key(`orders ${go}`));
  });

  it.each([
    'amd64-freebsd13',
    'powerpc64le-linux',
    's390x-linux-gnu',
    'ppc64le',
    'mingw32',
    'waiter',
    'async',
    'ClientSync',
    'error retrying',
  ])(
    // prettier-ignore
    'takes %s of an SDK for no name of a program',
    (word) => {
      const ruby = 'aws-sdk-ruby3/3.100.0 ruby/2.7.0';
      expect(parseClient(`${ruby} ${word}`).applicationId).toBeNull();
    },
  );

  it('tells long unknown texts apart by their end, too', () => {
    const long = 'words '.repeat(100);
    expect(key(`${long} payments`)).not.toBe(key(`${long} orders`));
  });

  it('tells the accounts in long unknown texts apart', () => {
    const long = 'x'.repeat(100);
    expect(key(`${long} account 111122223333`)).not.toBe(key(`${long} account 444455556666`));
  });

  it('tells long unknown texts apart that begin alike, and no run of them', () => {
    const long = 'x'.repeat(100);
    expect(key(`${long} A/1`)).not.toBe(key(`${long} B/1`));
    expect(key(`${long} A/1 job=12345678`)).toBe(key(`${long} A/1 job=12345679`));
  });

  it.each([
    ['app/build-8472', 'app/build-8473'],
    ['exec-env/ci-8472', 'exec-env/ci-8473'],
  ])('is the same for every build, %s and %s', (one, other) => {
    const start = 'Boto3/1.26 Botocore/1.29';
    expect(key(`${start} ${one}`)).toBe(key(`${start} ${other}`));
  });

  it('makes no new client of each patch of a part of an unknown SDK', () => {
    const php2 = (patch: string): string =>
      `aws-sdk-php2/2.8.31 Guzzle/3.9.3 curl/7.61.${patch} PHP/7.2.${patch}`;
    expect(key(php2('1'))).toBe(key(php2('24')));
    expect(parseClient(php2('1'))).toMatchObject({ product: 'aws-sdk-php2', version: '2.8.31' });
  });

  it('folds the runs of the real data set into three clients', () => {
    const runs = ['3.76.1', '4.67.0', 'dev'].flatMap((version) =>
      ['39f95f43-cd2f-4beb-b69e-be60b6fe1f57', '7d2a6913-ded3-49c6-a31c-0cdeebcc259c'].map(
        (id) =>
          `APN/1.0 HashiCorp/1.0 Terraform/1.1.2 (+https://www.terraform.io) terraform-provider-aws/${version} (+https://registry.terraform.io/providers/hashicorp/aws) aws-sdk-go/1.44.157 (go1.19.3; linux; amd64) stratus-red-team_${id} HashiCorp-terraform-exec/0.17.3`,
      ),
    );
    expect(new Set(runs.map(key)).size).toBe(3);
    expect(new Set(runs.map(lineage)).size).toBe(1);
  });
});

describe('clientLineage', () => {
  it.each([
    [
      'Boto3/1.26.1 Python/3.9.5 Linux/5 Botocore/1.29.1',
      'Boto3/1.40.0 md/Botocore#1.40.0 ua/2.1 os/linux#6 lang/python#3.12.1 m/N Botocore/1.40.0',
    ],
    [
      'aws-cli/1.27.74 Python/3.10.6 botocore/1.29.74',
      'aws-cli/1.42.0 md/Botocore#1.40.0 lang/python#3.12.3 botocore/1.40.0',
    ],
    [
      'Boto3/1.26.1 exec-env/AWS_Lambda_python3.9 Botocore/1.29.1',
      'Boto3/1.40.1 exec-env/AWS_Lambda_python3.13 Botocore/1.40.1',
    ],
    [
      'aws-sdk-js/3.1.0 exec-env/AWS_Lambda_nodejs18.x',
      'aws-sdk-js/3.9.0 exec-env/AWS_Lambda_nodejs22.x',
    ],
    ['acme-broker/2.1', 'acme-broker/2.2.0'],
    [
      'aws-sdk-dotnet-45/3.3.100.1 aws-sdk-dotnet-core/3.3.103.0 .NET_Framework/4.7',
      'aws-sdk-dotnet-45/3.7.500.1 aws-sdk-dotnet-core/3.7.500.0 .NET_Framework/4.8',
    ],
    [
      'APN/1.0 HashiCorp/1.0 Terraform/1.5.7 terraform-provider-aws/4.67.0 aws-sdk-go/1.44.261 (go1.19.8; linux; amd64)',
      'APN/1.0 HashiCorp/1.0 Terraform/1.5.7 terraform-provider-aws/5.31.0 aws-sdk-go-v2/1.24.0 os/linux lang/go/1.20.12',
    ],
    ['aws-cli/1.27.74 Python/3.10.6 botocore/1.29.74', 'aws-cli/2.15.0 Python/3.11.6 Linux/5.15'],
    ['aws-sdk-nodejs/2.1363.0 linux/v16.20.2', 'aws-sdk-js/3.750.0 ua/2.1 md/nodejs#22.1.0'],
    ['aws-sdk-java/1.12.700 Linux/5', 'aws-sdk-java/2.31.0 ua/2.1 lang/java#21.0.6'],
    ['aws-sdk-go/1.55.6 (go1.22.1; linux; arm64)', 'aws-sdk-go-v2/1.30.1 os/linux lang/go#1.24.1'],
    ['Boto/2.49.0 Python/2.7.18', 'Boto3/1.40.0 Python/3.12.1 Botocore/1.40.0'],
    ['AWSPowerShell.NetCore/4.1.90.0 .NET_Core/6.0.5', 'AWSPowerShell.Common/5.0.1 .NET_Core/8.0'],
    [
      'aws-sdk-dotnet-45/3.7.1.1 aws-sdk-dotnet-core/3.7.1.2 .NET_Framework/4.7',
      'aws-sdk-dotnet-coreclr/4.0.9.6 ua/2.1 lang/.NET_Core#9.0.0',
    ],
    [
      'Boto3/1.26.1 Botocore/1.29.1 app/payments-v1.4.2',
      'Boto3/1.40.1 Botocore/1.40.1 app/payments-v2.0.0',
    ],
  ])('survives the upgrade of %s', (before, after) => {
    expect(lineage(after)).toBe(lineage(before));
    expect(key(after)).not.toBe(key(before));
  });

  it('keeps one caller together over the releases of its application', () => {
    const releases = ['1.4.2', '1.4.3', '1.5.0'].map((version) =>
      key(`Boto3/1.42.97 Botocore/1.42.97 app/payments-v${version}`),
    );
    expect(new Set(releases).size).toBe(1);
  });

  it('keeps different software and places apart', () => {
    const lineages = [
      'aws-cli/1.27.74 Python/3.10.6 botocore/1.29.74',
      'aws-sdk-java/1.12.1 Linux/5',
      'Boto3/1.26.1 Python/3.9.5 Botocore/1.29.1',
      'Boto3/1.26.1 Python/3.9.5 exec-env/AWS_ECS_FARGATE Botocore/1.29.1',
      'Boto3/1.26.1 Python/3.9.5 exec-env/AWS_ECS_EC2 Botocore/1.29.1',
      'Boto3/1.26.1 Python/3.9.5 app/one Botocore/1.29.1',
      'Boto3/1.26.1 Python/3.9.5 Botocore/1.29.1 billing-export/9.9',
      'terraform-provider-aws/4.67.0 aws-sdk-go/1.44.261',
    ].map(lineage);
    expect(new Set(lineages).size).toBe(lineages.length);
  });
});
