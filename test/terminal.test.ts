/**
 * What people see on a terminal: a real one, which `script` opens.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { json } from '../src/writers/json.js';
import { widthOf } from '../src/writers/text/width.js';
import { annotatedReport } from './support/annotated.js';
import { CLI } from './support/cli.js';
import { folderOf } from './support/folder.js';

const hasScript = spawnSync('script', ['--version']).status === 0;
if (!hasScript) process.stderr.write('skipped: no `script` (util-linux) to open a terminal\n');

const COLOUR = /\u001b\[\d{1,2}m/;
const COLOURS = new RegExp(COLOUR.source, 'g');

describe.skipIf(!hasScript)('on a terminal', () => {
  /** What the terminal gets from `render`, at the given width. */
  async function shown(columns: number, env: Record<string, string> = {}): Promise<string> {
    const folder = folderOf({ 'report.json': json.render(await annotatedReport()) });
    const command = `stty cols ${columns} && '${process.execPath}' '${CLI}' render '${join(folder, 'report.json')}'`;
    const { stdout } = spawnSync('script', ['--quiet', '--return', '--command', command, '/dev/null'], { encoding: 'utf8', env: { ...process.env, NO_COLOR: '', ...env } });
    return stdout.replaceAll('\r\n', '\n');
  } // prettier-ignore

  it.each([60, 80, 100, 132, 200])('the table fits in %i columns', async (columns) => {
    const text = (await shown(columns)).replace(COLOURS, '');
    const start = text.split('\n').findIndex((line) => /^ *calls\b/.test(line));
    const table = text.split('\n').slice(start, start + 7);
    expect(table.at(-1)).not.toBe('');
    for (const line of table) expect(widthOf(line)).toBeLessThanOrEqual(columns);
  });

  it('there are colours, and NO_COLOR takes them away and nothing else', async () => {
    const coloured = await shown(100);
    expect(coloured).toMatch(COLOUR);
    const plain = await shown(100, { NO_COLOR: '1' });
    expect(plain).not.toContain('\u001b');
    expect(coloured.replace(COLOURS, '')).toBe(plain);
  });

  it('and in a pipe there are none', async () => {
    const folder = folderOf({ 'report.json': json.render(await annotatedReport()) });
    const { stdout } = spawnSync(process.execPath, [CLI, 'render', join(folder, 'report.json')], { encoding: 'utf8' }); // prettier-ignore
    expect(stdout).toContain('principals still call');
    expect(stdout).not.toContain('\u001b');
  });
});
