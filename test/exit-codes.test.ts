/**
 * The table of exit codes, each row by a run of the built program as a pipeline sees it. The README
 * and the help show the same table.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXIT } from '../src/main.js';
import { json } from '../src/writers/json.js';
import { reportOf } from './support/callers.js';
import { cli, CLI } from './support/cli.js';
import { folderOf, log } from './support/folder.js';
import { reportOfWeek } from './support/organisation.js';
import { globalCall, regionalCall } from './support/records.js';

const CALL = log(globalCall());
const CLEAN = log(regionalCall());

/** Runs over one log file. */
async function over(content: string, ...flags: readonly string[]): Promise<number | null> {
  const folder = folderOf({ 'log.json': content });
  return (await cli(['files', join(folder, 'log.json'), '--out', join(folder, 'out'), ...flags]))
    .code;
}

describe('the exit code', () => {
  it('0: report written, evidence complete', async () => {
    expect(await over(CLEAN)).toBe(0);
    // Findings alone fail nothing: that takes --fail-on.
    expect(await over(CALL)).toBe(0);
    expect(await over(CLEAN, '--fail-on', 'any')).toBe(0);
    expect((await cli(['--help'])).code).toBe(0);
  });

  it('1: findings at or over --fail-on', async () => {
    expect(await over(CALL, '--fail-on', 'any')).toBe(1);
    expect(await over(CALL, '--fail-on', 'already-us-east-1')).toBe(1);
    expect(await over(CALL, '--fail-on', 'served-remote')).toBe(0);
    const folder = folderOf({ 'ignore.yaml': 'until: 2099-01-01\nignore: [{account: "*", reason: x}]' }); // prettier-ignore
    expect(await over(CALL, '--fail-on', 'any', '--ignore', join(folder, 'ignore.yaml'))).toBe(0);
  });

  it('1: new findings, for --fail-on new', async () => {
    const folder = folderOf({
      'first.json': json.render(await reportOfWeek(0)),
      'second.json': json.render(await reportOfWeek(1)),
    });
    const [first, second] = [join(folder, 'first.json'), join(folder, 'second.json')];
    expect((await cli(['diff', first, second, '--fail-on', 'new'])).code).toBe(1);
    expect((await cli(['diff', first, first, '--fail-on', 'new'])).code).toBe(0);
  });

  it.each([
    ['any', '1 finding that nobody has decided to ignore'],
    ['served-local', '1 finding at or above the risk served-local'],
  ])('1: the reason for --fail-on %s, also with --quiet', async (gate, reason) => {
    const folder = folderOf({ 'saved.json': json.render(await reportOf([{ role: 'caller' }])) });
    const out = join(folder, 'out');
    const args = ['render', join(folder, 'saved.json'), '--out', out, '--quiet', '--fail-on', gate];
    expect(await cli(args)).toEqual({ code: 1, stdout: '', stderr: `legacy-endpoint-audit: exit 1: ${reason}\n` }); // prettier-ignore
  });

  it('1 rather than 3: more evidence cannot take a finding away', async () => {
    expect(await over(`${CALL}{`, '--fail-on', 'any')).toBe(1);
  });

  it('2: wrong usage or configuration, or the report could not be written', async () => {
    expect((await cli([])).code).toBe(2);
    expect((await cli(['files'])).code).toBe(2);
    expect(await over(CALL, '--fail-on', 'new')).toBe(2);
    expect(await over(CALL, '--format', 'pdf')).toBe(2);
    expect((await cli(['run', 'no-such-config.yaml'])).code).toBe(2);
    const folder = folderOf({ 'log.json': CALL });
    mkdirSync(join(folder, 'out/report.json'), { recursive: true });
    expect((await cli(['files', join(folder, 'log.json'), '--out', join(folder, 'out')])).code).toBe(2); // prettier-ignore
  });

  it('3: report written, but the evidence is incomplete', async () => {
    const folder = folderOf({ 'log.json': `${CALL}{` });
    const out = join(folder, 'out');
    expect((await cli(['files', join(folder, 'log.json'), '--out', out])).code).toBe(3);
    expect(JSON.parse(readFileSync(join(out, 'report.json'), 'utf8')).totals.calls).toBe(1);
    // Nothing was seen that could tell: this is not "clean".
    expect(await over(log())).toBe(3);
  });

  it.each([['-'], ['out']])('70: a bug of this tool, with --out %s', async (out) => {
    const broken = "import('node:worker_threads').then(() => 0); JSON.stringify = () => { throw new RangeError('broken'); };"; // prettier-ignore
    const path = join(folderOf({ 'break.mjs': broken, 'log.json': CALL }), 'break.mjs');
    const args = ['--import', path, CLI, 'files', path.replace('break.mjs', 'log.json'), '--format', 'json', '--out', out === '-' ? out : path.replace('break.mjs', out)]; // prettier-ignore
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const [code] = await once(child, 'close');
    expect([code, stderr]).toEqual([
      70,
      expect.stringContaining('this is a bug, please report it'),
    ]);
  });

  it('130: interrupted; what was read until then is reported as incomplete', async () => {
    const folder = folderOf({});
    const out = join(folder, 'out');
    const child = spawn(process.execPath, [CLI, 'files', '-', '--out', out, '--format', 'json'], { stdio: ['pipe', 'ignore', 'ignore'] }); // prettier-ignore
    child.stdin.write(`${CALL}\n`);
    // The folder is made when everything else that can fail has been tried; then it waits for more.
    while (!existsSync(out)) await new Promise((resolve) => setImmediate(resolve));
    child.kill('SIGINT');
    const [code] = await once(child, 'close');
    expect(code).toBe(130);
    expect(JSON.parse(readFileSync(join(out, 'report.json'), 'utf8')).coverage.complete).toBe(
      false,
    );
  });
});

describe('the table', () => {
  it.each([
    ['the README', '../README.md'],
    ['the scheduled job', '../docs/scheduled.md'],
  ])('in %s has a row for each code and no other', (_, path) => {
    const text = readFileSync(new URL(path, import.meta.url), 'utf8');
    const table = text.slice(text.search(/^\| (?:exit )?code/m));
    const rows = table.slice(0, table.indexOf('\n\n')).match(/^\| \d+/gm) ?? [];
    expect(rows.map((row) => Number(row.slice(2)))).toEqual(Object.values(EXIT));
  });

  it('is in the help of every command', async () => {
    const { stdout } = await cli(['run', '--help']);
    for (const code of Object.values(EXIT)) expect(stdout).toMatch(new RegExp(`^  ${code} +\\w`, 'm')); // prettier-ignore
  });
});
