/**
 * Addresses as whole numbers. IPv4 lives where IPv6 maps it (`::ffff:0:0/96`), so that one order and
 * one table hold both.
 */

const IPV4_BASE = 0xffff00000000n;
const IPV6_BITS = 128;
const LONGEST = 45;

/** Both ends belong to the block. */
export interface Block {
  readonly first: bigint;
  readonly last: bigint;
}

const DECIMAL = /^(?:0|[1-9][0-9]{0,2})$/;

function parseIPv4(text: string): bigint | null {
  const parts = text.split('.');
  if (parts.length !== 4) return null;
  let value = 0;
  for (const part of parts) {
    const byte = DECIMAL.test(part) ? Number(part) : 256;
    if (byte > 255) return null;
    value = value * 256 + byte;
  }
  return BigInt(value);
}

const GROUP = /^[0-9a-f]{1,4}$/i;

/** The 16-bit groups of one side of `::`; null when one of them is none. */
function groupsOf(text: string): string[] | null {
  if (text === '') return [];
  const groups = text.split(':');
  const tail = groups.at(-1) ?? '';
  if (tail.includes('.')) {
    const mapped = parseIPv4(tail);
    if (mapped === null) return null;
    groups.splice(-1, 1, (mapped >> 16n).toString(16), (mapped & 0xffffn).toString(16));
  }
  return groups.every((group) => GROUP.test(group)) ? groups : null;
}

function parseIPv6(text: string): bigint | null {
  const sides = text.split('::');
  if (sides.length > 2) return null;
  const head = groupsOf(sides[0] ?? '');
  const tail = groupsOf(sides[1] ?? '');
  if (head === null || tail === null) return null;
  const missing = 8 - head.length - tail.length;
  if (sides.length === 2 ? missing < 1 : missing !== 0) return null;
  const groups = [...head, ...Array.from({ length: missing }, () => '0'), ...tail];
  return groups.reduce((sum, group) => sum * 65536n + BigInt(Number.parseInt(group, 16)), 0n);
}

/** The number of an IPv4 or IPv6 address; null for any other text. */
export function parseAddress(text: string): bigint | null {
  if (text.length > LONGEST) return null;
  if (text.includes(':')) return parseIPv6(text);
  const address = parseIPv4(text);
  return address === null ? null : IPV4_BASE + address;
}

/** The block of a prefix such as `10.0.0.0/8` or `2600:1f00::/24`; null for any other text. */
export function parsePrefix(text: string): Block | null {
  const slash = text.indexOf('/');
  const length = text.slice(slash + 1);
  const address = slash < 0 ? null : parseAddress(text.slice(0, slash));
  if (address === null || !DECIMAL.test(length)) return null;
  const bits = Number(length) + (text.includes(':') ? 0 : 96);
  if (bits > IPV6_BITS) return null;
  const size = 1n << BigInt(IPV6_BITS - bits);
  const first = (address / size) * size;
  return { first, last: first + size - 1n };
}

const PRIVATE = [
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '::1/128',
  'fc00::/7',
  'fe80::/10',
].flatMap((prefix) => parsePrefix(prefix) ?? []);

/** Whether the address says nothing about the place, since every network may use it. */
export function isPrivateAddress(address: bigint): boolean {
  return PRIVATE.some(({ first, last }) => first <= address && address <= last);
}
