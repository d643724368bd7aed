/**
 * Ratios of the `files` source to bare inflate, in one run on one machine. Usage:
 *   npm run bench [-- --events 900000] [--rounds 5] [--sts-share 0.022] [--file-records 53]
 * Generates a corpus of more than 1 GB of JSON once. By default its share of STS events and the
 * size of its files are those of a public trail (64 of 2,900 records, in 55 files). Rounds
 * alternate, so that a busy moment of the machine hits both; the median of each counts. Absolute
 * times mean little elsewhere.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, renameSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '900000' },
    rounds: { type: 'string', default: '5' },
    'sts-share': { type: 'string', default: '0.022' },
    'file-records': { type: 'string', default: '53' },
  },
});
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const corpus = here(`corpus/${values.events}-${values['sts-share']}-${values['file-records']}`);
const cli = here('../dist/cli.js');
if (!existsSync(cli)) throw new Error('build first: npm run build');
if (!existsSync(corpus)) {
  // Whole or not at all: one that was broken off would be taken for it the next time.
  const part = `${corpus}.part`;
  rmSync(part, { recursive: true, force: true });
  const { events, 'sts-share': share, 'file-records': records } = values;
  const flags = ['--events', events, '--sts-share', share, '--file-records', records];
  const made = run([here('corpus.mjs'), part, ...flags]);
  renameSync(part, corpus);
  console.log(`corpus: ${made.stdout.trim()}`);
}

const contestants = {
  'bare inflate, buffers of the right size': [here('inflate.mjs'), corpus],
  'bare inflate, default buffers': [here('inflate.mjs'), corpus, '--default'],
  'files --all-regions': [cli, 'files', corpus, '--all-regions', '--format', 'json', '--out', '-'],
  files: [cli, 'files', corpus, '--format', 'json', '--out', '-'],
};
const times = Object.fromEntries(Object.keys(contestants).map((name) => [name, []]));
for (let round = 0; round < Number(values.rounds); round += 1) {
  for (const [name, args] of Object.entries(contestants)) times[name].push(run(args));
}

const [floor, plain, all, pruned] = Object.values(times);
const rows = [
  [
    'files --all-regions / bare inflate, right size',
    ratio(all, floor, 'wall'),
    ratio(all, floor, 'cpu'),
  ],
  [
    'files --all-regions / bare inflate, default',
    ratio(all, plain, 'wall'),
    ratio(all, plain, 'cpu'),
  ],
  [
    'files (us-east-1 only) / bare inflate of all',
    ratio(pruned, floor, 'wall'),
    ratio(pruned, floor, 'cpu'),
  ],
];
console.log('ratio of medians'.padEnd(52), 'wall', '  CPU');
for (const [name, wall, cpu] of rows) console.log(name.padEnd(52), wall, cpu);
console.log(`peak memory: ${Math.round(Math.max(...all.map(({ memory }) => memory)) / 1e6)} MB`);

const small = {
  '--help': ['--help'],
  'files on the sample logs': ['files', here('../examples/logs')],
};
for (const [name, args] of Object.entries(small)) {
  const ours = Array.from({ length: 15 }, () => run([cli, ...args]));
  const node = Array.from({ length: 15 }, () => run(['-e', '']));
  console.log(`start-up, ${name} / node -e '': ${ratio(ours, node, 'wall')}`);
}

function run(args) {
  const start = performance.now();
  const timer = existsSync('/usr/bin/time')
    ? ['/usr/bin/time', ['-f', '%U %S %M', process.execPath, ...args]]
    : [process.execPath, args];
  const { stdout, stderr, status } = spawnSync(...timer, { encoding: 'utf8', maxBuffer: 2 ** 30 });
  if (status !== 0 && status !== 3) throw new Error(`${args.join(' ')} failed: ${stderr}`);
  const [user = 0, system = 0, kilobytes = 0] = (stderr.trim().split('\n').at(-1) ?? '')
    .split(' ')
    .map(Number);
  return { stdout, wall: performance.now() - start, cpu: user + system, memory: kilobytes * 1024 };
}

function ratio(ours, theirs, kind) {
  return (median(ours, kind) / median(theirs, kind)).toFixed(2);
}

function median(runs, kind) {
  const sorted = runs.map((entry) => entry[kind]).toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
