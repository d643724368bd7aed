/**
 * How fast distinct user agents of 1 KB are parsed, in processor time of one core.
 *
 *   npm run build && node bench/user-agents.mjs [count]
 */
import { readFileSync } from 'node:fs';

import { parseClient } from '../dist/clients/parse-client.js';

const COUNT = Number(process.argv[2] ?? 100_000);
const SIZE = 1024;
const ROUNDS = 5;

const { clients } = JSON.parse(
  readFileSync(new URL('../src/clients/knowledge.json', import.meta.url), 'utf8'),
);
const examples = clients.flatMap((client) =>
  client.examples.filter((example) => !example.field).map(({ text }) => text),
);

/** Different fillers, since a text of one kind of word would flatter one path. */
const fillers = [
  (n) => `md/key${n}#value-${n * 7919}`,
  (n) => `app-${n}/1.${n % 100}.${n % 10}`,
  (n) => `(+https://example.com/${n}; linux)`,
  (n) => `m/E,Z,b,${n.toString(36)}`,
  (n) => `stratus_${(n * 2654435761).toString(16).padStart(12, '0')}`,
  (n) => `lang/python#3.${n % 20}.${n % 7}`,
];

function makeUserAgent(n) {
  let text = examples[n % examples.length].replace(/^\[|\]$/g, '');
  for (let word = n; text.length < SIZE; word += 1)
    text += ` ${fillers[word % fillers.length](word)}`;
  return Buffer.from(text.slice(0, SIZE)).toString('latin1');
}

const userAgents = Array.from({ length: COUNT }, (_, n) => makeUserAgent(n));
const megabytes = userAgents.reduce((sum, text) => sum + text.length, 0) / 1e6;

for (let round = 1; round <= ROUNDS; round += 1) {
  const products = new Set();
  const start = process.cpuUsage();
  for (const userAgent of userAgents) products.add(parseClient(userAgent).product);
  const { user, system } = process.cpuUsage(start);
  const seconds = (user + system) / 1e6;
  console.log(
    `round ${round}: ${userAgents.length} user agents, ${megabytes.toFixed(1)} MB, ${products.size} products, ` +
      `${seconds.toFixed(3)} s, ${(megabytes / seconds).toFixed(0)} MB/s, ${((seconds * 1e6) / userAgents.length).toFixed(2)} us each`,
  );
}
