import type { KnownClient } from './knowledge-schema.js';

import { CLIENTS } from './knowledge.js';

/** Where the version of a name must stand; a `word` needs none. */
type Form = 'slash' | 'space' | 'word';

/** What a token says: that a product sent it, or which SDK decides. Lower ranks win. */
export interface Match {
  readonly client: KnownClient;
  readonly role: 'product' | 'sdk';
  readonly rank: number;
  readonly form: Form;
}

/** Room for the tokens of one entry between the ranks of two entries. */
const STRIDE = 100;

export type Table = ReadonlyMap<string, readonly Match[]>;

function addTo<Key, Value>(table: Map<Key, Value[]>, key: Key, value: Value): void {
  const known = table.get(key);
  if (known) known.push(value);
  else table.set(key, [value]);
}

function matches(
  client: KnownClient,
  role: Match['role'],
  names: readonly string[],
  from: number,
  isWord = false,
): (readonly [string, Match])[] {
  return names.map((name, order) => {
    const form = name.endsWith(' ') ? 'space' : 'slash';
    const match: Match = { client, role, rank: from + order, form: isWord ? 'word' : form };
    return [name.trimEnd(), match];
  });
}

function tokenMatches(): (readonly [string, Match])[] {
  return CLIENTS.flatMap((client, index) => {
    const { tokens = [], words = [], sdk } = client;
    const from = index * STRIDE;
    return [
      ...matches(client, 'product', tokens, from),
      ...matches(client, 'product', words, from + tokens.length, true),
      ...matches(client, 'sdk', sdk?.tokens ?? [], from),
    ];
  });
}

const MD = 'md/';

function tableOf(wanted: (token: string) => boolean, key: (token: string) => string): Table {
  const table = new Map<string, Match[]>();
  for (const [token, match] of tokenMatches()) if (wanted(token)) addTo(table, key(token), match);
  return table;
}

const isBeginning = (token: string): boolean => token.endsWith('*');

/** What the name of a word says. */
export const NAMES: Table = tableOf(
  (token) => !isBeginning(token) && !token.startsWith(MD),
  (token) => token,
);

/** What the name inside an `md/` word says. */
export const METADATA: Table = tableOf(
  (token) => token.startsWith(MD),
  (token) => token.slice(MD.length),
);

/** What the beginning of a name says. */
export const BEGINNINGS: Table = tableOf(isBeginning, (token) => token.slice(0, -1));

const TEXTS = new Map(
  CLIENTS.flatMap((client) => (client.texts ?? []).map((text) => [text, client])),
);
const HOSTS = new Map(
  CLIENTS.flatMap((client) => (client.hosts ?? []).map((host) => [host, client])),
);
const STARTS = CLIENTS.flatMap((client) =>
  (client.starts ?? []).map((start) => [start, client] as const),
);

const HOST_NAME = /^[a-z0-9.-]+$/;

/** The first label of a bare `*.amazonaws.com` name. */
function serviceLabel(text: string): string | undefined {
  return text.endsWith('.amazonaws.com') && HOST_NAME.test(text)
    ? text.slice(0, text.indexOf('.'))
    : undefined;
}

/** A longer text is none of them, and looking it up would read all of it. */
const LONGEST_TEXT = Math.max(...[...TEXTS.keys()].map((text) => text.length));

/** What the text as a whole says: a fixed name, a console, or the bare name of an AWS service. */
export function recogniseText(text: string): KnownClient | undefined {
  const label = serviceLabel(text);
  if (label !== undefined) return HOSTS.get(label) ?? HOSTS.get('*');
  const exact = text.length > LONGEST_TEXT ? undefined : TEXTS.get(text);
  return exact ?? STARTS.find(([start]) => text.startsWith(start))?.[1];
}
