import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { parseAddressRanges } from '../../src/report/address-ranges.js';
import { isPrivateAddress, parseAddress, parsePrefix } from '../../src/report/ip-address.js';

const file = {
  syncToken: '1',
  createDate: '2026-01-01-00-00-00',
  prefixes: [
    {
      ip_prefix: '3.4.0.0/14',
      region: 'eu-west-1',
      service: 'AMAZON',
      network_border_group: 'eu-west-1',
    },
    {
      ip_prefix: '3.4.0.0/14',
      region: 'eu-west-1',
      service: 'EC2',
      network_border_group: 'eu-west-1',
    },
    {
      ip_prefix: '3.5.0.0/19',
      region: 'ap-northeast-2',
      service: 'S3',
      network_border_group: 'ap-northeast-2',
    },
    {
      ip_prefix: '15.230.39.0/31',
      region: 'GLOBAL',
      service: 'AMAZON',
      network_border_group: 'GLOBAL',
    },
  ],
  ipv6_prefixes: [
    {
      ipv6_prefix: '2600:1f00::/24',
      region: 'us-east-1',
      service: 'EC2',
      network_border_group: 'us-east-1',
    },
  ],
};

const octet = fc.nat(255);
const ipv4 = fc.tuple(octet, octet, octet, octet).map((parts) => parts.join('.'));

/** Written without any of the code under test. */
function naiveIPv4(text: string): bigint {
  return 0xffff00000000n + text.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n);
}

describe('parseAddress', () => {
  it.each([
    ['0.0.0.0', 0xffff00000000n],
    ['255.255.255.255', 0xffffffffffffn],
    ['::', 0n],
    ['::1', 1n],
    ['::ffff:1.2.3.4', naiveIPv4('1.2.3.4')],
    ['2600:1f00::', 0x26001f00n << 96n],
    ['1:2:3:4:5:6:7:8', 0x00010002000300040005000600070008n],
    ['fe80::1:2', (0xfe80n << 112n) + 0x10002n],
  ])('reads %s', (text, value) => {
    expect(parseAddress(text)).toBe(value);
  });

  it.each([
    '',
    '1.2.3',
    '1.2.3.4.5',
    '256.1.1.1',
    '01.2.3.4',
    '1.2.3.x',
    ':',
    ':::',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '12345::',
    'g::',
    '::1.2.3',
    'lambda.amazonaws.com',
    'AWS Internal',
    '1'.repeat(5000),
  ])('refuses %j', (text) => {
    expect(parseAddress(text)).toBeNull();
  });

  it('reads every IPv4 address as arithmetic does', () => {
    fc.assert(
      fc.property(ipv4, (text) => {
        expect(parseAddress(text)).toBe(naiveIPv4(text));
      }),
    );
  });

  it('reads every way to write an IPv6 address alike', () => {
    const group = fc.oneof(fc.constant(0), fc.nat(0xffff));
    fc.assert(
      fc.property(fc.array(group, { minLength: 8, maxLength: 8 }), fc.nat(7), (groups, at) => {
        const full = groups.map((each) => each.toString(16)).join(':');
        const expected = groups.reduce((sum, each) => sum * 65536n + BigInt(each), 0n);
        expect(parseAddress(full)).toBe(expected);
        expect(parseAddress(full.toUpperCase())).toBe(expected);
        if (groups[at] !== 0) return;
        const short = `${groups
          .slice(0, at)
          .map((each) => each.toString(16))
          .join(':')}::${groups
          .slice(at + 1)
          .map((each) => each.toString(16))
          .join(':')}`;
        expect(parseAddress(short)).toBe(expected);
      }),
    );
  });
});

describe('isPrivateAddress', () => {
  it.each([
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '100.64.0.1',
    '127.0.0.1',
    '169.254.1.1',
    '::1',
    'fd00::1',
    'fe80::1',
  ])('knows %s', (text) => {
    expect(isPrivateAddress(parseAddress(text) ?? -1n)).toBe(true);
  });

  it.each([
    '9.255.255.255',
    '11.0.0.0',
    '172.32.0.0',
    '192.169.0.0',
    '100.128.0.0',
    '8.8.8.8',
    '2600::1',
    'fe00::1',
  ])('leaves %s', (text) => {
    expect(isPrivateAddress(parseAddress(text) ?? -1n)).toBe(false);
  });
});

describe('parseAddressRanges', () => {
  const ranges = parseAddressRanges(file);

  it.each([
    ['3.4.0.0', { region: 'eu-west-1', service: 'EC2' }],
    ['3.7.255.255', { region: 'eu-west-1', service: 'EC2' }],
    ['3.5.0.0', { region: 'ap-northeast-2', service: 'S3' }],
    ['3.5.31.255', { region: 'ap-northeast-2', service: 'S3' }],
    ['3.5.32.0', { region: 'eu-west-1', service: 'EC2' }],
    ['15.230.39.1', { region: 'GLOBAL', service: 'AMAZON' }],
    ['2600:1fff:ffff::1', { region: 'us-east-1', service: 'EC2' }],
    ['3.3.255.255', null],
    ['3.8.0.0', null],
    ['15.230.39.2', null],
    ['2601::', null],
    ['lambda.amazonaws.com', null],
  ])('looks up %s', (address, owner) => {
    expect(ranges.lookup(address)).toEqual(owner);
  });

  it('finds nothing in an empty list', () => {
    expect(parseAddressRanges({ prefixes: [], ipv6_prefixes: [] }).lookup('3.4.0.0')).toBeNull();
  });

  it.each([
    [{}],
    [[]],
    [null],
    [{ prefixes: [{ ip_prefix: '3.4.0.0/14' }], ipv6_prefixes: [] }],
    [{ ...file, prefixes: [{ ip_prefix: '3.4.0.0/140', region: 'x', service: 'y' }] }],
  ])('refuses a file of another shape: %j', (broken) => {
    expect(() => parseAddressRanges(broken)).toThrow(/./);
  });

  const v4 = fc
    .tuple(ipv4, fc.integer({ min: 4, max: 32 }))
    .map(([address, bits]) => `${address}/${bits}`);
  const v6 = fc
    .tuple(
      fc.array(fc.constantFrom('0', '1', 'f', '2600', 'ffff'), { minLength: 8, maxLength: 8 }),
      fc.integer({ min: 4, max: 128 }),
    )
    .map(([groups, bits]) => `${groups.join(':')}/${bits}`);

  it('agrees with a walk over every prefix', () => {
    const services = ['EC2', 'AMAZON', 'S3'];
    const entries = fc.array(
      fc.tuple(
        fc.oneof(v4, v6),
        fc.constantFrom('eu-west-1', 'us-east-1', 'GLOBAL'),
        fc.constantFrom(...services),
      ),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(
        entries,
        fc.array(fc.oneof(v4, v6), { minLength: 1, maxLength: 10 }),
        (list, asked) => {
          const table = parseAddressRanges({
            prefixes: list
              .filter(([prefix]) => !prefix.includes(':'))
              .map(([ip_prefix, region, service]) => ({ ip_prefix, region, service })),
            ipv6_prefixes: list
              .filter(([prefix]) => prefix.includes(':'))
              .map(([ipv6_prefix, region, service]) => ({ ipv6_prefix, region, service })),
          });
          const blocks = list.map(([prefix, , service]) => ({
            block: parsePrefix(prefix),
            service,
          }));
          const edges = blocks.flatMap(({ block }) =>
            block ? [block.first - 1n, block.first, block.last, block.last + 1n] : [],
          );
          const addresses = [
            ...asked.map((prefix) => parsePrefix(prefix)?.first ?? 0n),
            ...edges.filter((edge) => edge >= 0n),
          ];
          for (const address of addresses) {
            const around = blocks.filter(
              ({ block }) => block !== null && block.first <= address && address <= block.last,
            );
            const smallest = around.reduce<bigint | null>((size, { block }) => {
              const own = block ? block.last - block.first : 0n;
              return size === null || own < size ? own : size;
            }, null);
            const innermost = around
              .filter(({ block }) => block !== null && block.last - block.first === smallest)
              .map(({ service }) => service);
            const found = table.find(address);
            expect(found === null).toBe(around.length === 0);
            if (found) expect(innermost).toContain(found.service);
            if (innermost.includes('EC2')) expect(found?.service).toBe('EC2');
          }
        },
      ),
    );
  });
});
