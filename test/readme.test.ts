import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../src/command-table.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

function blocks(language: string): string[] {
  return [...readme.matchAll(new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``, 'g'))].map(
    (match) => match[1] ?? '',
  );
}

describe('the README', () => {
  it('shows a library example that runs as it stands', () => {
    const [example = ''] = blocks('js');
    const file = `${root}/readme-example.mjs`;
    writeFileSync(file, example);
    try {
      const output = execFileSync(process.execPath, [file], { cwd: root, encoding: 'utf8' });
      expect(output).toContain('8 arn:aws:iam::444455556666:role/app/orders-lambda');
    } finally {
      rmSync(file);
    }
  });

  it('names only commands and flags that exist', () => {
    const flags = new Set(COMMANDS.flatMap((command) => command.flags.map(({ name }) => name)));
    const lines = blocks('sh')
      .join('\n')
      .split('\n')
      .filter((line) => /legacy-endpoint-audit \w/.test(line));
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) {
      const [, name = ''] = /legacy-endpoint-audit (\w[\w-]*)/.exec(line) ?? [];
      expect(COMMANDS.map((command) => command.name)).toContain(name);
      for (const [, flag] of line.matchAll(/--([a-z-]+)/g))
        expect([...flags, 'help', 'version']).toContain(flag);
    }
  });

  it('lists every dependency with its reason', () => {
    const { dependencies } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8')) as {
      dependencies: Record<string, string>;
    };
    for (const name of Object.keys(dependencies))
      expect(readme).toMatch(new RegExp(`\\| \`${name}\` +\\|`));
  });
});
