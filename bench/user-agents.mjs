/**
 * How fast distinct user agents of 1 KB are parsed, in processor time of one core, and whether any
 * hostile text costs more than in proportion to its length.
 *
 *   npm run build && node bench/user-agents.mjs [count]
 */
import { readFileSync } from 'node:fs';

import { parseClient } from '../dist/clients/parse-client.js';
import { readWords } from '../dist/clients/reading.js';
import { stableText } from '../dist/clients/volatile.js';

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

/** Processor seconds of one run. */
function secondsOf(work) {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}

function measureSpeed() {
  const userAgents = Array.from({ length: COUNT }, (_, n) => makeUserAgent(n));
  const megabytes = userAgents.reduce((sum, text) => sum + text.length, 0) / 1e6;
  for (let round = 1; round <= ROUNDS; round += 1) {
    const products = new Set();
    const seconds = secondsOf(() => {
      for (const userAgent of userAgents) products.add(parseClient(userAgent).product);
    });
    console.log(
      `round ${round}: ${userAgents.length} user agents, ${megabytes.toFixed(1)} MB, ${products.size} products, ` +
        `${seconds.toFixed(3)} s, ${(megabytes / seconds).toFixed(0)} MB/s, ${((seconds * 1e6) / userAgents.length).toFixed(2)} us each`,
    );
  }
}

const HOSTILE = [
  '(',
  ')',
  '((',
  '[',
  ' ',
  '/',
  '#',
  '/#',
  '(a ',
  'a) ',
  '(go1; ',
  '.',
  ',',
  '-',
  'a',
  'a-bcdfg-',
  'abcdef12-',
  '2026-10-01T',
  '0',
  'f',
  'm/',
  'm/N,',
  'md/',
  'md/md/',
  'lang/',
  'os/',
  'exec-env/',
  'AWS_Lambda_',
  'eksctl/{',
  '{"Version"',
  'aws-cli/',
  'aws-cli/1 ',
  'Boto3/1 ',
  'aws-sdk-',
  'aws-sdk-go/',
  'Hadoop ',
  'MinIO ',
  '.amazonaws.com',
  '00000000-',
  '00000000-0000-0000-0000-00000000000',
  '\u0000',
  '\ud800',
  '\u{1f600}',
  '\u0130',
];
const SIZES = [1, 8, 64].map((kibibytes) => kibibytes * 1024);
const BYTES = 4 * 1024 * 1024;

/** The best of three, since other work on the machine only ever adds. */
function secondsPerMegabyte(work, text) {
  const times = Math.ceil(BYTES / text.length);
  const runs = [1, 2, 3].map(() =>
    secondsOf(() => {
      for (let n = 0; n < times; n += 1) work(text);
    }),
  );
  return Math.min(...runs) / ((times * text.length) / 1e6);
}

/** Below the limit of 1 KB that `parseClient` sets, so that growth would show. */
function measureGrowth() {
  const works = { readWords: (text) => readWords(text, true), stableText };
  for (const [name, work] of Object.entries(works)) {
    const rows = HOSTILE.map((seed) => {
      const costs = SIZES.map((size) =>
        secondsPerMegabyte(work, seed.repeat(Math.ceil(size / seed.length)).slice(0, size)),
      );
      return { seed, worst: Math.max(...costs), growth: costs.at(-1) / costs[0] };
    });
    const steepest = rows.toSorted((a, b) => b.growth - a.growth)[0];
    const dearest = rows.toSorted((a, b) => b.worst - a.worst)[0];
    console.log(
      `${name}: from 1 KB to 64 KB the cost of a byte grows at most by ${steepest.growth.toFixed(2)} (${JSON.stringify(steepest.seed)}); ` +
        `the dearest text costs ${(dearest.worst * 1e3).toFixed(2)} us a KB (${JSON.stringify(dearest.seed)})`,
    );
  }
}

measureSpeed();
measureGrowth();
