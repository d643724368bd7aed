/**
 * `--ip-ranges`: AWS's list of addresses tells four kinds of caller apart that us-east-1 serves alike.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Finding } from '../../src/report/finding-schema.js';
import type { Report } from '../../src/report/schema.js';
import { cli, type Outcome } from '../support/cli.js';
import { folderOf, log } from '../support/folder.js';
import { globalCall } from '../support/records.js';

/** A part of the file as AWS publishes it, every field included; the blocks are made up. */
const PUBLISHED = {
  syncToken: '1763932393',
  createDate: '2025-11-23-21-13-13',
  prefixes: [
    ['13.34.37.64/27', 'ap-southeast-4', 'AMAZON', 'ap-southeast-4'],
    ['198.51.100.0/26', 'me-south-1', 'AMAZON', 'me-south-1'],
    ['198.51.100.0/26', 'me-south-1', 'EC2', 'me-south-1'],
    ['198.51.100.64/26', 'us-east-1', 'EC2', 'us-east-1'],
    ['198.51.100.128/26', 'eu-west-1', 'EC2', 'eu-west-1'],
    ['203.0.113.0/25', 'GLOBAL', 'CLOUDFRONT', 'GLOBAL'],
  ].map(([ip_prefix, region, service, network_border_group]) => ({
    ip_prefix,
    region,
    service,
    network_border_group,
  })),
  ipv6_prefixes: [
    {
      ipv6_prefix: '2001:db8:1f00::/40',
      region: 'me-south-1',
      service: 'EC2',
      network_border_group: 'me-south-1',
    },
  ],
};

let folder = '';
let list = '';

beforeAll(() => {
  const calls = Object.entries({
    OptIn: '198.51.100.7',
    OptInIPv6: '2001:db8:1f00::7',
    Virginia: '198.51.100.70',
    ForeignDns: '198.51.100.130',
    Outside: '192.0.2.9',
    Private: '10.1.2.3',
  }).map(([name, sourceIPAddress]) => callOf(name, sourceIPAddress));
  folder = folderOf({ 'calls.json': log(...calls) });
  list = join(folderOf({}), 'ip-ranges.json');
  writeFileSync(list, JSON.stringify(PUBLISHED));
});

function callOf(name: string, sourceIPAddress: string): Record<string, unknown> {
  return globalCall({
    eventTime: '2026-01-10T12:00:00Z',
    eventName: 'AssumeRole',
    requestParameters: { roleArn: 'arn:aws:iam::444455556666:role/target' },
    sourceIPAddress,
    userIdentity: {
      type: 'IAMUser',
      arn: `arn:aws:iam::111111111111:user/${name}`,
      accountId: '111111111111',
      userName: name,
    },
    additionalEventData: {
      RequestDetails: { endpointType: 'global', awsServingRegion: 'us-east-1' },
    },
  });
}

function findingsOf({ stdout }: Outcome): ReadonlyMap<string, Finding> {
  const { findings } = JSON.parse(stdout) as Report;
  return new Map(findings.map((each) => [each.principal.id.replace(/.*\//, ''), each]));
}

const JSON_OUT = ['--format', 'json', '--out', '-'];

describe('--ip-ranges', () => {
  it('tells four kinds of caller apart, each with advice of its own', async () => {
    const found = findingsOf(await cli(['files', folder, '--ip-ranges', list, ...JSON_OUT]));
    const places = [...found].map(([name, { location, risk }]) => [name, location.kind, location.region, risk.tier]); // prettier-ignore
    expect(places.toSorted(([a = ''], [b = '']) => (String(a) < String(b) ? -1 : 1))).toEqual([
      ['ForeignDns', 'foreign-dns', 'eu-west-1', 'served-remote'],
      ['OptIn', 'aws-opt-in-region', 'me-south-1', 'served-remote'],
      ['OptInIPv6', 'aws-opt-in-region', 'me-south-1', 'served-remote'],
      ['Outside', 'outside-aws', null, 'served-remote'],
      ['Private', 'unknown', null, 'unknown'],
      ['Virginia', 'us-east-1', 'us-east-1', 'already-us-east-1'],
    ]);
    const advice = (name: string): string => JSON.stringify(found.get(name)?.remediation);
    expect(advice('OptIn')).toContain('me-south-1 is an opt-in Region');
    expect(advice('ForeignDns')).toContain('Amazon DNS server');
    expect(advice('Outside')).toContain('a second one to fail over to');
    expect(advice('Virginia')).toContain('sts.us-east-1.amazonaws.com');
    expect(found.get('OptIn')?.location.confidence).toBe('medium');
  });

  it('leaves the place unknown without the list', async () => {
    const found = findingsOf(await cli(['files', folder, ...JSON_OUT]));
    expect(new Set([...found.values()].map(({ location }) => location.kind))).toEqual(
      new Set(['unknown']),
    );
  });

  it.each<readonly [what: string, content: string | null, says: string]>([
    ['missing', null, 'cannot read'],
    ['not JSON', '<html>', 'is not JSON'],
    ['another file', '{"Records":[]}', 'prefixes'],
    ['without IPv6', JSON.stringify({ prefixes: [] }), 'ipv6_prefixes'],
    [
      'with a broken prefix',
      JSON.stringify({ ...PUBLISHED, ipv6_prefixes: [{ ipv6_prefix: '::/200', region: 'x', service: 'y' }] }), // prettier-ignore
      'ipv6_prefixes[0].ipv6_prefix: "::/200" is no address prefix',
    ],
  ])('refuses a list that is %s, before anything is read', async (_what, content, says) => {
    const path = join(folderOf({}), 'list.json');
    if (content !== null) writeFileSync(path, content);
    const { code, stdout, stderr } = await cli(['files', folder, '--ip-ranges', path, ...JSON_OUT]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(says);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  it('is offered by every command that gathers, and by no other', async () => {
    for (const command of ['files', 'insights', 'athena', 'lookup', 'lake']) {
      expect((await cli([command, '--help'])).stdout).toContain('--ip-ranges FILE');
    }
    expect((await cli(['render', 'x.json', '--ip-ranges', list])).code).toBe(2);
  });

  it('is a key of the config of run, relative to its file', async () => {
    const place = folderOf({ 'logs/calls.json': log(callOf('Outside', '192.0.2.9')) });
    writeFileSync(join(place, 'ranges.json'), JSON.stringify(PUBLISHED));
    const config = {
      sources: [{ source: 'files', paths: ['logs'] }],
      ipRanges: 'ranges.json',
      window: { from: '2026-01-01', to: '2026-02-01' },
      output: { folder: 'out', formats: ['json'] },
    };
    const path = join(place, 'legacy-endpoint-audit.config.json');
    writeFileSync(path, JSON.stringify(config));
    expect((await cli(['run', path, '--quiet'])).code).toBe(0);
    const { stdout } = await cli(['render', join(place, 'out/report.json'), ...JSON_OUT]);
    expect(findingsOf({ code: 0, stdout, stderr: '' }).get('Outside')?.location.kind).toBe(
      'outside-aws',
    );
  });
});
