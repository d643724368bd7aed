/**
 * What stays the same through a trail: the accounts, the workloads in them, and who runs what.
 */
import { CLIENTS, UPGRADES } from './clients.mjs';

const ACCOUNTS = 40;
/** More than one us-east-1: it holds most of a trail. */
export const REGIONS = [
  'us-east-1',
  'us-east-1',
  'eu-west-1',
  'eu-central-1',
  'ap-southeast-2',
  'us-west-2',
  'me-central-1',
];

/** `globalShare` of the calls of STS go to the global endpoint; upgrades happen at `middle`. */
export function worldFrom(random, { globalShare, middle }) {
  const accounts = Array.from({ length: ACCOUNTS }, () =>
    String(100_000_000_000 + random.below(899_999_999_999)),
  );
  return { random, accounts, globalShare, middle };
}

/**
 * A workload uses one client as a rule, one in six is upgraded half-way through; now and then
 * somebody runs another client by hand, or one that nobody has seen before.
 */
export function clientOf({ random, middle }, { arn, principalId = '', accountId = '' }, time) {
  if (random.chance(0.01)) return random.pick(CLIENTS);
  const name = arn?.split('/')[1] ?? principalId.split(':')[0];
  const hash = hashOf(accountId + name);
  if (hash % 6 === 0) return UPGRADES[hash % UPGRADES.length][time < middle ? 0 : 1];
  return CLIENTS[hash % CLIENTS.length];
}

function hashOf(text) {
  let hash = 0;
  for (const char of text) hash = (hash * 31 + char.charCodeAt(0)) >>> 0;
  return hash;
}
