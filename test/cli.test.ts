import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  createWriteStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cli, CLI, scratch } from './support/cli.js';
import { deliveredPath, folderOf, log } from './support/folder.js';
import { globalCall, regionalCall, serviceCall } from './support/records.js';

const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;

const logs = (): string => folderOf({ [deliveredPath()]: log(globalCall(), regionalCall()) });
const oneLine = (text: string): boolean =>
  text.endsWith('\n') && text.indexOf('\n') === text.length - 1;

describe('exit codes', () => {
  it('0: report written, evidence complete', async () => {
    const { code, stdout } = await cli(['files', logs()]);
    expect(code).toBe(0);
    expect(stdout).toContain('1 principal still calls the legacy global STS endpoint');
    expect(stdout).toContain('Evidence: complete');
  });

  it('1: findings, when asked to fail on them', async () => {
    expect((await cli(['files', logs(), '--fail-on', 'any'])).code).toBe(1);
    const clean = folderOf({ 'a.json': log(regionalCall()) });
    expect((await cli(['files', clean, '--fail-on', 'any'])).code).toBe(0);
  });

  it('3: nothing assessable is no clean bill', async () => {
    for (const content of [
      log(),
      log(serviceCall()),
      log(globalCall({ eventSource: 'iam.amazonaws.com' })),
    ]) {
      const { code, stdout } = await cli(['files', folderOf({ 'a.json': content })]);
      expect(code).toBe(3);
      expect(stdout).toContain('INCOMPLETE');
    }
  });

  it('3: an account that was asked for by name and has no log', async () => {
    const asked = ['files', 'examples/logs', '--account', '111122223333,999988887777'];
    const { code, stdout, stderr } = await cli([...asked, '--format', 'json', '--out', '-']);
    expect(code).toBe(3);
    expect(stderr).toContain('999988887777: --account names this account, but no log of it was seen');
    expect(JSON.parse(stdout).coverage.gaps).toMatchObject([{ code: 'account-missing', subject: '999988887777' }]);
  }); // prettier-ignore

  it('3: a file that could not be read', async () => {
    const folder = folderOf({ 'a.json': log(globalCall()), 'b.json': '{' });
    const { code, stdout } = await cli(['files', folder]);
    expect(code).toBe(3);
    expect(stdout).toContain('b.json');
  });

  it.each(['SIGINT', 'SIGTERM'] as const)(
    '130: %s, with what was read until then',
    async (signal) => {
      const child = spawn(process.execPath, [CLI, 'files', '-', '--format', 'json', '--out', '-']);
      let stdout = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
      child.stdin.write(`${JSON.stringify(globalCall())}\n${' '.repeat(4_000_000)}`, () =>
        child.kill(signal),
      );
      const code = await new Promise((resolve) => child.on('close', resolve));
      expect(code).toBe(130);
      expect(JSON.parse(stdout)).toMatchObject({
        coverage: { complete: false, gaps: [{ code: 'interrupted' }] },
      });
    },
  );
});

it.each(['SIGINT', 'SIGTERM'] as const)(
  'work on a saved report is ended by %s itself, however busy the process is',
  async (signal) => {
    const pipe = join(scratch(), 'report.json');
    execFileSync('mkfifo', [pipe]);
    const child = spawn(process.execPath, [CLI, 'render', pipe]);
    const input = createWriteStream(pipe).on('error', () => undefined);
    // More than a pipe holds: it is taken when the command is at work.
    input.write(' '.repeat(4_000_000), () => child.kill(signal));
    const ended = await new Promise((resolve) => child.on('close', (_, by) => resolve(by)));
    expect(ended).toBe(signal);
  },
);

describe('wrong usage is one line, exit 2, and nothing is read', () => {
  it.each([
    [[], 'no command given', 2],
    [['frobnicate'], 'unknown command: frobnicate', 2],
    [['files'], 'no path given', 2],
    [['files', 'no/such/path'], 'no such file or folder: no/such/path', 2],
    [['files', '.', '--frob'], '--frob', 2],
    [['files', '.', '--format', 'xml'], 'unknown format: xml', 2],
    [['files', '.', '--format', 'json,csv'], 'only one format fits on standard output', 2],
    [
      ['files', '.', '--from', 'yesterday'],
      '--from is not a date of the years 1970 to 2099: yesterday',
      2,
    ],
    [['files', '.', '--from', '2026-02-30'], '--from is not a date', 2],
    [['files', '.', '--to', '2100-01-01'], '--to is not a date of the years 1970 to 2099', 2],
    [['files', '.', '--from', '2026-02-02', '--to', '2026-02-01'], 'the window is empty', 2],
    [['files', '.', '--from', '2026-02-02', '--to', '2026-02-02'], 'the window is empty', 2],
    [['files', '.', '--since', 'long'], '--since is not an age: long', 2],
    [['files', '.', '--since', '3d', '--from', '2026-01-01'], 'exclude each other', 2],
    [['files', '.', '--threads', '0'], '--threads is not a number', 2],
    [['files', '.', '--threads', '1e2'], '--threads is not a number', 2],
    [['files', '.', '--threads', ' 4'], '--threads is not a number', 2],
    [['files', '.', '--max-file-size', '1parsec'], '--max-file-size is not a size', 2],
    [['files', '.', '--fail-on', 'bad luck'], '--fail-on does not know', 2],
    [['files', '.', '--out'], '--out', 2],
  ])('%j', async (args, message, code) => {
    const result = await cli(args, { cwd: logs() });
    expect(result).toMatchObject({ code, stdout: '' });
    expect(result.stderr).toContain(message);
    expect(oneLine(result.stderr)).toBe(true);
  });
});

describe('output', () => {
  it('writes the files asked for and a summary', async () => {
    const out = join(scratch(), 'new/folder');
    const { code, stdout, stderr } = await cli(['files', logs(), '--out', out]);
    expect([code, stderr]).toEqual([0, '']);
    expect(readdirSync(out).toSorted()).toEqual(['report.csv', 'report.json']);
    expect(stdout).toContain('1 call in 1 finding');
    expect(JSON.parse(readFileSync(join(out, 'report.json'), 'utf8'))).toMatchObject({
      totals: { calls: 1 },
    });
  });

  it('writes nothing else with --quiet', async () => {
    const out = scratch();
    expect(await cli(['files', logs(), '--out', out, '--quiet'])).toEqual({
      code: 0,
      stdout: '',
      stderr: '',
    });
  });

  it('gives one format on standard output', async () => {
    const { stdout } = await cli(['files', logs(), '--format', 'csv', '--out', '-']);
    expect(stdout).toMatch(
      /^finding_id,account_id,principal_type,principal,client,client_version,vpc_endpoint_id,calls,first_seen,last_seen,/,
    );
  });

  it('reads standard input', async () => {
    const { stdout } = await cli(['files', '-', '--format', 'json'], { stdin: log(globalCall()) });
    expect(JSON.parse(stdout)).toMatchObject({ totals: { calls: 1 } });
  });

  it.runIf(existsSync('/dev/stdin'))('reads a stream once that is named twice', () => {
    const file = join(folderOf({ 'a.json': log(globalCall()) }), 'a.json');
    for (const names of ['- -', '/dev/stdin -', '- /dev/stdin']) {
      const command = `cat "${file}" | "${process.execPath}" "${CLI}" files ${names} --format json`;
      const { status, stdout } = spawnSync('sh', ['-c', command], { encoding: 'utf8' });
      expect([names, status]).toEqual([names, 0]);
      expect(JSON.parse(stdout)).toMatchObject({ totals: { calls: 1 } });
    }
  });

  it('keeps an earlier report when the new one cannot be written', async () => {
    const out = scratch();
    writeFileSync(join(out, 'report.json'), 'old');
    mkdirSync(join(out, 'report.csv'));
    const { code, stderr } = await cli(['files', logs(), '--out', out]);
    expect(code).toBe(2);
    expect(stderr).toContain(`cannot write to ${out}`);
    expect(readdirSync(out).toSorted()).toEqual(['report.csv', 'report.json']);
  });

  it('says at once when the folder cannot be written', async () => {
    const file = join(folderOf({ 'not-a-folder': 'x' }), 'not-a-folder');
    const { code, stderr } = await cli(['files', logs(), '--out', join(file, 'x')]);
    expect(code).toBe(2);
    expect(oneLine(stderr)).toBe(true);
  });

  it('is not cut when a pipe is slow, and ends quietly when it closes', async () => {
    const many = Array.from({ length: 1500 }, (_, index) =>
      globalCall({
        userIdentity: { type: 'IAMUser', arn: `arn:aws:iam::111122223333:user/u${index}` },
      }),
    );
    const folder = folderOf({ 'a.json': log(...many) });
    const all = await cli(['files', folder, '--format', 'json']);
    expect(all.stdout.length).toBeGreaterThan(1_000_000);
    expect(JSON.parse(all.stdout)).toMatchObject({ totals: { calls: 1500 } });
    const head = spawn('sh', [
      '-c',
      `"${process.execPath}" "${CLI}" files "${folder}" --format json | head -c 10`,
    ]);
    let stderr = '';
    head.stderr.on('data', (text) => (stderr += text));
    await new Promise((resolve) => head.on('close', resolve));
    expect(stderr).toBe('');
  });

  it.runIf(existsSync('/dev/full'))('says when the disk is full', async () => {
    const child = spawn('sh', [
      '-c',
      `"${process.execPath}" "${CLI}" files "${logs()}" > /dev/full`,
    ]);
    let stderr = '';
    child.stderr.on('data', (text) => (stderr += text));
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect(code).toBe(2);
    expect(stderr).toMatch(/^legacy-endpoint-audit: cannot write to standard output: .*\n$/);
  });

  it.runIf(existsSync('/dev/full'))('ends with its code when nothing can be said', async () => {
    const folder = folderOf({ 'a.json': log(globalCall()), 'broken.json': '{' });
    const command = `"${process.execPath}" "${CLI}" files "${folder}" > /dev/null 2> /dev/full`;
    const child = spawn('sh', ['-c', command]);
    expect(await new Promise((resolve) => child.on('close', resolve))).toBe(3);
  });

  it.runIf(isRoot)('names a file that may not be read', async () => {
    const folder = folderOf({ 'a.json': log(globalCall()), 'secret.json': log(globalCall()) });
    chmodSync(folder, 0o755);
    chmodSync(join(folder, 'secret.json'), 0o600);
    const { code, stdout } = await cli(['files', folder], { uid: NOBODY, cwd: folder });
    expect(code).toBe(3);
    expect(stdout).toContain('secret.json: The file could not be read');
  });
});

describe('worker threads', () => {
  it('give the same report as one thread', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 30 }, (_, number) => [
        deliveredPath('us-east-1', '2026/01/10', number),
        log(globalCall(), serviceCall(), regionalCall()),
      ]),
    );
    const folder = folderOf({ ...files, 'broken.json': '{' });
    const parse = (text: string): unknown => ({ ...JSON.parse(text), generatedAt: '' });
    const inline = await cli(['files', folder, '--format', 'json']);
    const threads = await cli(['files', folder, '--format', 'json', '--threads', '3']);
    expect(threads.code).toBe(3);
    expect(parse(threads.stdout)).toEqual(parse(inline.stdout));
  });

  it('are started only as there are files for them', () => {
    const folder = folderOf({ 'a.json': log(globalCall()), 'b.json': log(globalCall()) });
    const preload = 'data:text/javascript,process.on("worker",()=>console.error("started"))';
    const args = ['--import', preload, CLI, 'files', folder, '--threads', '16'];
    const { stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    expect(stderr).toBe('started\nstarted\n');
  });

  it('lose nothing of what they hand on in parts', async () => {
    const calls = Array.from({ length: 9000 }, () => globalCall());
    const folder = folderOf({
      'a.json.gz': log(...calls),
      'b.json': log(...calls, globalCall()),
    });
    const { stdout } = await cli(['files', folder, '--format', 'json', '--threads', '2']);
    expect(JSON.parse(stdout)).toMatchObject({
      totals: { calls: 9001 },
      coverage: { complete: true, deduplication: { duplicates: 9000 } },
    });
  });
});

describe('help', () => {
  it('explains the program, its commands and exit codes', async () => {
    for (const args of [['--help'], ['-h'], ['help']]) {
      const { code, stdout } = await cli(args);
      expect(code).toBe(0);
      expect(stdout).toContain('files <path…>');
      expect(stdout).toContain('Exit codes');
    }
  });

  it('explains every flag of a command in lines that fit a terminal', async () => {
    const { stdout } = await cli(['files', '--help']);
    for (const flag of [
      '--from',
      '--to',
      '--since',
      '--format',
      '--out',
      '--fail-on',
      '--all-regions',
      '--quiet',
    ]) {
      expect(stdout).toContain(flag);
    }
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(90);
  });

  it('prints the version of the package', async () => {
    const { version } = JSON.parse(
      readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
    ) as { version: string };
    expect((await cli(['--version'])).stdout).toBe(`${version}\n`);
  });
});
