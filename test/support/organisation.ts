/**
 * A small organisation over two weeks, as CloudTrail logs it: who calls, with what, and what becomes
 * of them in the second week.
 */
import { createHash } from 'node:crypto';
import { audit } from '../../src/audit.js';
import { parseAddressRanges } from '../../src/report/address-ranges.js';
import type { Report } from '../../src/report/schema.js';
import { emptyCoverage, recordsSource } from './audit.js';
import { globalCall, type Json, regionalCall, serviceCall } from './records.js';

const ACCOUNTS = ['111122223333', '444455556666', '777788889999'] as const;

interface Caller {
  readonly account: string;
  readonly role: string;
  readonly session: string;
  readonly userAgent: string;
  /** In the first and in the second week. */
  readonly callsPerDay: readonly [number, number];
  /** Of the week, 0 to 6; all by default. */
  readonly days?: readonly number[];
  readonly operation?: string;
  /** What the second week's client is, when it was upgraded. */
  readonly upgraded?: string;
  readonly servedBy?: string;
  readonly vpcEndpointId?: string;
  readonly address?: string;
}

const CALLERS: readonly Caller[] = [
  {
    account: ACCOUNTS[0],
    role: 'ci/payments-deployer',
    session: 'build-4711',
    userAgent: 'aws-cli/1.22.34 Python/3.9.2 Linux/5.10.0-8-amd64 botocore/1.24.34',
    upgraded: 'aws-cli/1.32.101 md/Botocore#1.34.101 ua/2.0 os/linux#6.1.0 md/arch#x86_64 lang/python#3.11.2 md/pyimpl#CPython cfg/retry-mode#legacy botocore/1.34.101',
    callsPerDay: [18, 16],
    servedBy: 'us-east-1',
    address: '198.51.100.24',
  },
  {
    account: ACCOUNTS[0],
    role: 'service-role/invoices-lambda',
    session: 'invoices',
    userAgent: 'Boto3/1.26.90 Python/3.9.16 Linux/4.14.255-311-248.529.amzn2.x86_64 exec-env/AWS_Lambda_python3.9 Botocore/1.29.90',
    callsPerDay: [40, 44],
    servedBy: 'eu-west-1',
    address: '52.16.10.11',
  },
  {
    account: ACCOUNTS[1],
    role: 'terraform',
    session: 'tf-run',
    userAgent: 'APN/1.0 HashiCorp/1.0 Terraform/1.5.7 (+https://www.terraform.io) terraform-provider-aws/4.67.0 (+https://registry.terraform.io/providers/hashicorp/aws) aws-sdk-go/1.44.261 (go1.19.8; linux; amd64)',
    callsPerDay: [6, 31],
    servedBy: 'eu-central-1',
    operation: 'AssumeRole',
    address: '203.0.113.80',
  },
  {
    account: ACCOUNTS[1],
    role: 'eks/search-indexer',
    session: '1700000000000000000',
    userAgent: 'aws-sdk-java/1.12.300 Linux/5.4.228-131.415.amzn2.x86_64 OpenJDK_64-Bit_Server_VM/11.0.17+8-LTS java/11.0.17 vendor/Amazon.com_Inc. cfg/retry-mode/legacy',
    callsPerDay: [25, 24],
    servedBy: 'us-east-1',
    vpcEndpointId: 'vpce-0a1b2c3d4e5f67890',
    address: '10.20.4.17',
  },
  {
    account: ACCOUNTS[1],
    role: 'appliance/firewall-sync',
    session: 'fw-01',
    userAgent: 'Boto3/1.7.84 Python/2.7.18 Linux/3.10.0-1160.el7.x86_64 Botocore/1.10.84',
    callsPerDay: [4, 4],
    servedBy: 'us-east-1',
    address: '192.0.2.15',
  },
  {
    account: ACCOUNTS[2],
    role: 'backup/nightly',
    session: 'backup',
    userAgent: 'aws-sdk-php/3.208.5 OS/Linux/5.4.0 lang/php/7.4.3 GuzzleHttp/7',
    callsPerDay: [2, 0],
    servedBy: 'ap-southeast-2',
    address: '13.236.8.9',
  },
  {
    account: ACCOUNTS[2],
    role: 'reporting/monday-export',
    session: 'export',
    userAgent: 'aws-sdk-ruby3/3.130.0 ruby/2.7.6 x86_64-linux aws-sdk-core/3.130.0',
    callsPerDay: [3, 0],
    days: [0, 6],
    servedBy: 'ap-southeast-2',
    address: '13.236.8.10',
  },
  {
    account: ACCOUNTS[2],
    role: 'web/storefront-api',
    session: 'i-0f00ba4',
    userAgent: 'aws-sdk-nodejs/2.1231.0 linux/v16.18.0 promise',
    callsPerDay: [0, 12],
    servedBy: 'us-east-1',
    address: '54.79.1.2',
  },
  {
    account: ACCOUNTS[0],
    role: 'ops/us-east-1-runner',
    session: 'runner',
    userAgent: 'aws-cli/2.13.5 Python/3.11.4 Linux/6.1.0 exe/x86_64.debian.12 prompt/off command/sts.get-caller-identity',
    callsPerDay: [5, 5],
    servedBy: 'us-east-1',
    address: '3.80.1.1',
  },
]; // prettier-ignore

/** The Monday on which each week starts. */
export const WEEKS = [Date.UTC(2026, 0, 5), Date.UTC(2026, 0, 12)] as const;
const DAY = 86_400_000;

export function recordsOf(week: 0 | 1): Json[] {
  const start = WEEKS[week];
  const calls = CALLERS.flatMap((caller) =>
    (caller.days ?? [0, 1, 2, 3, 4, 5, 6]).flatMap((day) =>
      Array.from({ length: caller.callsPerDay[week] }, (_, index) =>
        callOf(caller, week, start + day * DAY + index * 1_800_000 + 60_000),
      ),
    ),
  );
  return [...calls, ...backgroundOf(start)];
}

/** What a healthy account logs beside: Regional calls, and calls of AWS services. */
function backgroundOf(start: number): Json[] {
  return ACCOUNTS.flatMap((account) =>
    Array.from({ length: 28 }, (_, index) => {
      const at = { eventTime: timeOf(start + index * 21_600_000), recipientAccountId: account };
      const id = { eventID: idOf(`${account} ${start} ${index}`) };
      return index % 4 === 0 ? serviceCall({ ...at, ...id }) : regionalCall({ ...at, ...id });
    }),
  );
}

function callOf(caller: Caller, week: 0 | 1, time: number): Json {
  const { account, role, session, userAgent, upgraded, servedBy, address } = caller;
  const arn = `arn:aws:sts::${account}:assumed-role/${role.slice(role.lastIndexOf('/') + 1)}/${session}`;
  const issuer = { type: 'Role', arn: `arn:aws:iam::${account}:role/${role}`, accountId: account };
  return globalCall({
    eventID: idOf(`${role} ${time}`),
    eventTime: timeOf(time),
    eventName: caller.operation ?? 'GetCallerIdentity',
    recipientAccountId: account,
    sourceIPAddress: address,
    userAgent: week === 1 && upgraded !== undefined ? upgraded : userAgent,
    vpcEndpointId: caller.vpcEndpointId,
    userIdentity: {
      type: 'AssumedRole',
      principalId: `AROAEXAMPLE:${session}`,
      arn,
      accountId: account,
      sessionContext: { sessionIssuer: issuer },
    },
    additionalEventData: {
      RequestDetails: { endpointType: 'global', awsServingRegion: servedBy },
    },
  });
}

function timeOf(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}

/** A UUID that is the same in every run. */
function idOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-'); // prettier-ignore
}

/** A few lines in the form of AWS's list of addresses. */
const ADDRESSES = {
  prefixes: [
    { ip_prefix: '3.80.0.0/12', region: 'us-east-1', service: 'EC2' },
    { ip_prefix: '13.236.0.0/14', region: 'ap-southeast-2', service: 'EC2' },
    { ip_prefix: '52.16.0.0/15', region: 'eu-west-1', service: 'EC2' },
    { ip_prefix: '54.79.0.0/16', region: 'ap-southeast-2', service: 'EC2' },
  ],
  ipv6_prefixes: [],
};

/** The report of one week, made an hour after it ended. */
export async function reportOfWeek(
  week: 0 | 1,
  change: (records: Json[]) => Json[] = (records) => records,
): Promise<Report> {
  const from = WEEKS[week] / 1000;
  const end = WEEKS[week] + 7 * DAY;
  return audit({
    sources: [
      {
        ...recordsSource(change(recordsOf(week))),
        collect: async function* (window, context) {
          yield* recordsSource(change(recordsOf(week))).collect(window, context);
          return emptyCoverage({
            source: 'files',
            targets: ['AWSLogs'],
            accounts: [...ACCOUNTS],
            regions: ['us-east-1'],
            figures: { files: 42, bytes: 1_234_567 },
          });
        },
      },
    ],
    window: { from, to: end / 1000 },
    ranges: parseAddressRanges(ADDRESSES),
    context: {
      now: () => end + 3_600_000,
      sleep: async () => undefined,
      signal: new AbortController().signal,
      progress: () => undefined,
    },
  });
}
