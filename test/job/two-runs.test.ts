/**
 * Two runs that share a state at the same time.
 */
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { stubAws } from '../support/aws/context.js';
import { fakeS3 } from '../support/aws/fake-s3.js';
import { type Outcome, scratch } from '../support/cli.js';
import { folderOf, log } from '../support/folder.js';
import { runMain } from '../support/in-process.js';
import { recordsOf, WEEKS } from '../support/organisation.js';

const HOUR = 3_600_000;
const STATE = '.legacy-endpoint-audit';

function newJob(source: object): string {
  const config = {
    sources: [{ source: 'files', ...source }],
    window: { first: '7d', settle: '1h' },
    output: { folder: 'out', formats: ['json'] },
  };
  return folderOf({
    'job.json': JSON.stringify(config),
    'logs/all.json': log(...recordsOf(0), ...recordsOf(1)),
  });
}

async function runAt(job: string, hours: number): Promise<Outcome> {
  return runMain(['run', join(job, 'job.json'), '--quiet'], WEEKS[0] + hours * HOUR);
}

const read = (...path: string[]): string => readFileSync(join(...path), 'utf8');
const written = (job: string): string[] => [read(job, 'out/report.json'), read(job, STATE, 'state.json')]; // prettier-ignore

it('writes nothing while another run uses its state', async () => {
  const job = newJob({ paths: ['logs'] });
  await runAt(job, 169);
  const before = written(job);
  const lock = join(job, STATE, 'run.lock');
  writeFileSync(lock, String(process.ppid));
  const { code, stderr } = await runAt(job, 337);
  expect(code).toBe(2);
  expect(stderr).toContain(`is in use by another run (process ${process.ppid})`);
  expect(written(job)).toEqual(before);
  // What a run in another container left, whose numbers say nothing here.
  writeFileSync(lock, `${process.ppid} another-host`);
  expect((await runAt(job, 337)).code).toBe(0);
  expect(existsSync(lock)).toBe(false);
});

it('writes nothing when a run on another machine has finished in the meantime', async () => {
  stubAws();
  let meantime = (): void => undefined;
  const object = {
    get body(): Buffer {
      meantime();
      return Buffer.from(log(...recordsOf(0), ...recordsOf(1)));
    },
  };
  const server = await fakeS3({ objects: { 'AWSLogs/all.json': object } });
  const job = newJob({ paths: ['s3://trail-bucket'], region: 'us-east-1', endpointUrl: server.url });
  await runAt(job, 169);
  const other = scratch();
  cpSync(job, other, { recursive: true });
  const before = written(other);
  await runAt(job, 337);
  meantime = () => cpSync(join(job, STATE), join(other, STATE), { recursive: true });
  const { code, stderr } = await runAt(other, 338);
  await server.close();
  expect([code, stderr]).toEqual([2, expect.stringContaining('another run has finished in the meantime')]);
  expect(written(other)).toEqual([before[0], written(job)[1]]);
}); // prettier-ignore
