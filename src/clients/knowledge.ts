import type { KnownClient } from './knowledge-schema.js';

import knowledge from './knowledge.json' with { type: 'json' };

/**
 * Every client known, in the order in which they are tried. The compiler sees
 * mere strings in JSON; the test of the file checks it against its schema.
 */
export const CLIENTS = knowledge.clients as readonly KnownClient[];

function byName(): ReadonlyMap<string, KnownClient> {
  const names = new Map<string, KnownClient>();
  for (const client of CLIENTS) {
    const { kind, tokens = [], words = [], texts = [] } = client;
    const spelled = kind === 'generic' ? [...tokens, ...words, ...texts] : [client.name];
    for (const name of spelled) names.set(name, client);
  }
  return names;
}

const PRODUCTS = byName();
const SDKS = new Map(CLIENTS.flatMap((client) => (client.sdk ? [[client.sdk.name, client]] : [])));

/** What is known of `Client.product`; undefined for a text of unknown software. */
export function knownProduct(product: string): KnownClient | undefined {
  return PRODUCTS.get(product) ?? SDKS.get(product);
}

/** What is known of `Client.sdk`. */
export function knownSdk(sdk: string | null): KnownClient | undefined {
  return sdk === null ? undefined : SDKS.get(sdk);
}
