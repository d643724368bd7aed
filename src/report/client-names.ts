import { describeClient } from '../clients/client-key.js';
import type { Client } from '../contracts.js';

/** What a pattern for a client is held against: its name without, and with its version. */
export function clientNames(client: Client): readonly string[] {
  const { product, version } = client;
  const versioned = version === null ? [] : [`${product} ${version}`];
  return [product, ...versioned, describeClient(client)];
}
