/**
 * The page about sources says what the program does: its policies, commands and flags are checked.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { GAP_CODES } from '../../src/gap-codes.js';
import { COMMANDS } from '../../src/command-table.js';
import { athenaPolicy, bucketPolicy, doctorPolicy, insightsPolicy, lakePolicy, lookupPolicy } from '../../src/iam.js'; // prettier-ignore

const page = readFileSync(new URL('../../docs/sources.md', import.meta.url), 'utf8');

function blocks(language: string): string[] {
  return [...page.matchAll(new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``, 'g'))].map(
    ([, text = '']) => text,
  );
}

describe('docs/sources.md', () => {
  it('has the policies that query prints, in order', () => {
    expect(blocks('json').map((text): unknown => JSON.parse(text))).toEqual([
      bucketPolicy({ bucket: 'amzn-s3-demo-bucket', key: 'AWSLogs' }),
      insightsPolicy(['org-trail']),
      athenaPolicy({
        catalog: 'AwsDataCatalog',
        database: 'audit',
        table: 'cloudtrail',
        workgroup: 'primary',
      }),
      lookupPolicy(),
      lakePolicy('11111111-2222-3333-4444-555555555555'),
      doctorPolicy(),
    ]);
  });

  it('names commands and flags that exist', () => {
    const commands = blocks('sh').join('\n').replaceAll('\\\n', ' ').trim().split('\n');
    for (const line of commands.filter((text) => text !== '')) {
      const [, name = ''] = /^legacy-endpoint-audit (\w+) /.exec(line) ?? [];
      const known = COMMANDS.find((command) => command.name === name)?.flags ?? [];
      for (const [, flag] of line.matchAll(/ --([a-z-]+)/g)) {
        expect([line, known.some((one) => one.name === flag)]).toEqual([line, true]);
      }
    }
    const flags = COMMANDS.flatMap((command) => command.flags.map((flag) => flag.name));
    for (const [, flag] of page.matchAll(/`--([a-z-]+)/g)) expect(flags).toContain(flag);
  });

  it('names every code of a gap, and none that is not', () => {
    const [, table = ''] = /<!-- gaps -->([^]*)<!-- \/gaps -->/.exec(page) ?? [];
    const named = [...table.matchAll(/^\|([^|]*)\|/gm)].flatMap(([, cell = '']) =>
      [...cell.matchAll(/`([a-z-]+)`/g)].map(([, code = '']) => code),
    );
    expect(named.toSorted()).toEqual([...GAP_CODES].toSorted());
  });

  it('links to its own sections', () => {
    const anchors = [...page.matchAll(/^#+ (.*)$/gm)].map(([, title = '']) => title.toLowerCase().replace(/[^\w -]/g, '').replaceAll(' ', '-')); // prettier-ignore
    for (const [, anchor] of page.matchAll(/\]\(#([^)]*)\)/g)) expect(anchors).toContain(anchor);
  });
});
