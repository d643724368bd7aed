/**
 * User agents of several eras, and texts that no client should send but anybody can.
 */
export const CLIENTS = [
  'aws-cli/1.16.145 Python/2.7.18 Linux/4.14.173-137.229.amzn2.x86_64 botocore/1.12.135',
  'aws-cli/1.27.74 Python/3.10.6 Linux/5.10.0 botocore/1.29.74',
  'aws-cli/1.42.1 md/Botocore#1.40.1 ua/2.1 os/linux#6.1.0 md/arch#x86_64 lang/python#3.11.9 md/pyimpl#CPython m/b,Z cfg/retry-mode#legacy botocore/1.40.1',
  'aws-cli/2.15.30 Python/3.11.8 Linux/6.1.0 exe/x86_64.ubuntu.22 prompt/off command/sts.get-caller-identity',
  'Boto3/1.26.90 Python/3.9.16 Linux/4.14.255 exec-env/AWS_Lambda_python3.9 Botocore/1.29.90',
  'aws-sdk-go/1.44.157 (go1.19.3; linux; amd64)',
  'aws-sdk-go-v2/1.36.3 ua/2.1 os/linux lang/go#1.24.1 md/GOOS#linux md/GOARCH#arm64 api/sts#1.33.17 m/g',
  'aws-sdk-java/1.12.488 Linux/5.4.0 OpenJDK_64-Bit_Server_VM/11.0.19 java/11.0.19 cfg/retry-mode/legacy',
  'aws-sdk-java/2.20.90 Linux/5.10.0 OpenJDK_64-Bit_Server_VM/17.0.7+7 Java/17.0.7 vendor/Amazon.com_Inc. io/sync http/Apache cfg/retry-mode/legacy',
  'aws-sdk-nodejs/2.1363.0 linux/v16.20.2 exec-env/AWS_ECS_FARGATE promise',
  'aws-sdk-js/3.350.0 ua/2.0 os/linux#5.10 lang/js md/nodejs#18.16.0 api/sts#3.350.0',
  'aws-sdk-dotnet-coreclr/3.7.101.44 aws-sdk-dotnet-core/3.7.103.6 .NET_Core/6.0.11 OS/Linux_5.4 ClientAsync',
  'APN/1.0 HashiCorp/1.0 Terraform/1.1.2 (+https://www.terraform.io) terraform-provider-aws/4.67.0 (+https://registry.terraform.io/providers/hashicorp/aws) aws-sdk-go/1.44.261 (go1.19.8; linux; amd64)',
  'aws-sdk-ruby3/3.90.0 ruby/2.7.0 x86_64-linux aws-sdk-core/3.90.0',
  'aws-sdk-php/3.209.10 OS/Linux/5.10 lang/php/8.0.13 GuzzleHttp/7',
];

/** Before and after an upgrade: the same workload, another version. */
export const UPGRADES = [
  [CLIENTS[1], CLIENTS[2]],
  [
    'Boto3/1.26.90 Python/3.9.16 Linux/5.10 Botocore/1.29.90',
    'Boto3/1.40.4 md/Botocore#1.40.4 ua/2.1 os/linux#6.1 md/arch#x86_64 lang/python#3.12.3 md/pyimpl#CPython m/Z,b,D cfg/retry-mode#legacy Botocore/1.40.4',
  ],
  [CLIENTS[5], 'aws-sdk-go/1.55.5 (go1.22.5; linux; amd64)'],
];

const HOSTILE = [
  "=cmd|' /C calc'!A0, \"quoted\", 'single'",
  'agent,with;separators|and`ticks`\tand\ttabs',
  'two\nlines\r\nand a \\ backslash \\n',
  '<script>alert(1)</script> & [link](javascript:alert(1)) **bold** | cell |',
  "Robert'); DROP TABLE cloudtrail;-- {{table}} ${jndi:ldap://127.0.0.1/a}",
  'naïve-клиент/1.0 (日本語; \u{1f980}) \u202eright-to-left\u2028line',
  '\u001b[31mred\u001b[0m \u0007bell \u0000null',
];

export function hostileText(random) {
  return random.pick(HOSTILE);
}
