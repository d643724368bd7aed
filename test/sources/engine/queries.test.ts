import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { lake } from '../../../src/sources/lake/index.js';

function template(path: string): string {
  return readFileSync(new URL(`../../../queries/${path}`, import.meta.url), 'utf8');
}

describe('the audit queries of Athena and Lake', () => {
  it('are the same text from step 1b outwards, as they say', () => {
    const outer = (text: string): string =>
      text.slice(text.indexOf('SELECT\n  kinds.*,'), text.indexOf('-- Step 1. '));
    const ending = (text: string): string => text.slice(text.lastIndexOf('FROM {{'));
    const closing = (text: string): string => ending(text).replace(/^[^]*?\n {12}\)/, '');
    const [ofAthena, ofLake] = [template('athena/audit.sql'), template('lake/audit.sql')];
    expect(outer(ofAthena).length).toBeGreaterThan(5000);
    expect(outer(ofLake)).toBe(outer(ofAthena));
    expect(closing(ofLake)).toBe(closing(ofAthena));
  });
});

it('the query of Lake is short enough for it, with all that an engine reads', () => {
  const store = '11111111-2222-4333-8444-555555555555';
  const text = lake({ eventDataStore: store }).explain?.({ from: 0, to: 86_400 }) ?? '';
  const query = text.slice(text.indexOf('SELECT'));
  expect(query.length).toBeLessThanOrEqual(10_000);
  const words = (sql: string): string => sql.split(/\s+/).join(' ').trim();
  const wanted = template('lake/audit.sql')
    .replaceAll(/^\s*--.*$/gm, '')
    .replaceAll('{{event_data_store}}', store)
    .replaceAll('{{from}}', "TIMESTAMP '1970-01-01 00:00:00'")
    .replaceAll('{{to}}', "TIMESTAMP '1970-01-02 00:00:00'");
  expect(words(query)).toBe(words(wanted));
});
