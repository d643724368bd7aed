/**
 * Ids that stay the same from run to run, so that tickets, baselines and ignore lists can name a
 * finding. SHA-256 because user agents come from callers: nobody must be able to make a call that
 * takes over the id of another finding.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { clientKey, clientLineage } from '../clients/client-key.js';
import type { FindingFacts } from '../contracts.js';

/** 64 bits. */
const HEX_DIGITS = 16;

export function findingId(facts: FindingFacts): string {
  return digest(facts, clientKey(facts.client));
}

export function findingLineage(facts: FindingFacts): string {
  return digest(facts, clientLineage(facts.client));
}

function digest({ accountId, principal, vpcEndpointId }: FindingFacts, client: string): string {
  const key = JSON.stringify([accountId, principal.type, principal.id, client, vpcEndpointId]);
  return bytesToHex(sha256(utf8ToBytes(key))).slice(0, HEX_DIGITS);
}
