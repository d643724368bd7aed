/**
 * The examples for pipelines: their shell parts run here, with the built program and two weeks of
 * logs; their forms are checked by the linters that `.ci/run` calls.
 */
import { spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { CronFileParser } from 'cron-parser';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readConfig } from '../src/job/config.js';
import { bucketPolicy } from '../src/iam.js';
import { readIgnoreList, readOwnersMap } from '../src/inputs.js';
import { writableBucket } from './support/aws/bucket.js';
import { CLI, scratch } from './support/cli.js';
import { log } from './support/folder.js';
import { recordsOf, WEEKS } from './support/organisation.js';

const EXAMPLES = fileURLToPath(new URL('../examples/pipelines/', import.meta.url));
const BIN = fileURLToPath(new URL('support/bin', import.meta.url));
const CLOCK = pathToFileURL(fileURLToPath(new URL('support/die-at.mjs', import.meta.url))).href;
const ROOT = fileURLToPath(new URL('..', import.meta.url));
const HOUR = 3_600_000;
/** One hour after each week has ended. */
const MONDAYS = [WEEKS[0] + 169 * HOUR, WEEKS[0] + 337 * HOUR] as const;

/** The examples as in a repository of their own, with logs on the disk in place of the bucket. */
function repository(): string {
  const folder = scratch();
  cpSync(EXAMPLES, folder, { recursive: true });
  mkdirSync(join(folder, 'logs'));
  mkdirSync(join(folder, 'buckets'));
  writeFileSync(join(folder, 'logs/first.json'), log(...recordsOf(0)));
  writeFileSync(join(folder, 'logs/second.json'), log(...recordsOf(1)));
  const config = join(folder, 'legacy-endpoint-audit.config.yaml');
  const text = readFileSync(config, 'utf8')
    .replace('s3://amzn-s3-demo-bucket/AWSLogs', 'logs')
    .replace('first: 30d', 'first: 7d');
  writeFileSync(config, text);
  return folder;
}

interface End {
  readonly code: number | null;
  readonly output: string;
}

/** Runs a script as a pipeline's shell does, on a clock. */
async function shell(script: string, folder: string, now: number, more: object = {}): Promise<End> {
  const env = { ...process.env, PATH: [BIN, process.env['PATH']].join(delimiter), CLI, BUCKETS: join(folder, 'buckets'), NODE_OPTIONS: `--import=${CLOCK}`, NOW: String(now), DIE_AT: '-1', ...more };
  const child = spawn('bash', ['-e', '-o', 'pipefail', '-c', script], { cwd: folder, env });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, output };
} // prettier-ignore

const read = (...path: readonly string[]): string => readFileSync(join(...path), 'utf8');
const yaml = (name: string): any => parse(read(EXAMPLES, name)); // oxlint-disable-line typescript/no-explicit-any

describe('the config and the lists', () => {
  it('are valid', async () => {
    const config = await readConfig(join(EXAMPLES, 'legacy-endpoint-audit.config.yaml'));
    expect(config.sources).toMatchObject([{ source: 'files', paths: ['s3://amzn-s3-demo-bucket/AWSLogs'] }]);
    expect(await readOwnersMap(config.owners ?? '')).toHaveLength(3);
    expect(await readIgnoreList(config.ignore ?? '')).toHaveLength(1);
    expect(await readConfig(join(EXAMPLES, 'lambda/legacy-endpoint-audit.config.yaml'))).toBeDefined();
  }); // prettier-ignore
});

describe('GitHub Actions', () => {
  interface Step {
    readonly name?: string;
    readonly run?: string;
    readonly env?: Record<string, string>;
  }
  const steps: Step[] = yaml('github-actions.yml').jobs.audit.steps;

  async function job(folder: string, now: number): Promise<Record<string, End>> {
    const ends: Record<string, End> = {};
    for (const { name = '', run, env } of steps) {
      if (run === undefined || name === 'Install') continue;
      const summary = { GITHUB_STEP_SUMMARY: join(folder, 'summary.md') };
      ends[name] = await shell(run, folder, now, { ...env, ...summary });
    }
    return ends;
  }

  it('audits, shows the report on the page of the job, and keeps one ticket up to date', async () => {
    const folder = repository();
    const first = await job(folder, MONDAYS[0]);
    // Without a report to compare with, every finding is new.
    expect(first['Audit']?.code).toBe(1);
    expect(read(folder, 'summary.md')).toMatch(/^# \d principals still call/m);
    expect(read(folder, 'buckets/gh.txt')).toContain('issue create');
    const state = join(folder, 'buckets/amzn-s3-demo-bucket1/legacy-endpoint-audit');
    expect(readdirSync(state).toSorted()).toEqual([
      'counted-20260112T010000Z.jsonl',
      'report-20260112T010000Z.json',
      'state.json',
    ]);

    // The next runner begins with an empty disk.
    const next = repository();
    cpSync(join(folder, 'buckets'), join(next, 'buckets'), { recursive: true });
    const second = await job(next, MONDAYS[1]);
    expect(second['Audit']?.code).toBe(1);
    expect(read(next, 'buckets/gh.txt')).toContain('issue edit 7');
    expect(read(next, 'buckets/ticket')).toContain('## Changes since the report of 2026-01-12');
    expect(JSON.parse(read(next, 'report/report.json')).window.from).toBe('2026-01-12T00:00:00Z');
    const kept = readdirSync(join(next, 'buckets/amzn-s3-demo-bucket1/legacy-endpoint-audit'));
    expect(kept).toContain('report-20260119T010000Z.json');
    expect(kept).toHaveLength(3);
  });

  it('leaves the state as it was when nothing could be written', async () => {
    const folder = repository();
    writeFileSync(join(folder, 'owners.yaml'), 'owners: [');
    const { Audit } = await job(folder, MONDAYS[0]);
    expect(Audit?.code).toBe(2);
    expect(existsSync(join(folder, 'buckets/ticket'))).toBe(false);
    expect(read(folder, 'buckets/calls.txt').trim().split('\n')).toHaveLength(1);
  });
});

describe('GitLab CI', () => {
  it('runs the job, and leaves what the artifacts name', async () => {
    const folder = repository();
    const { script, artifacts, allow_failure: allowed } = yaml('gitlab-ci.yml')['legacy-endpoint-audit'];
    const { code } = await shell(script.join('\n'), folder, MONDAYS[0]);
    expect(code).toBe(1);
    expect(allowed.exit_codes).toEqual([3]);
    for (const path of [...artifacts.paths, artifacts.reports.junit]) expect(existsSync(join(folder, path))).toBe(true);
  }); // prettier-ignore

  it('hands the token over in a file of its own', async () => {
    const folder = repository();
    const [, ...lines] = yaml('gitlab-ci.yml')['legacy-endpoint-audit'].before_script;
    const script = [...lines, 'cat "$AWS_WEB_IDENTITY_TOKEN_FILE"'].join('\n');
    const { output } = await shell(script, folder, MONDAYS[0], { AWS_ID_TOKEN: 'token' });
    expect(output).toBe('token');
  });
});

describe('cron', () => {
  const { expressions, errors, variables } = CronFileParser.parseFileSync(
    join(EXAMPLES, 'crontab'),
  );

  it('is a crontab that cron understands', () => {
    expect(errors).toEqual({});
    expect(variables).toMatchObject({ AWS_PROFILE: 'audit' });
    expect(expressions.map((expression) => expression.stringify())).toEqual(['17 6 * * 1']);
  });

  it('runs the job in its folder, and says where to look when something is wrong', async () => {
    const home = scratch();
    cpSync(repository(), join(home, 'legacy-endpoint-audit'), { recursive: true });
    const line = read(EXAMPLES, 'crontab').split('\n').find((text) => text.startsWith('17 ')) ?? '';
    // In a crontab a per cent sign would end the command.
    expect(line).not.toContain('%');
    const command = line.split(/\s+/).slice(5).join(' ');
    const folder = join(home, 'legacy-endpoint-audit');
    const { code, output } = await shell(command, folder, MONDAYS[0], { HOME: home });
    const [why = '', where] = output.split('\n');
    expect(code).toBe(0);
    expect(why).toContain('exit 1: 7 findings');
    expect(where).toBe(`legacy-endpoint-audit ended with 1: see ${folder}/report`);
    expect(existsSync(join(folder, 'report/report.html'))).toBe(true);
  }); // prettier-ignore
});

describe('EventBridge and Lambda', () => {
  /** A deployed function: its own folder, with the package installed. */
  function deployed(): string {
    const folder = repository();
    const work = join(folder, 'work');
    mkdirSync(join(folder, 'lambda/node_modules/@aws-sdk'), { recursive: true });
    symlinkSync(ROOT, join(folder, 'lambda/node_modules/legacy-endpoint-audit'));
    symlinkSync(join(ROOT, 'node_modules/@aws-sdk/client-s3'), join(folder, 'lambda/node_modules/@aws-sdk/client-s3'));
    const config = join(folder, 'lambda/legacy-endpoint-audit.config.yaml');
    const text = read(config).replace('s3://amzn-s3-demo-bucket/AWSLogs', '../logs').replaceAll('/tmp/legacy-endpoint-audit', work);
    writeFileSync(config, text);
    return folder;
  } // prettier-ignore

  it('keeps state and reports in the bucket from one invocation to the next', async () => {
    const bucket = await writableBucket();
    const folder = deployed();
    const invoke = `node --input-type=module -e "import { handler } from '${join(folder, 'lambda/handler.mjs')}'; console.log(JSON.stringify(await handler()))"`;
    const env = { REPORT_BUCKET: 'reports', WORK_FOLDER: join(folder, 'work'), AWS_ENDPOINT_URL_S3: bucket.url, AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret' }; // prettier-ignore
    for (const now of MONDAYS) {
      const { code, output } = await shell(invoke, folder, now, env);
      expect([code, output]).toEqual([0, expect.stringContaining('{"exitCode":0}')]);
    }
    await bucket.close();
    const state = [...bucket.objects.keys()].filter((key) => key.startsWith('state/'));
    expect(state.toSorted()).toEqual([
      'state/counted-20260119T010000Z.jsonl',
      'state/report-20260119T010000Z.json',
      'state/state.json',
    ]);
    const report = JSON.parse(bucket.objects.get('state/report-20260119T010000Z.json') ?? '');
    expect(report.window.from).toBe('2026-01-12T00:00:00Z');
    expect([...bucket.objects.keys()].some((key) => /^reports\/[\d-]+\/by-account\/111122223333\/report\.html$/.test(key))).toBe(true); // prettier-ignore
    // In each run, state.json is the last file of the state that is written.
    const puts = bucket.received.filter(({ method, path }) => method === 'PUT' && path.includes('/state/'));
    expect(puts.at(-1)?.path).toContain('state.json');
  }); // prettier-ignore

  it('fails for the scheduler to see when no report was written', async () => {
    const bucket = await writableBucket();
    const folder = deployed();
    writeFileSync(join(folder, 'lambda/legacy-endpoint-audit.config.yaml'), 'sources: []');
    const invoke = `node --input-type=module -e "import { handler } from '${join(folder, 'lambda/handler.mjs')}'; await handler()"`;
    const env = { REPORT_BUCKET: 'reports', WORK_FOLDER: join(folder, 'work'), AWS_ENDPOINT_URL_S3: bucket.url, AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret' }; // prettier-ignore
    const { code, output } = await shell(invoke, folder, MONDAYS[0], env);
    await bucket.close();
    expect(code).not.toBe(0);
    expect(output).toContain('legacy-endpoint-audit ended with 2');
    expect(bucket.objects.size).toBe(0);
  });

  let actions: string[] = [];
  beforeAll(() => {
    const template = read(EXAMPLES, 'eventbridge.yaml');
    const role = template.slice(template.indexOf('\n  Role:'), template.indexOf('\n  Log:'));
    actions = role.match(/\b(?:s3|kms|logs):[A-Z]\w+/g) ?? [];
  });

  it('may what the source needs, and nothing for all resources', () => {
    const needed = bucketPolicy({ bucket: 'bucket', key: '' }).Statement.flatMap(
      ({ Action }) => Action,
    );
    for (const action of needed) expect(actions).toContain(action);
    expect(read(EXAMPLES, 'eventbridge.yaml')).not.toMatch(/Resource: '?\*/);
  });
});
