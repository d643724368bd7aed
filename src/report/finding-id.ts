/**
 * Ids that stay the same from run to run, so that tickets, baselines and ignore lists can name a
 * finding. SHA-256 because user agents come from callers: nobody must be able to make a call that
 * takes over the id of another finding.
 */
import { clientKey, clientLineage } from '../clients/client-key.js';
import type { FindingFacts } from '../contracts.js';

/** Of a text in UTF-8, in hexadecimal. Given from outside: the platform's own is the fastest. */
export type Sha256 = (text: string) => string;

/** 64 bits. */
const HEX_DIGITS = 16;

export function findingIds(facts: FindingFacts, sha256: Sha256): { id: string; lineage: string } {
  const { accountId, principal, client, vpcEndpointId } = facts;
  const digest = (key: string): string =>
    sha256(JSON.stringify([accountId, principal.type, principal.id, key, vpcEndpointId]));
  return {
    id: digest(clientKey(client)).slice(0, HEX_DIGITS),
    lineage: digest(clientLineage(client)).slice(0, HEX_DIGITS),
  };
}
