import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

function template(path: string): string {
  return readFileSync(new URL(`../../../queries/${path}`, import.meta.url), 'utf8');
}

describe('the audit queries of Athena and Lake', () => {
  it('are the same text from step 1b outwards, as they say', () => {
    const outer = (text: string): string =>
      text.slice(text.indexOf('SELECT\n  kinds.*,'), text.indexOf('-- Step 1. '));
    const ending = (text: string): string => text.slice(text.lastIndexOf('FROM {{'));
    const closing = (text: string): string => ending(text).replace(/^[^]*?\n {12}\)/, '');
    const [athena, lake] = [template('athena/audit.sql'), template('lake/audit.sql')];
    expect(outer(athena).length).toBeGreaterThan(5000);
    expect(outer(lake)).toBe(outer(athena));
    expect(closing(lake)).toBe(closing(athena));
  });
});
