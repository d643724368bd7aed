/**
 * What the documents for readers and schedulers say is what the program does.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../src/command-table.js';
import { readIgnoreList, readOwnersMap } from '../src/inputs.js';
import { readConfig } from '../src/job/config.js';
import { configSchema } from '../src/job/config-schema.js';
import { SOURCES } from '../src/job/source-schema.js';
import { FORMATS, writer } from '../src/writers/index.js';
import { MOST_ROWS } from '../src/writers/html/limits.js';
import { MOST_CHARACTERS } from '../src/writers/markdown/index.js';
import { STATUSES } from '../src/writers/changes.js';
import { scratch } from './support/cli.js';

const doc = (name: string): string =>
  readFileSync(new URL(`../docs/${name}.md`, import.meta.url), 'utf8');
const reports = doc('reports');
const scheduled = doc('scheduled');

function blocks(text: string, language: string): string[] {
  return [...text.matchAll(new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``, 'g'))].map(
    ([, block = '']) => block,
  );
}

/** The first cells of the rows of the table below a heading. */
function firstCells(text: string, heading: string): string[] {
  const section = text.slice(text.indexOf(heading));
  const [table = ''] = /(?:^\|.*\n)+/m.exec(section) ?? [];
  return table.trim().split('\n').slice(2).map((row) => row.split('|')[1]?.trim() ?? ''); // prettier-ignore
}

function savedAs(name: string, text: string): string {
  const path = join(scratch(), name);
  writeFileSync(path, text);
  return path;
}

describe('the documents', () => {
  it.each([
    ['reports', reports],
    ['scheduled', scheduled],
  ])('name only commands and flags that there are: %s', (_, text) => {
    const lines = blocks(text, 'sh').join('').split('\n').filter(Boolean);
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) {
      const [, name] = /^legacy-endpoint-audit (\w+)/.exec(line) ?? [];
      const command = COMMANDS.find((one) => one.name === name);
      const flags = command?.flags.map((flag) => flag.name);
      for (const [, flag] of line.matchAll(/--([a-z-]+)/g)) expect(flags).toContain(flag);
    }
  });

  it('show files that are valid', async () => {
    const [owners = '', ignore = ''] = blocks(reports, 'yaml');
    expect(await readOwnersMap(savedAs('owners.yaml', owners))).toHaveLength(4);
    expect(await readIgnoreList(savedAs('ignore.yaml', ignore))).toHaveLength(2);
    const [config = ''] = blocks(scheduled, 'yaml');
    expect((await readConfig(savedAs('job.yaml', config))).failOn).toBe('new');
  });

  it('have every format, with the name of its file', async () => {
    expect(firstCells(reports, '## Formats')).toEqual(expect.arrayContaining([...FORMATS].map((name) => `\`${name}\``))); // prettier-ignore
    for (const format of FORMATS) {
      const { extension } = await writer(format);
      expect(reports).toMatch(new RegExp(`^\\| \`${format}\` +\\| \`report\\.${extension}\``, 'm'));
    }
  });

  it('have every key of the config and every source', () => {
    const keys = firstCells(scheduled, '## The config').join();
    for (const key of Object.keys(configSchema.shape)) if (key !== '$schema') expect(keys).toContain(key); // prettier-ignore
    for (const key of Object.keys(configSchema.shape.window.unwrap().shape)) expect(keys).toContain(key); // prettier-ignore
    for (const key of Object.keys(configSchema.shape.output.shape)) expect(keys).toContain(key);
    for (const source of SOURCES) expect(scheduled).toContain(`\`${source}\``);
  });

  it('have every status of a comparison', () => {
    expect(firstCells(reports, '## What changed').toSorted()).toEqual([...STATUSES].toSorted());
  });

  it('give the limits that there are', () => {
    expect(reports).toContain(`${MOST_ROWS} rows`);
    expect(reports).toContain(`${MOST_CHARACTERS.toLocaleString('en-US')} characters`);
  });
});
