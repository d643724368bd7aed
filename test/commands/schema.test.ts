import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runMain } from '../support/in-process.js';

const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));

async function schemaOf(name: string): Promise<{ properties: object; required: readonly string[] }> {
  const { code, stdout } = await runMain(['schema', name]);
  expect(code).toBe(0);
  return JSON.parse(stdout);
} // prettier-ignore

describe('the published schemas', () => {
  it.each(['report', 'ignore', 'owners', 'config'])('%s is in the package and is built', async (name) => {
    expect(await schemaOf(name)).toMatchObject({ type: 'object' });
    expect(manifest.exports[`./${name}.schema.json`]).toBe(`./dist/${name}.schema.json`);
    expect(manifest.scripts.build).toContain(`schema ${name} > dist/${name}.schema.json`);
  }); // prettier-ignore

  it('let people leave out what has a default', async () => {
    expect((await schemaOf('config')).required.toSorted()).toEqual(['output', 'sources']);
  });

  it('say which keys a source needs', async () => {
    const text = JSON.stringify(await schemaOf('config'));
    expect(text).toMatch(/"const":"athena"/);
    expect(text).toMatch(/"required":\["table","source"\]/);
    expect(text).toMatch(/"required":\["logGroup","source"\]/);
  });

  it('names those that there are when asked for another', async () => {
    const { code, stderr } = await runMain(['schema', 'windows']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('report, ignore, owners, config')]);
  });
});
