/**
 * The job is killed at operations on the file system, one after another, and then at random
 * ones again and again. What readers find is whole, and the runs after it go on without a gap and
 * without counting a call twice.
 */
import { spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type Report, reportSchema } from '../../src/report/schema.js';
import { CLI, scratch } from '../support/cli.js';
import { folderOf, log } from '../support/folder.js';
import { runMain } from '../support/in-process.js';
import { recordsOf, WEEKS } from '../support/organisation.js';

const DIE_AT = fileURLToPath(new URL('../support/die-at.mjs', import.meta.url));
/** All of them in the long campaign, `FAULTS=all`. */
const EVERY = process.env['FAULTS'] === 'all' ? 1 : 11;
/** The long campaign ends when it has killed the job everywhere, also on a busy machine. */
const LIMIT_MS = EVERY === 1 ? 3_600_000 : 300_000;
const SEEDS = process.env['FAULTS'] === 'all' ? [1, 2, 3, 4, 5, 6, 7, 8] : [1];

const HOUR = 3_600_000;
const CALLS = [...recordsOf(0), ...recordsOf(1)].filter(
  (record) => record['additionalEventData'] !== undefined,
).length;

const CONFIG = {
  sources: [{ source: 'files', paths: ['logs'], threads: 1 }],
  window: { first: '7d', settle: '1h' },
  output: { folder: 'out', formats: ['json', 'markdown', 'csv'], splitBy: 'account' },
};

function newJob(): string {
  return folderOf({
    'job.json': JSON.stringify(CONFIG),
    'logs/first.json': log(...recordsOf(0)),
    'logs/second.json': log(...recordsOf(1)),
  });
}

interface End {
  readonly code: number | null;
  readonly stderr: string;
}

/** Runs the built program some hours after the first Monday; it dies at the operation, if given. */
async function run(job: string, hours: number, dieAt?: number): Promise<End> {
  const env = { ...process.env, NOW: String(WEEKS[0] + hours * HOUR), DIE_AT: dieAt === undefined ? '' : String(dieAt) };
  const child = spawn(process.execPath, ['--import', DIE_AT, CLI, 'run', join(job, 'job.json'), '--quiet'], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, stderr };
} // prettier-ignore

/** The report of the last run that counts; null before the first. Throws when something is torn. */
function remembered(job: string): Report | null {
  const state = join(job, '.legacy-endpoint-audit');
  if (!existsSync(join(state, 'state.json'))) return null;
  const { report, coveredTo, counted } = JSON.parse(readFileSync(join(state, 'state.json'), 'utf8'));
  for (const line of readFileSync(join(state, counted.file), 'utf8').trimEnd().split('\n')) JSON.parse(line);
  const kept = reportSchema.parse(JSON.parse(readFileSync(join(state, report), 'utf8')));
  expect(kept.window.to).toBe(coveredTo);
  return kept;
} // prettier-ignore

/** Every file of the output is whole. */
function checkOutput(job: string): void {
  const out = join(job, 'out');
  if (!existsSync(out)) return;
  for (const name of readdirSync(out, { recursive: true, encoding: 'utf8' })) {
    if (name.startsWith('.')) continue;
    const path = join(out, name);
    if (name.endsWith('.json')) JSON.parse(readFileSync(path, 'utf8'));
    if (name.endsWith('report.md')) expect(readFileSync(path, 'utf8')).toMatch(/Made by legacy-endpoint-audit .*\n$/); // prettier-ignore
    if (name.endsWith('report.csv')) expect(readFileSync(path, 'utf8').endsWith('\n')).toBe(true);
  }
}

describe('a job that is killed', () => {
  it('at any operation leaves whole files, and the next run goes on', async () => {
    const start = newJob();
    await run(start, 169);
    const first = remembered(start);
    const copied = (): string => {
      const job = scratch();
      cpSync(start, job, { recursive: true });
      return job;
    };
    const trial = copied();
    const operations = Number(/operations: (\d+)/.exec((await run(trial, 337)).stderr)?.[1]);
    expect(operations).toBeGreaterThan(30);
    const points = Array.from({ length: operations }, (_, index) => index + 1).filter(
      (point) => point % EVERY === 0,
    );
    const check = async (point: number): Promise<void> => {
      const job = copied();
      expect((await run(job, 250, point)).code).toBe(null);
      checkOutput(job);
      const between = remembered(job);
      const isFirst = between?.generatedAt === first?.generatedAt;
      await run(job, 337);
      checkOutput(job);
      const last = remembered(job);
      const counted = [first, ...(isFirst ? [] : [between]), last];
      expect(last?.window.from).toBe(counted.at(-2)?.window.to);
      expect(counted.reduce((sum, report) => sum + (report?.totals.calls ?? 0), 0)).toBe(CALLS);
    };
    while (points.length > 0) await Promise.all(points.splice(0, 4).map(check));
  }, LIMIT_MS);

  it.each(SEEDS)('again and again at random operations counts every call once (seed %i)', async (seed) => {
    const random = generator(seed);
    const job = newJob();
    const chain: Report[] = [];
    const note = (): void => {
      checkOutput(job);
      const report = remembered(job);
      if (report === null || report.generatedAt === chain.at(-1)?.generatedAt) return;
      expect(report.window.from).toBe(chain.at(-1)?.window.to ?? '2026-01-05T00:00:00Z');
      chain.push(report);
    };
    await run(job, 169, 1 + Math.floor(random() * 20));
    await run(job, 169);
    note();
    for (let hours = 180; hours < 337; hours += 12 + Math.floor(random() * 24)) {
      await run(job, hours, random() < 0.75 ? 1 + Math.floor(random() * 60) : undefined);
      note();
    }
    await run(job, 337);
    note();
    expect(chain.at(-1)?.window.to).toBe('2026-01-19T00:00:00Z');
    expect(chain.reduce((sum, { totals }) => sum + totals.calls, 0)).toBe(CALLS);
  }, 120_000);

  it('leaves no rubbish for ever', async () => {
    const job = newJob();
    const left = join(job, 'out/.legacy-endpoint-audit-00000000-0000-4000-8000-000000000000/new');
    mkdirSync(left, { recursive: true });
    writeFileSync(join(left, 'report.json'), '{');
    const long = new Date(Date.now() - 48 * HOUR);
    utimesSync(join(job, 'out/.legacy-endpoint-audit-00000000-0000-4000-8000-000000000000'), long, long);
    const stateOfAnother = join(job, 'out/.legacy-endpoint-audit-prod');
    mkdirSync(stateOfAnother);
    utimesSync(stateOfAnother, long, long);
    await run(job, 169);
    expect(existsSync(left)).toBe(true);
    const young = join(job, 'out/.legacy-endpoint-audit-11111111-1111-4111-8111-111111111111');
    mkdirSync(young);
    await runMain(['render', join(job, 'out/report.json'), '--out', join(job, 'out')]);
    expect(existsSync(left)).toBe(false);
    expect(existsSync(young)).toBe(true);
    expect(existsSync(stateOfAnother)).toBe(true);
  });
}); // prettier-ignore

/** Mulberry32: the same numbers for the same seed. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
