import { NO_USER_AGENT, RANDOM_TEXT } from '../../src/clients/parse-client.js';

const GO = 'os/linux lang/go#1.24.1 md/GOOS#linux md/GOARCH#arm64';
const TERRAFORM = 'APN/1.0 HashiCorp/1.0 Terraform/1.9.8 (+https://www.terraform.io)';

/** Strings made from the grammar of each family and era, with the name that people see. */
export const CASES: readonly (readonly [userAgent: string, name: string])[] = [
  // botocore and boto3, old grammar, 2.0 and 2.1
  [
    'Boto3/1.9.42 Python/2.7.16 Linux/4.9.0 Botocore/1.12.42',
    'boto3 1.9.42 (botocore 1.12.42, Python 2.7)',
  ],
  [
    'Boto3/1.24.5 Python/3.8.10 Windows/10 Botocore/1.27.5 Resource',
    'boto3 1.24.5 (botocore 1.27.5, Python 3.8)',
  ],
  [
    'Boto3/1.28.1 md/Botocore#1.31.1 ua/2.0 os/linux#6.1 md/arch#aarch64 lang/python#3.11.4 Botocore/1.31.1',
    'boto3 1.28.1 (botocore 1.31.1, Python 3.11)',
  ],
  [
    'Boto3/1.40.0 md/Botocore#1.40.0 ua/2.1 os/linux#6.1 lang/python#3.12.1 m/Z,b app/payments Botocore/1.40.0',
    'boto3 1.40.0 (botocore 1.40.0, Python 3.12)',
  ],
  ['Botocore/1.21.1 Python/3.9.5 Linux/4.14', 'botocore 1.21.1 (Python 3.9)'],
  [
    '[Boto3/1.26.165 Python/3.10.6 Linux/5.19 Botocore/1.29.165]',
    'boto3 1.26.165 (botocore 1.29.165, Python 3.10)',
  ],
  ['Boto3/1.26.165 Python/3.10.6 Linux/5.19', 'boto3 1.26.165 (botocore, Python 3.10)'],
  ['Boto/2.36.0 Python/2.6.6 Linux/2.6', 'boto 2 2.36.0 (Python 2.6)'],
  // AWS CLI
  ['aws-cli/1.3.2 Python/2.6.9 Linux/3.10', 'AWS CLI v1 1.3.2 (Python 2.6)'],
  [
    'aws-cli/1.41.17 md/Botocore#1.39.17 ua/2.1 os/linux#6.8 lang/python#3.12.3 botocore/1.39.17',
    'AWS CLI v1 1.41.17 (botocore 1.39.17, Python 3.12)',
  ],
  [
    'aws-cli/1.42.0 md/Botocore#1.40.0 ua/2.1 os/linux#6.8 lang/python#3.12.3 md/command#sts.assume-role botocore/1.40.0',
    'AWS CLI v1 1.42.0 (botocore 1.40.0, Python 3.12)',
  ],
  [
    '[aws-cli/2.9.1 Python/3.9.11 Windows/10 exe/AMD64 prompt/off command/s3.ls]',
    'AWS CLI v2 2.9.1 (Python 3.9)',
  ],
  [
    'aws-cli/2.24.17 md/awscrt#0.23.8 ua/2.1 os/windows#11 lang/python#3.12.6 m/C,N cfg/retry-mode#standard',
    'AWS CLI v2 2.24.17 (Python 3.12)',
  ],
  // Java
  [
    'aws-sdk-java/1.10.50 Linux/3.4 Java_HotSpot(TM)_64-Bit_Server_VM/24.45-b08/1.7.0_45',
    'AWS SDK for Java v1 1.10.50',
  ],
  [
    'aws-sdk-java/1.12.700 Mac_OS_X/14 OpenJDK_64-Bit_Server_VM/21+35 java/21 kotlin/1.9.20 vendor/X exec-env/AWS_Lambda_java21',
    'AWS SDK for Java v1 1.12.700 (Java 21)',
  ],
  [
    'aws-sdk-java/2.20.1 Linux/5.10 OpenJDK_64-Bit_Server_VM/17+1 Java/17.0.1 vendor/X io/sync http/UrlConnection cfg/retry-mode/legacy',
    'AWS SDK for Java v2 2.20.1 (Java 17.0)',
  ],
  [
    'aws-sdk-java/2.31.0 md/io#sync md/http#Apache ua/2.1 api/STS#2.31.x os/Linux#6.1 lang/java#21.0.6 md/vendor#X m/E,N',
    'AWS SDK for Java v2 2.31.0 (Java 21.0)',
  ],
  // Go
  [
    'aws-sdk-go/1.55.6 (go1.22.1; linux; arm64) exec-env/AWS_ECS_EC2',
    'AWS SDK for Go v1 1.55.6 (Go 1.22)',
  ],
  ['aws-sdk-go/1.44.0 (devel; linux; amd64) S3Manager', 'AWS SDK for Go v1 1.44.0'],
  [
    'aws-sdk-go-v2/1.2.0 os/linux lang/go/1.15.8 md/GOOS/linux api/sts/1.1.1',
    'AWS SDK for Go v2 1.2.0 (Go 1.15)',
  ],
  [
    `aws-sdk-go-v2/1.32.3 ${GO} api/sts#1.32.3 exec-env/CloudShell`,
    'AWS SDK for Go v2 1.32.3 (Go 1.24)',
  ],
  // JavaScript
  [
    'aws-sdk-nodejs/2.1692.0 linux/v18.20.4 callback',
    'AWS SDK for JavaScript v2 2.1692.0 (Node.js 18.20)',
  ],
  [
    'aws-sdk-nodejs/2.524.0 darwin/v10.1.0 promise',
    'AWS SDK for JavaScript v2 2.524.0 (Node.js 10.1)',
  ],
  ['aws-sdk-js/2.900.0 callback', 'AWS SDK for JavaScript v2 2.900.0'],
  ['aws-sdk-react-native/2.900.0 ios/14', 'AWS SDK for JavaScript v2 2.900.0'],
  [
    'aws-sdk-js/3.3.0 os/linux/5.10 lang/js md/nodejs/14.17.0 api/sts/3.3.0',
    'AWS SDK for JavaScript v3 3.3.0 (Node.js 14.17)',
  ],
  [
    'aws-sdk-js/3.750.0 ua/2.1 os/win32#10.0 lang/js md/nodejs#22.1.0 api/sts#3.750.0 m/E',
    'AWS SDK for JavaScript v3 3.750.0 (Node.js 22.1)',
  ],
  // .NET and PowerShell
  [
    'aws-sdk-dotnet-45/3.3.100.1 aws-sdk-dotnet-core/3.3.103.0 .NET_Runtime/4.0 .NET_Framework/4.8 OS/Microsoft_Windows_NT_10 ClientSync',
    'AWS SDK for .NET v3 3.3.100.1 (AWSSDK.Core 3.3.103.0, .NET Framework 4.8)',
  ],
  [
    'aws-sdk-dotnet-coreclr/3.7.500.1 ua/2.1 os/linux#6 lang/.NET_Core#8.0.1 md/aws-sdk-dotnet-core#3.7.500.2 api/STS#3.7.500.1',
    'AWS SDK for .NET v3 3.7.500.1 (AWSSDK.Core 3.7.500.2, .NET 8.0)',
  ],
  [
    'aws-sdk-dotnet-coreclr/4.0.1.1 ua/2.1 os/linux#6 lang/.NET_Core#9.0.0 md/aws-sdk-dotnet-core#4.0.0.5',
    'AWS SDK for .NET v4 4.0.1.1 (AWSSDK.Core v4 4.0.0.5, .NET 9.0)',
  ],
  [
    'aws-sdk-dotnet-netstandard/3.7.1.1 .NET_Core/3.1 OS/Linux',
    'AWS SDK for .NET v3 3.7.1.1 (AWSSDK.Core, .NET 3.1)',
  ],
  [
    'AWSPowerShell/3.3.563.1 .NET_Runtime/4.0 .NET_Framework/4.0 OS/Microsoft_Windows',
    'AWSPowerShell module 3.3.563.1 (.NET Framework 4.0)',
  ],
  [
    'AWSPowerShell.NetCore/4.1.868 .NET_Core/6.0.5 OS/Linux',
    'AWSPowerShell.NetCore module 4.1.868 (.NET 6.0)',
  ],
  [
    'AWSPowerShell.Common/4.1.90.0 .NET_Core/6.0.5 OS/Linux_5.10 PowerShellCore/7.2 ClientAsync',
    'AWS Tools for PowerShell v4 4.1.90.0 (.NET 6.0)',
  ],
  [
    'AWSPowerShell.Common/5.0.1 ua/2.1 .NET_Core#8.0.1 OS/windows#10',
    'AWS Tools for PowerShell v5 5.0.1 (.NET 8.0)',
  ],
  // the other SDKs
  [
    'aws-sdk-php/3.112.27 GuzzleHttp/6.3.3 curl/7.61 PHP/7.2.1',
    'AWS SDK for PHP v3 3.112.27 (PHP 7.2)',
  ],
  [
    'aws-sdk-php/3.351.12 ua/2.1 OS/Linux#6.1 lang/php#8.3.1 AWS_Lambda_php m/D',
    'AWS SDK for PHP v3 3.351.12 (PHP 8.3)',
  ],
  [
    'aws-sdk-ruby3/3.91.0 ruby/2.6.3 x86_64-linux aws-sdk-core/3.91.0',
    'AWS SDK for Ruby v3 3.91.0 (Ruby 2.6)',
  ],
  [
    'aws-sdk-ruby3/3.226.0 ua/2.1 api/sts#3.226.0 os/linux#6 md/x86_64 lang/ruby#3.3.0 md/3.3.0 m/E',
    'AWS SDK for Ruby v3 3.226.0 (Ruby 3.3)',
  ],
  [
    'aws-sdk-ruby2/2.11.473 ruby/2.4.1 x86_64-linux resources',
    'AWS SDK for Ruby v2 2.11.473 (Ruby 2.4)',
  ],
  ['aws-sdk-cpp/1.11.100 Linux/5.4 x86_64 GCC/9.4.0', 'AWS SDK for C++ 1.11.100'],
  [
    'aws-sdk-rust/1.8.0 ua/2.1 api/sts/1.80.0 os/linux lang/rust/1.90.0 exec-env/AWS_Lambda_Image',
    'AWS SDK for Rust 1.8.0 (Rust 1.90)',
  ],
  [
    'aws-sdk-kotlin/1.5.0 ua/2.1 api/STS#1.5.0 os/linux lang/kotlin#2.1.0',
    'AWS SDK for Kotlin 1.5.0 (Kotlin 2.1)',
  ],
  [
    'aws-sdk-swift/1.2.0 ua/2.1 api/sts#1.2.0 os/macos#15 lang/swift#6.0',
    'AWS SDK for Swift 1.2.0 (Swift 6.0)',
  ],
  // tools, whatever stands around them
  [
    `${TERRAFORM} terraform-provider-aws/5.80.0 (+https://registry.terraform.io/providers/hashicorp/aws) aws-sdk-go-v2/1.32.5 ua/2.1 ${GO} api/sts#1.33.1`,
    'Terraform AWS provider 5.80.0 (AWS SDK for Go v2 1.32.5, Go 1.24)',
  ],
  [
    `${TERRAFORM} terraform-provider-aws/dev (+https://registry.terraform.io/providers/hashicorp/aws) aws-sdk-go/1.44.20 (go1.17.6; linux; amd64)`,
    'Terraform AWS provider dev (AWS SDK for Go v1 1.44.20, Go 1.17)',
  ],
  [
    `${TERRAFORM} aws-sdk-go-v2/1.32.5 ${GO}`,
    'Terraform (S3 backend) 1.9.8 (AWS SDK for Go v2 1.32.5, Go 1.24)',
  ],
  [
    'aws-sdk-go/1.44.114 (go1.19; linux; amd64) Packer/1.9.4',
    'Packer Amazon plugin 1.9.4 (AWS SDK for Go v1 1.44.114, Go 1.19)',
  ],
  [
    'APN/1.0 Pulumi/1.0 PulumiAws/6.1.0 aws-sdk-go-v2/1.21.0',
    'Pulumi 6.1.0 (AWS SDK for Go v2 1.21.0)',
  ],
  [
    'Boto3/1.34.1 md/Botocore#1.34.1 ua/2.0 lang/python#3.11.1 Botocore/1.34.1 APN/1.0 Ansible/2.16.1 amazon.aws/7.1.0',
    'Ansible 2.16.1 (botocore 1.34.1, Python 3.11)',
  ],
  [
    'CloudCustodian/0.9.30 Python/3.11.1 Linux/6.1 Botocore/1.31.1',
    'Cloud Custodian 0.9.30 (botocore 1.31.1, Python 3.11)',
  ],
  [
    'aws-sdk-go/1.44.241 (go1.20.4; linux; amd64) ExternalDNS/v0.13.4',
    'external-dns 0.13.4 (AWS SDK for Go v1 1.44.241, Go 1.20)',
  ],
  [
    'aws-sdk-go/1.44.241 (go1.20.4; linux; amd64) karpenter.sh-v0.27.0',
    'Karpenter (AWS SDK for Go v1 1.44.241, Go 1.20)',
  ],
  [
    'Hadoop 3.3.6, aws-sdk-java/1.12.367 Linux/5.10 OpenJDK_64-Bit_Server_VM/11 java/11.0.20',
    'Hadoop S3A 3.3.6 (AWS SDK for Java v1 1.12.367, Java 11.0)',
  ],
  ['eksctl/{\\"Version\\":\\"0.150.0\\",\\"PreReleaseID\\":\\"\\"}', 'eksctl 0.150.0'],
  ['eksctl/0.190.0', 'eksctl 0.190.0'],
  ['MinIO (linux; amd64) minio-go/v7.0.66 tempo/2.3', 'MinIO or minio-go 7.0.66'],
  ['rclone/v1.68.2', 'rclone 1.68.2'],
  ['argocd-application-controller', 'Argo CD'],
  [
    'aws-sdk-nodejs/2.1112.0 linux/v16.16.0 configure-aws-credentials-for-github-actions promise',
    'configure-aws-credentials action (AWS SDK for JavaScript v2 2.1112.0, Node.js 16.16)',
  ],
  [
    'aws-sdk-js/3.500.0 ua/2.0 os/linux#6.5 lang/js md/nodejs#20.8.1 api/sts#3.500.0 exec-env/GitHubActions md/action#x',
    'configure-aws-credentials action (AWS SDK for JavaScript v3 3.500.0, Node.js 20.8)',
  ],
  // Amazon's own, before any SDK in the text
  [
    'aws-internal/3 aws-sdk-java/1.12.999 Linux/5.4 OpenJDK/25',
    'AWS internal software (AWS SDK for Java v1 1.12.999)',
  ],
  [
    'aws-sdk-java/2.46.14 md/io#sync md/internal ua/2.1 api/STS#2.46.x',
    'AWS internal software (AWS SDK for Java v2 2.46.14)',
  ],
  ['Coral/Netty4', 'AWS internal software'],
  ['aws.internal', 'AWS internal software'],
  ['RDS Console, aws-internal/3 aws-sdk-java/1.11.975', 'AWS console or sign-in'],
  ['AWS CloudWatch Console', 'AWS console or sign-in'],
  ['eu-west-1.signin.amazonaws.com', 'AWS service'],
  ['signin.eu-west-1.amazonaws.com', 'AWS console or sign-in'],
  ['ecs-tasks.amazonaws.com', 'AWS service'],
  [
    'AWSPowerShell.Common/4.1.700.0 ua/2.0 .NET_Core#8.0.4 OS/linux#5.10.0 md/ARCH#X64',
    'AWS Tools for PowerShell v4 4.1.700.0 (.NET 8.0)',
  ],
  [
    'aws-sdk-cpp/1.11.500 ua/2.1 api/STS os/Linux#5.10 lang/c++#C++17 md/aws-crt#0.29.0 md/arch#x86_64 m/E',
    'AWS SDK for C++ 1.11.500 (C++)',
  ],
  // as releases of 2019 to 2026 really send them
  [
    'Boto3/1.10.1 Python/3.11.7 Linux/5.10.0 Botocore/1.13.1',
    'boto3 1.10.1 (botocore 1.13.1, Python 3.11)',
  ],
  [
    'aws-cli/2.9.19 Python/3.11.2 Linux/5.10.0 source/x86_64.debian.12 prompt/off command/sts.get-caller-identity',
    'AWS CLI v2 2.9.19 (Python 3.11)',
  ],
  ['Boto/2.49.0 Python/3.11.7 Linux/5.10.0', 'boto 2 2.49.0 (Python 3.11)'],
  [
    'aws-sdk-java/1.12.788 Linux/5.10.0 OpenJDK_64-Bit_Server_VM/17.0.15+6-Debian-1deb12u1 java/17.0.15 vendor/Debian cfg/retry-mode/legacy cfg/auth-source#env m/P',
    'AWS SDK for Java v1 1.12.788 (Java 17.0)',
  ],
  [
    'aws-sdk-java/2.31.0 md/io#sync md/http#Apache ua/2.1 os/Linux#5.10.0 lang/java#17.0.15 md/OpenJDK_64-Bit_Server_VM#17.0.15+6-Debian-1deb12u1 md/vendor#Debian md/en_US cfg/auth-source#anon m/D,N',
    'AWS SDK for Java v2 2.31.0 (Java 17.0)',
  ],
  [
    'aws-sdk-go-v2/1.48.0 ua/2.1 os/linux lang/go#1.26.8 md/GOOS#linux md/GOARCH#amd64 api/sts#1.52.0 m/g',
    'AWS SDK for Go v2 1.48.0 (Go 1.26)',
  ],
  [
    'aws-sdk-js/3.1168.0 ua/2.1 os/linux#5.10.0 lang/js md/nodejs#20.20.2 api/sts#3.1168.0 m/E,g',
    'AWS SDK for JavaScript v3 3.1168.0 (Node.js 20.20)',
  ],
  [
    'aws-sdk-ruby3/3.168.1 ruby/3.1.2 x86_64-linux-gnu aws-sdk-core/3.168.1',
    'AWS SDK for Ruby v3 3.168.1 (Ruby 3.1)',
  ],
  // no SDK
  ['curl/8.4.0', 'curl 8.4.0'],
  ['axios/1.6.2', 'axios 1.6.2'],
  ['Go-http-client/2.0', 'Go HTTP client 2.0'],
  ['Python-urllib/3.9', 'Python-urllib 3.9'],
  // unknown text
  ['acme-broker/2.1', 'acme-broker/2.1'],
  ['stratus-red-team_39f95f43-cd2f-4beb-b69e-be60b6fe1f57', 'stratus-red-team'],
  ['SampleUserAgent', 'SampleUserAgent'],
  ['', NO_USER_AGENT],
  ['-', NO_USER_AGENT],
  ['  ', NO_USER_AGENT],
  ['39f95f43-cd2f-4beb-b69e-be60b6fe1f57', RANDOM_TEXT],
];
