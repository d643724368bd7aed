/**
 * All files of a run are put in place, or none of them.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { json } from '../src/writers/json.js';
import { annotatedReport, OWNERS } from './support/annotated.js';
import { folderOf } from './support/folder.js';
import { runMain } from './support/in-process.js';
import { manyFindings } from './support/many.js';

const FORMATS = 'json,csv,markdown,html,junit,sarif,text';

async function saved(): Promise<string> {
  return folderOf({
    'saved.json': json.render(await annotatedReport()),
    'owners.json': JSON.stringify(OWNERS),
  });
}

async function render(folder: string, ...flags: readonly string[]) {
  const out = join(folder, 'out');
  return runMain(['render', join(folder, 'saved.json'), '--out', out, '--format', FORMATS, ...flags]);
} // prettier-ignore

/** Every file under a folder, with its text. */
function contentOf(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)); // prettier-ignore
  return Object.fromEntries(files.toSorted().map((path) => [path, readFileSync(path, 'utf8')]));
}

describe('the files of a run', () => {
  it('stay as they were when one of them cannot be put in place', async () => {
    const folder = await saved();
    const out = join(folder, 'out');
    await render(folder, '--split-by', 'account');
    // A folder stands where the text report is to go, which is the last of the whole report.
    rmSync(join(out, 'report.txt'));
    mkdirSync(join(out, 'report.txt'));
    rmSync(join(out, 'report.csv'));
    const before = contentOf(out);
    const owners = join(folder, 'owners.json');
    const { code, stderr } = await render(folder, '--split-by', 'account', '--owners', owners);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^legacy-endpoint-audit: cannot write to .*\n$/);
    expect(contentOf(out)).toEqual(before);
    expect(readdirSync(out).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('do not appear at all when they cannot be put in place at first', async () => {
    const folder = await saved();
    mkdirSync(join(folder, 'out/report.txt'), { recursive: true });
    expect((await render(folder)).code).toBe(2);
    expect(readdirSync(join(folder, 'out'))).toEqual(['report.txt']);
  });

  it('are told from those of another report beside them', async () => {
    const folder = await saved();
    const out = join(folder, 'out');
    const again = async (format: string, ...flags: readonly string[]) =>
      (await runMain(['render', join(folder, 'saved.json'), '--out', out, '--quiet', '--format', format, ...flags])).stderr;
    expect(await again(FORMATS, '--split-by', 'account')).toBe('');
    // What was rendered from the report that lies beside is of that report.
    expect(await again('html')).toBe('');
    const later = { ...(await annotatedReport()), generatedAt: '2026-03-01T00:00:00Z' };
    writeFileSync(join(folder, 'saved.json'), json.render(later));
    const names = 'report.txt, report.html, report.junit.xml, report.sarif, by-account';
    expect(await again('json,csv,markdown')).toBe(
      `legacy-endpoint-audit: not written now, and perhaps of another report: ${names} in ${out}\n`,
    );
    expect(existsSync(join(out, 'report.html'))).toBe(true);
  }); // prettier-ignore

  it('bring the CSV that the page of a large part links to', async () => {
    const folder = folderOf({ 'saved.json': json.render(await manyFindings(1200)) });
    const out = join(folder, 'out');
    const args = ['--format', 'html', '--split-by', 'owner', '--quiet'];
    expect((await runMain(['render', join(folder, 'saved.json'), '--out', out, ...args])).code).toBe(0);
    const part = readdirSync(join(out, 'by-owner')).find((name) => name.startsWith('no-owner'));
    expect(existsSync(join(out, 'by-owner', part ?? '', 'report.csv'))).toBe(true);
    expect(readFileSync(join(out, 'by-owner/index.json'), 'utf8')).toContain('report.csv');
  }); // prettier-ignore
});
