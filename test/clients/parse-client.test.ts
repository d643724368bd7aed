import { describe, expect, it } from 'vitest';

import { describeClient } from '../../src/clients/client-key.js';
import { CLIENTS } from '../../src/clients/knowledge.js';
import { parseClient, parseUserAgent } from '../../src/clients/parse-client.js';
import { CASES } from './constructed-user-agents.js';

/** The strings of the clients whose own rules or whose SDK's rules decide, by the id of the entry. */
const CONSTRUCTED = new Map(
  CLIENTS.map(({ id, name, sdk }) => [
    id,
    CASES.map(([userAgent]) => userAgent).filter((userAgent) => {
      const seen = parseClient(userAgent);
      return seen.product === name || (sdk !== undefined && seen.sdk === sdk.name);
    }),
  ]),
);
const ownStrings = (id: string): readonly string[] => CONSTRUCTED.get(id) ?? [];
/** The grammar of 2.0 and 2.1 says so in a word of its own. */
const isNewGrammar = (userAgent: string): boolean => userAgent.includes(' ua/2.');

describe('parseClient', () => {
  it('is tried on many strings that are not among the examples', () => {
    const examples = new Set(CLIENTS.flatMap((client) => client.examples.map(({ text }) => text)));
    expect(CASES.filter(([userAgent]) => !examples.has(userAgent)).length).toBeGreaterThan(60);
  });

  it.each(CLIENTS.filter(({ kind }) => kind === 'sdk' || kind === 'cli'))(
    'is tried on strings of $name',
    ({ id }) => {
      expect(ownStrings(id).length).toBeGreaterThan(0);
    },
  );

  it.each([
    'boto3',
    'aws-cli-v1',
    'aws-cli-v2',
    'java-v2',
    'go-v2',
    'js-v3',
    'dotnet-v3',
    'powershell-v4',
    'php',
    'ruby-v3',
    'cpp',
    'terraform-provider',
  ])('is tried on %s in its old and its new grammar', (id) => {
    expect(ownStrings(id).some(isNewGrammar)).toBe(true);
    expect(ownStrings(id).every(isNewGrammar)).toBe(false);
  });

  it.each(CASES)('%s', (userAgent, name) => {
    expect(describeClient(parseClient(userAgent))).toBe(name);
  });

  it('gives unknown software a name and nothing else', () => {
    expect(parseClient('acme-broker/2.1 (linux)')).toEqual({
      product: 'acme-broker/2.1 (linux)',
      version: null,
      sdk: null,
      sdkVersion: null,
      runtime: null,
      executionEnvironment: null,
      applicationId: null,
      endpointOverride: false,
    });
  });

  it.each([
    ['Boto3/1.26.1 exec-env/AWS_Lambda_python3.9 Botocore/1.29.1', 'AWS_Lambda_python3.9'],
    ['aws-sdk-php/3.351.12 ua/2.1 lang/php#8.3.1 AWS_Lambda_php8 m/D', 'AWS_Lambda_php8'],
    ['aws-sdk-php/3.351.12 AWS_ECS_FARGATE', 'AWS_ECS_FARGATE'],
    ['aws-cli/2.9.1 exec-env/grimoire_39f95f43-cd2f-4beb-b69e-be60b6fe1f57', 'grimoire'],
    ['aws-cli/2.9.1 exec-env/', null],
  ])('reads the execution environment of %s', (userAgent, environment) => {
    expect(parseClient(userAgent).executionEnvironment).toBe(environment);
  });

  it('reads the application id', () => {
    expect(parseClient('aws-sdk-rust/1.3.9 ua/2.1 m/E app/AmazonQ-For-CLI').applicationId).toBe(
      'AmazonQ-For-CLI',
    );
  });

  it.each([
    ['m/N', true],
    ['m/E,N', true],
    ['m/N,E', true],
    ['m/E,N,b', true],
    ['m/E,AN,Nb', false],
    ['m/', false],
    ['n/N', false],
  ])('takes %s for an endpoint override: %s', (word, expected) => {
    expect(parseClient(`aws-sdk-swift/1.5.86 ${word} x/y`).endpointOverride).toBe(expected);
  });

  it.each([
    [
      'aws-cli/2.2.23 Linux/4.14 command/sts.get-caller-identity',
      'Linux',
      'sts.get-caller-identity',
    ],
    ['aws-cli/2.32.0 ua/2.1 os/macos#24.6.0 md/command#login', 'macOS', 'login'],
    ['AWSPowerShell.Common/4.1.90.0 OS/Microsoft_Windows_10', 'Windows', null],
    ['aws-sdk-nodejs/2.1.0 win32/v10.1.0', 'Windows', null],
    ['aws-sdk-go/1.38.69 (go1.16.5; darwin; arm64)', 'macOS', null],
  ])('reads system and command of %s', (userAgent, system, command) => {
    expect(parseUserAgent(userAgent)).toMatchObject({ system, command });
  });

  it('prefers the name that carries a version', () => {
    const userAgent =
      'aws-sdk-go-v2/1.30.0 cert-manager-challenges/v1.16.1 (linux/amd64) cert-manager/abc123';
    expect(parseClient(userAgent)).toMatchObject({ product: 'cert-manager', version: '1.16.1' });
  });

  it.each([
    'Nightly Vault backup',
    'Coral reef sync 1.2',
    'Ansible weekly report',
    'Prometheus scraper by team X',
    'vault-rotation/1.0',
    'grafana-backup-tool/1.0',
    'pulumi-esc/1',
    'Hadoop cluster copy',
    'curl wrapper',
    'aws-cli wrapper',
    // major versions of which nothing is known
    'aws-cli/3.0.0 Python/3.14.1 botocore/2.0.0',
    'aws-sdk-java/3.1.0 Linux/6',
  ])('takes no word of %s for a product', (userAgent) => {
    expect(parseClient(userAgent)).toMatchObject({ product: userAgent, sdk: null });
  });

  it.each([
    'aws-sdk-php2/2.8.31 Guzzle/3.9.3 curl/7.38.0 PHP/5.6.40',
    'aws-sdk-perl/1.0 curl/7.38.0',
  ])('takes no library in an SDK of which nothing is known, %s, for a product', (userAgent) => {
    const [product = '', version] = userAgent.split(' ')[0]?.split('/') ?? [];
    expect(parseClient(userAgent)).toMatchObject({ product, version, sdk: null });
  });

  it.each([
    'aws-sdk-iOS/2.33.4 iOS/17 en_US',
    'aws-sdk-android/2.22.6 Linux/4.14 Dalvik/2.1.0/0 en_US',
  ])('takes the system of a phone for no program: %s', (userAgent) => {
    expect(parseClient(userAgent).applicationId).toBeNull();
  });

  it('keeps the SDK that a browser names', () => {
    expect(parseClient('Mozilla/5.0 (X11) aws-sdk-js/2.1363.0 callback')).toMatchObject({
      product: 'Web browser',
      sdk: 'AWS SDK for JavaScript v2',
      sdkVersion: '2.1363.0',
    });
  });

  it('takes neither a runtime of Ruby nor a language of the JVM for a program', () => {
    expect(parseClient('aws-sdk-ruby3/3.94.0 jruby/2.5.7 java aws-sdk-core/3.94.0')).toMatchObject({
      runtime: 'JRuby 2.5',
      applicationId: null,
    });
    expect(
      parseClient('aws-sdk-java/1.12.100 Linux/5 java/1.8.0 groovy/2.4.15 vendor/Oracle')
        .applicationId,
    ).toBeNull();
  });

  it.each([
    ['Boto3/1.26.0 Botocore/1.29.0 vault-rotation/1.0', 'boto3', 'vault-rotation'],
    ['Boto3/1.26.0 Botocore/1.29.0 Coral', 'boto3', null],
    ['Boto3/1.26.0 Botocore/1.29.0 datadog-lambda/3.0', 'boto3', 'datadog-lambda'],
    ['payments-api/1.0 aws-sdk-go-v2/1.30.0 os/linux', 'AWS SDK for Go v2', 'payments-api'],
    ['aws-sdk-go-v2/1.30.0 os/linux billing-export/9.9', 'AWS SDK for Go v2', 'billing-export'],
    ['Boto3/1.26.0 Botocore/1.29.0 etl/1.0 app/owner-set', 'boto3', 'owner-set'],
    ['aws-sdk-java/1.12.1 Mac_OS_X/14 Some_Other_VM/21+35 java/21', 'AWS SDK for Java v1', null],
  ])('finds in %s the SDK %s and its program %s', (userAgent, product, applicationId) => {
    expect(parseClient(userAgent)).toMatchObject({ product, applicationId });
  });

  it.each(CLIENTS.filter(({ kind }) => kind === 'sdk' || kind === 'cli'))(
    'takes no part of the grammar of $name for its program',
    ({ id }) => {
      const names = ownStrings(id)
        .filter((userAgent) => !userAgent.includes('app/'))
        .map((userAgent) => parseClient(userAgent).applicationId);
      expect(names.filter((name) => name !== null)).toEqual([]);
    },
  );

  it('does not take names in comments for software', () => {
    expect(parseClient('acme (aws-cli/1.2.3; Botocore/1.2)').sdk).toBeNull();
  });

  it('does not take longer names for shorter ones', () => {
    expect(parseClient('aws-sdk-go-v3/1.0').sdk).toBeNull();
    expect(parseClient('myaws-cli/1.0 xBoto3/1.2').sdk).toBeNull();
  });

  it('drops a version that CloudTrail may have cut short', () => {
    const start = 'Boto3/1.26.1 Python/3.9.1 x/';
    const tail = ' Botocore/1.4';
    const filler = (length: number): string =>
      start + 'y'.repeat(length - start.length - tail.length) + tail;
    expect(parseClient(filler(1024))).toMatchObject({ sdk: 'botocore', sdkVersion: null });
    expect(parseClient(filler(1023))).toMatchObject({ sdk: 'botocore', sdkVersion: '1.4' });
    expect(parseClient(`${filler(1024)}2.97`)).toMatchObject({ sdkVersion: null });
  });

  it('keeps the name of unknown software short', () => {
    expect(parseClient('word '.repeat(300)).product.length).toBeLessThanOrEqual(100);
    // No half of a character.
    expect(parseClient(`${'x'.repeat(89)}😀😀${'x'.repeat(20)}`).product).toMatch(
      /^x{89}… [0-9a-f]{8}$/,
    );
  });
});

describe('the operating system', () => {
  it.each([
    ['aws-sdk-java/2.17.1 Windows_10/10.0 OpenJDK_64-Bit_Server_VM/11 Java/11.0.14', 'Windows'],
    ['aws-sdk-java/1.12.1 Windows_Server_2019/10.0 Java/11.0.14', 'Windows'],
    ['aws-sdk-js/3.600.0 ua/2.0 os/win32#10.0.19045 lang/js md/nodejs#20.1.0', 'Windows'],
    ['aws-sdk-js/3.3.0 os/win32/10 lang/js md/nodejs/14.17.0', 'Windows'],
    ['aws-sdk-ruby3/3.100.0 ruby/2.7.0 x64-mingw32', 'Windows'],
    ['aws-sdk-ruby3/3.100.0 ruby/2.7.0 x86_64-linux-gnu', 'Linux'],
    ['aws-sdk-java/2.17.1 Mac_OS_X/12.6 Java/11.0.14', 'macOS'],
  ])('of %s is %s', (text, system) => {
    expect(parseUserAgent(text).system).toBe(system);
  });
});
