import { z } from 'zod';

import { parseAddress, parsePrefix, type Block } from './ip-address.js';

/** Who an address belongs to, by AWS's published list. */
interface AddressOwner {
  /** A Region, or `GLOBAL` for edge networks. */
  readonly region: string;
  /** The most telling of its services: `EC2` where customers' machines are. */
  readonly service: string;
}

interface Range extends Block, AddressOwner {}

/** The list repeats a block for each of its services; EC2 says most, AMAZON least. */
function weightOf({ service }: AddressOwner): number {
  if (service === 'EC2') return 0;
  return service === 'AMAZON' ? 2 : 1;
}

function compare(left: bigint, right: bigint): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/** Outer blocks before inner ones, and of equal blocks the most telling one last. */
function byStart(left: Range, right: Range): number {
  return (
    compare(left.first, right.first) ||
    compare(right.last, left.last) ||
    weightOf(right) - weightOf(left) ||
    (left.service < right.service ? -1 : 1)
  );
}

interface Segment {
  /** Where it starts; it ends before the next segment. */
  readonly first: bigint;
  readonly owner: AddressOwner | null;
}

/**
 * Blocks are nested or apart, never crossing. One walk turns them into segments of which each has
 * the innermost owner, so that a look-up is one search.
 */
function segmentsOf(ranges: readonly Range[]): Segment[] {
  const segments: Segment[] = [];
  const open: Range[] = [];
  const closeBefore = (limit: bigint | null): void => {
    for (;;) {
      const top = open.at(-1);
      if (top === undefined || (limit !== null && top.last >= limit)) return;
      open.pop();
      segments.push({ first: top.last + 1n, owner: open.at(-1) ?? null });
    }
  };
  for (const range of ranges.toSorted(byStart)) {
    closeBefore(range.first);
    open.push(range);
    segments.push({ first: range.first, owner: range });
  }
  closeBefore(null);
  return segments;
}

export class AddressRanges {
  readonly #segments: readonly Segment[];

  constructor(ranges: readonly Range[]) {
    this.#segments = segmentsOf(ranges);
  }

  /** The owner of an address; null when AWS does not list it. */
  find(address: bigint): AddressOwner | null {
    let low = 0;
    let high = this.#segments.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const segment = this.#segments[middle];
      if (segment && segment.first <= address) low = middle + 1;
      else high = middle;
    }
    const owner = this.#segments[low - 1]?.owner;
    return owner ? { region: owner.region, service: owner.service } : null;
  }

  /** The owner of an address written as text; null for other texts too. */
  lookup(text: string): AddressOwner | null {
    const address = parseAddress(text);
    return address === null ? null : this.find(address);
  }
}

const owner = { region: z.string().min(1), service: z.string().min(1) };
const prefix = z.string().transform((text, context): Block => {
  const block = parsePrefix(text);
  if (block !== null) return block;
  context.addIssue({ code: 'custom', message: `"${text}" is no address prefix` });
  return z.NEVER;
});

/** `ip-ranges.json` as AWS publishes it at https://ip-ranges.amazonaws.com/ip-ranges.json. */
export const addressRangesSchema = z
  .object({
    prefixes: z.array(z.object({ ip_prefix: prefix, ...owner })),
    ipv6_prefixes: z.array(z.object({ ipv6_prefix: prefix, ...owner })),
  })
  .transform(
    ({ prefixes, ipv6_prefixes }) =>
      new AddressRanges([
        ...prefixes.map(({ ip_prefix, ...rest }) => ({ ...ip_prefix, ...rest })),
        ...ipv6_prefixes.map(({ ipv6_prefix, ...rest }) => ({ ...ipv6_prefix, ...rest })),
      ]),
  );

/** Reads the parsed `ip-ranges.json`. Throws when the file has another shape or a broken prefix. */
export function parseAddressRanges(file: unknown): AddressRanges {
  return addressRangesSchema.parse(file);
}
