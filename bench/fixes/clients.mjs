/**
 * Real SDKs and tools of several ages: how each is installed by its ordinary package client, and
 * how a program that makes one call is made of a snippet from the report.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { kotlin } from './compiled.mjs';

function run(command, args, cwd) {
  execFileSync(command, args, { cwd, stdio: ['ignore', 'ignore', 'pipe'], maxBuffer: 1e8 });
}

function python(...packages) {
  return {
    install(folder) {
      run('python3', ['-m', 'venv', folder]);
      run(join(folder, 'bin/pip'), ['install', '-q', ...packages]);
    },
    program: (snippet) => `import boto3\nsts = ${snippet ?? "boto3.client('sts')"}\nsts.get_caller_identity()\n`, // prettier-ignore
    file: 'caller.py',
    language: 'python',
    command: (folder, file) => [join(folder, 'bin/python'), file],
  };
}

/** Libraries older than Python 3.10 look for names that have moved since. */
const MOVED = 'import collections, collections.abc\nfor name in collections.abc.__all__:\n    setattr(collections, name, getattr(collections.abc, name))\n'; // prettier-ignore

function oldPython(...packages) {
  const client = python(...packages, 'setuptools<70');
  return { ...client, program: (snippet) => MOVED + client.program(snippet) };
}

/** The proxy code of boto 2 fails on Python 3, and it takes an authority from its own file only. */
const BOTO = `import os, socket, tempfile
with tempfile.NamedTemporaryFile('w', delete=False) as file:
    file.write('[Boto]\\nca_certificates_file = ' + os.environ['SSL_CERT_FILE'])
os.environ['BOTO_CONFIG'] = file.name
for name in ['HTTPS_PROXY', 'https_proxy']:
    del os.environ[name]
connect = socket.create_connection
socket.create_connection = lambda address, *rest, **named: connect(('127.0.0.1', int(os.environ['LOOPBACK_TLS_PORT'])), *rest, **named)
`;

function boto2(version) {
  return {
    ...oldPython(`boto==${version}`),
    program: (snippet) => `${BOTO}import boto.sts\nsts = ${snippet ?? 'boto.connect_sts()'}\nsts.get_session_token()\n`, // prettier-ignore
  };
}

/** A plain call, unless the snippet is one itself. */
function shell(snippet = '') {
  const call = 'aws sts get-caller-identity\n';
  return snippet.includes('aws sts ') ? snippet : `${snippet}\n${call}`;
}

const SHELL = { program: shell, file: 'caller.sh', language: 'sh' };

function cli(version) {
  return {
    ...python(`awscli==${version}`),
    ...SHELL,
    command: (folder, file) => ['env', `PATH=${join(folder, 'bin')}:/usr/bin:/bin`, 'sh', file],
  };
}

/** Debian's packages; the path says whether they are there. */
function installed(path, ...args) {
  return {
    install() {
      if (!existsSync(path)) throw new Error(`${path} is not installed`);
    },
    file: 'none',
    program: () => '',
    language: null,
    command: () => [path, ...args],
  };
}

const RUBY = `sts.get_caller_identity\n`;
function ruby() {
  return {
    ...installed('/usr/bin/ruby'),
    file: 'caller.rb',
    program: (snippet) => `require 'aws-sdk-core'\n${snippet ?? 'sts = Aws::STS::Client.new'}\n${RUBY}`, // prettier-ignore
    language: 'ruby',
    command: (_folder, file) => ['/usr/bin/ruby', file],
  };
}

function node(...packages) {
  return {
    install(folder) {
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'package.json'), '{"private":true}');
      run('npm', ['install', '--silent', '--no-audit', ...packages], folder);
    },
    language: 'js',
    command: (_folder, file) => ['node', file],
  };
}

function javascriptV2(version) {
  return {
    ...node(`aws-sdk@${version}`),
    file: 'caller.js',
    program: (snippet) => `const AWS = require('aws-sdk');\nconst sts = ${snippet ?? 'new AWS.STS()'}\nsts.getCallerIdentity().promise().catch((error) => { console.error(error); process.exitCode = 1; });\n`, // prettier-ignore
  };
}

function javascriptV3(version, providers) {
  return {
    ...node(`@aws-sdk/client-sts@${version}`, `@aws-sdk/credential-providers@${providers}`),
    file: 'caller.mjs',
    program: (snippet) => `import { STSClient, GetCallerIdentityCommand } from '@aws-sdk/client-sts';\nconst client = ${snippet ?? 'new STSClient({})'}\nawait client.send(new GetCallerIdentityCommand({}));\n`, // prettier-ignore
  };
}

function java(dependencies, imports, fallback, call) {
  const items = dependencies.map(([groupId, artifactId, version]) => `<dependency><groupId>${groupId}</groupId><artifactId>${artifactId}</artifactId><version>${version}</version></dependency>`); // prettier-ignore
  return {
    install(folder) {
      mkdirSync(folder, { recursive: true });
      const pom = `<project><modelVersion>4.0.0</modelVersion><groupId>x</groupId><artifactId>x</artifactId><version>1</version><dependencies>${items.join('')}</dependencies></project>`;
      writeFileSync(join(folder, 'pom.xml'), pom);
      run('mvn', ['-q', '-B', 'dependency:copy-dependencies', '-DoutputDirectory=jars'], folder);
    },
    file: 'Caller.java',
    program: (snippet) => `${imports.map((name) => `import ${name};`).join('\n')}\npublic class Caller {\n  public static void main(String[] args) {\n    ${snippet ?? fallback}\n    ${call}\n  }\n}\n`, // prettier-ignore
    language: 'java',
    command: (folder, file) => ['java', '-cp', join(folder, 'jars/*'), file],
    isJava: true,
  };
}

function javaV1(version) {
  return java(
    [
      ['com.amazonaws', 'aws-java-sdk-sts', version],
      ['javax.xml.bind', 'jaxb-api', '2.3.1'],
    ],
    [
      'com.amazonaws.client.builder.AwsClientBuilder.EndpointConfiguration',
      'com.amazonaws.services.securitytoken.*',
      'com.amazonaws.services.securitytoken.model.*',
    ],
    'AWSSecurityTokenService sts = AWSSecurityTokenServiceClientBuilder.defaultClient();',
    'sts.getCallerIdentity(new GetCallerIdentityRequest());',
  );
}

function javaV2(version) {
  const client = java(
    [
      ['software.amazon.awssdk', 'sts', version],
      ['org.slf4j', 'slf4j-nop', '2.0.16'],
    ],
    ['software.amazon.awssdk.services.sts.StsClient', 'software.amazon.awssdk.regions.Region'],
    'StsClient sts = StsClient.create();',
    'sts.getCallerIdentity();',
  );
  const { program } = client;
  return { ...client, program: (snippet) => program(snippet && `StsClient sts = ${snippet};`) };
}

/** A program that asks only for credentials, whose chain then makes STS clients of its own. */
function chainOf(client, provider, call) {
  return {
    ...client,
    program: () => `public class Caller {\n  public static void main(String[] args) {\n    ${provider}.${call}();\n  }\n}\n`, // prettier-ignore
    language: null,
  };
}

const CHAIN_V1 = 'com.amazonaws.auth.DefaultAWSCredentialsProviderChain.getInstance()';
const CHAIN_V2 = 'software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider.create()';

function go(modules, imports, body) {
  const client = {
    install(folder) {
      mkdirSync(folder, { recursive: true });
      run('go', ['mod', 'init', 'caller'], folder);
      for (const module of modules) run('go', ['get', module], folder);
      writeFileSync(join(folder, client.file), client.program());
      run('go', ['mod', 'tidy'], folder);
    },
    file: 'main.go',
    program: (snippet) => `package main\nimport (\n${imports.map((name) => `  "${name}"`).join('\n')}\n)\nfunc main() {\n${body(snippet)}\n}\n`, // prettier-ignore
    language: 'go',
    command: (_folder, file) => ['go', 'run', '-mod=mod', file],
  };
  return client;
}

function goV1(version) {
  const at = 'github.com/aws/aws-sdk-go';
  const used = ['aws', 'aws/endpoints', 'aws/session', 'service/sts'].map((name) => `${at}/${name}`); // prettier-ignore
  return go(
    [`${at}@v${version}`],
    used,
    (snippet) =>
    `_ = aws.String\n_ = endpoints.AwsPartitionID\n${snippet ?? 'sess, err := session.NewSession()'}\nif err != nil { panic(err) }\nif _, err := sts.New(sess).GetCallerIdentity(nil); err != nil { panic(err) }`, // prettier-ignore
  );
}

function goV2(config, sts) {
  const at = 'github.com/aws/aws-sdk-go-v2';
  return go(
    [`${at}/config@v${config}`, `${at}/service/sts@v${sts}`],
    ['context', `${at}/config`, `${at}/service/sts`],
    (snippet) =>
      `ctx := context.Background()\ncfg, err := config.LoadDefaultConfig(ctx)\nif err != nil { panic(err) }\n${snippet ?? 'client := sts.NewFromConfig(cfg)'}\nif _, err := client.GetCallerIdentity(ctx, nil); err != nil { panic(err) }`, // prettier-ignore
  );
}

function minioGo(version) {
  const at = 'github.com/minio/minio-go/v7';
  return go(
    [`${at}@v${version}`],
    [`${at}/pkg/credentials`],
    () =>
    `if _, err := credentials.NewIAM("").Get(); err != nil { panic(err) }`, // prettier-ignore
  );
}

export const CLIENTS = {
  'boto3 1.10.1 (botocore 1.13.1)': oldPython('boto3==1.10.1', 'botocore==1.13.1'),
  'boto3 1.10.2 (botocore 1.13.2)': oldPython('boto3==1.10.2', 'botocore==1.13.2'),
  'boto3 1.39.17 (botocore 1.39.17)': python('boto3==1.39.17', 'botocore==1.39.17'),
  'boto3 1.40.0 (botocore 1.40.0)': python('boto3==1.40.0', 'botocore==1.40.0'),
  'boto 2.49.0': boto2('2.49.0'),
  'AWS CLI 1.41.17': cli('1.41.17'),
  'AWS CLI 1.42.0': cli('1.42.0'),
  'AWS CLI 2.9.19': { ...installed('/usr/bin/aws'), ...SHELL, command: (_, file) => ['env', 'PATH=/usr/bin:/bin', 'sh', file] }, // prettier-ignore
  'JavaScript v2 2.524.0': javascriptV2('2.524.0'),
  'JavaScript v2 2.525.0': javascriptV2('2.525.0'),
  'JavaScript v2 2.1693.0': javascriptV2('2.1693.0'),
  'JavaScript v3 3.1169.0': javascriptV3('3.1169.0', '3.1169.0'),
  'Java v1 1.11.657': javaV1('1.11.657'),
  'Java v1 1.11.658': javaV1('1.11.658'),
  'Java v1 1.12.788': javaV1('1.12.788'),
  'Java v2 2.31.0': javaV2('2.31.0'),
  'Java v1 1.12.788, credential chain': chainOf(javaV1('1.12.788'), CHAIN_V1, 'getCredentials'),
  'Java v2 2.31.0, credential chain': chainOf(javaV2('2.31.0'), CHAIN_V2, 'resolveCredentials'),
  'Go v1 1.25.17': goV1('1.25.17'),
  'Go v1 1.25.18': goV1('1.25.18'),
  'Go v1 1.25.35': goV1('1.25.35'),
  'Go v1 1.55.8': goV1('1.55.8'),
  'Go v2 1.48.0': goV2('1.33.18', '1.52.0'),
  'minio-go 7.0.66': minioGo('7.0.66'),
  'Ruby core 3.168.1': ruby(),
  'Kotlin 1.6.0': kotlin('1.6.0', '2.3.0'),
};
