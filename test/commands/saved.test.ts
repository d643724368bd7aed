import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FORMATS } from '../../src/writers/index.js';
import { json } from '../../src/writers/json.js';
import { annotatedReport, IGNORED, OWNERS } from '../support/annotated.js';
import { scratch } from '../support/cli.js';
import { folderOf } from '../support/folder.js';
import { runMain } from '../support/in-process.js';
import { GAP, reportOf } from '../support/callers.js';
import { reportOfWeek } from '../support/organisation.js';

async function savedWeeks(): Promise<{ folder: string; first: string; second: string }> {
  const folder = folderOf({
    'first.json': JSON.stringify(await reportOfWeek(0)),
    'second.json': JSON.stringify(await reportOfWeek(1)),
    'owners.json': JSON.stringify(OWNERS),
    'ignore.json': JSON.stringify(IGNORED),
  });
  return { folder, first: join(folder, 'first.json'), second: join(folder, 'second.json') };
}

const read = (...path: string[]): string => readFileSync(join(...path), 'utf8');

describe('render', () => {
  it('writes every format from a saved report, and the same report again', async () => {
    const { folder, first } = await savedWeeks();
    const out = join(folder, 'out');
    const { code, stdout } = await runMain(['render', first, '--out', out, '--format', FORMATS.join(',')]);
    expect(code).toBe(0);
    expect(stdout).toContain('report.junit.xml');
    expect(readdirSync(out).toSorted()).toEqual([
      'report.csv',
      'report.html',
      'report.json',
      'report.junit.xml',
      'report.md',
      'report.sarif',
      'report.txt',
    ]);
    expect(JSON.parse(read(out, 'report.json'))).toEqual(JSON.parse(read(first)));
  }); // prettier-ignore

  it('keeps every byte of a report that was written before, annotations and all', async () => {
    const text = json.render(await annotatedReport());
    const folder = folderOf({ 'report.json': text });
    const { stdout } = await runMain(['render', join(folder, 'report.json'), '--format', 'json']);
    expect(stdout).toBe(text);
  });

  it.each([
    ['not JSON', '{', 'is not JSON'],
    ['something else', '{"findings": []}', 'is not a report of this tool: schemaVersion'],
    ['a newer report', '{"schemaVersion": 2}', 'schemaVersion'],
  ])('refuses %s in one line', async (_, text, message) => {
    const path = join(folderOf({ 'report.json': text }), 'report.json');
    const { code, stdout, stderr } = await runMain(['render', path]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
    expect(stderr.indexOf('\n')).toBe(stderr.length - 1);
  });

  it('refuses a report that calls itself complete and names gaps', async () => {
    const report = await reportOf([], { gaps: [GAP] });
    const broken = { ...report, coverage: { ...report.coverage, complete: true } };
    const path = join(folderOf({ 'report.json': JSON.stringify(broken) }), 'report.json');
    const { code, stderr } = await runMain(['render', path]);
    expect([code, stderr]).toEqual([2, expect.stringContaining('but names gaps')]);
  });

  it('refuses a report that was changed by hand, and says where', async () => {
    const report = await reportOfWeek(0);
    const [finding] = report.findings;
    const broken = { ...report, findings: [{ ...finding, calls: -1 }] };
    const path = join(folderOf({ 'report.json': JSON.stringify(broken) }), 'report.json');
    expect((await runMain(['render', path])).stderr).toContain('findings[0].calls');
  });
});

describe('diff', () => {
  it('says what changed, and its gates count only what is not ignored', async () => {
    const { folder, first, second } = await savedWeeks();
    const { code, stdout } = await runMain(['diff', first, second]);
    expect(code).toBe(0);
    expect(stdout).toContain('Changes since the report of 2026-01-12');
    expect(stdout).toMatch(/^new .*storefront-api/m);
    expect((await runMain(['diff', first, second, '--fail-on', 'new'])).code).toBe(1);
    expect((await runMain(['diff', second, second, '--fail-on', 'new'])).code).toBe(0);
    const ignore = join(folder, 'all.yaml');
    writeFileSync(ignore, 'until: 2099-01-01\nignore:\n  - account: "*"\n    reason: Agreed\n');
    const ignored = await runMain(['diff', first, second, '--fail-on', 'new', '--ignore', ignore]);
    expect(ignored.code).toBe(0);
  });
});

describe('a part', () => {
  it('is compared with the same part only', async () => {
    const { folder, first, second } = await savedWeeks();
    const [parts, other] = ['parts', 'other'].map((name) => join(folder, name)) as [string, string];
    const split = ['--split-by', 'account', '--format', 'json'];
    await runMain(['render', first, '--out', parts, ...split]);
    await runMain(['render', second, '--out', other, ...split]);
    const part = (of: string, account: string): string => join(of, 'by-account', account, 'report.json');
    expect((await runMain(['diff', part(parts, '111122223333'), second])).code).toBe(2);
    expect((await runMain(['diff', first, part(other, '111122223333')])).code).toBe(2);
    const { code, stdout } = await runMain(['diff', part(parts, '111122223333'), part(other, '111122223333')]);
    expect(code).toBe(0);
    expect(stdout).not.toContain('777788889999');
  }); // prettier-ignore
});

describe('merge', () => {
  it('makes one report of two', async () => {
    const { first, second } = await savedWeeks();
    const { code, stdout } = await runMain(['merge', first, second, '--format', 'json']);
    expect(code).toBe(0);
    const { window, totals } = JSON.parse(stdout);
    expect(window).toEqual({ from: '2026-01-05T00:00:00Z', to: '2026-01-19T00:00:00Z' });
    const calls = [first, second].map((path) => JSON.parse(read(path)).totals.calls);
    expect(totals.calls).toBe(calls[0] + calls[1]);
  });
});

describe('settings files', () => {
  it('keep the zeros of account ids that nobody has quoted', async () => {
    const { first } = await savedWeeks();
    const folder = folderOf({ 'owners.yaml': 'owners:\n  - account: 012345678901\n    team: Zero\n' });
    const path = join(folder, 'owners.yaml');
    expect((await runMain(['render', first, '--owners', path])).code).toBe(0);
  }); // prettier-ignore

  it.each([
    ['no YAML', '--ignore', 'a: [', 'is not YAML'],
    ['a misspelt key', '--ignore', 'ignored: []', 'Unrecognized key'],
    ['an entry without a reason', '--ignore', 'until: 2026-12-31\nignore: [{account: "*"}]', 'ignore[0].reason'],
    ['an entry without an end', '--ignore', 'ignore: [{account: "*", reason: x}]', 'has no last day'],
    ['an owner without a team', '--owners', 'owners: [{account: "*"}]', 'owners[0].team'],
  ])('with %s stop the run before anything is read', async (_, flag, text, message) => {
    const path = join(folderOf({ 'settings.yaml': text }), 'settings.yaml');
    const { code, stderr } = await runMain(['files', 'no/such/logs', flag, path]);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  }); // prettier-ignore
});

describe('--split-by', () => {
  it('writes one set of files for each part, and an index', async () => {
    const { folder, second, first } = await savedWeeks();
    const out = join(folder, 'out');
    const owners = join(folder, 'owners.json');
    const ignore = join(folder, 'ignore.json');
    const args = ['--baseline', first, '--owners', owners, '--ignore', ignore, '--split-by', 'owner', '--format', 'markdown,csv,json'];
    expect((await runMain(['render', second, '--out', out, ...args])).code).toBe(0);
    const index = JSON.parse(read(out, 'by-owner/index.json'));
    expect(index.parts.map(({ name }: { name: string }) => name)).toEqual([
      'Payments',
      'Platform',
      'Shop',
      'no owner',
    ]);
    for (const { files } of index.parts) {
      for (const file of files) expect(existsSync(join(out, 'by-owner', file))).toBe(true);
    }
    const [payments] = index.parts;
    expect(payments).toMatchObject({ contact: '#payments', ticketProject: 'PAY', findings: 1 });
    const ticket = read(out, 'by-owner', payments.files[0]);
    expect(ticket).toContain('payments-deployer');
    expect(ticket).not.toContain('terraform');
    const people = read(out, 'by-owner/index.md');
    expect(people).toContain('| owner | contact | ticket project | findings | ignored | calls | callers since the baseline | files |');
    expect(people).toContain('| `Payments` | `#payments` | `PAY` | 1 | 0 | 112 | 1 changed |');
    expect(people).toContain('| `Platform` | `platform@example.com` |  | 3 | 1 | 413 | 1 changed, 2 as before (1 ignored) |');
  }); // prettier-ignore

  it('removes what an earlier run wrote for a part that is no more, and nothing else', async () => {
    const { folder, first } = await savedWeeks();
    const out = join(folder, 'out');
    const split = ['--split-by', 'account', '--format', 'csv'];
    await runMain(['render', first, '--out', out, ...split]);
    writeFileSync(join(out, 'by-account/777788889999/note.txt'), 'mine');
    const report = JSON.parse(read(first));
    const left = report.findings.filter(({ accountId }: { accountId: string }) => accountId.startsWith('1'));
    const path = join(folder, 'less.json');
    writeFileSync(path, JSON.stringify({ ...report, findings: left }));
    await runMain(['render', path, '--out', out, ...split]);
    expect(readdirSync(join(out, 'by-account')).toSorted()).toEqual([
      '111122223333',
      '777788889999',
      'index.json',
      'index.md',
    ]);
    expect(readdirSync(join(out, 'by-account/777788889999'))).toEqual(['note.txt']);
  }); // prettier-ignore

  it('lets no name leave its folder or take the place of another', async () => {
    const names = ['../../up', '..', '/etc/passwd', 'Team A', 'team a', 'team-a', '\u0000', 'é', ''];
    const report = await reportOfWeek(0);
    const findings = report.findings.map((finding, index) =>
      Object.assign({}, finding, { owner: { team: names[index] ?? '' } }),
    );
    const path = join(folderOf({ 'r.json': JSON.stringify({ ...report, findings }) }), 'r.json');
    const out = join(scratch(), 'deep', 'out');
    expect((await runMain(['render', path, '--out', out, '--split-by', 'owner', '--format', 'csv'])).code).toBe(0);
    const folders = readdirSync(join(out, 'by-owner')).filter((name) => !name.startsWith('index'));
    expect(folders).toHaveLength(new Set(names.slice(0, findings.length)).size);
    for (const name of folders) expect(name).toMatch(/^[a-z0-9-]+$/);
    expect(readdirSync(join(out, '..'))).toEqual(['out']);
  }); // prettier-ignore
});
