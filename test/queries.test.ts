import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../src/errors.js';
import { dataStoreId, hiveIdentifier, hiveText, identifier, insightsTime, joined, partitionList, query, type QueryToken, render, sqlText, sqlTime, sqlTimestamp, wholeNumber } from '../src/queries.js'; // prettier-ignore

const folder = new URL('../queries/', import.meta.url);
const templates = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => `${basename(entry.parentPath)}/${entry.name}`);
const textOf = (name: string): string => readFileSync(new URL(name, folder), 'utf8');

/** Text that tries to leave its place, and any other. */
const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.constantFrom("'", "''", '"', '`', '\\', ';', '--', '/*', '\n', '$&', '$1', '{{from}}', 'a', '\u2028', "' OR 1=1 --")).map((parts) => parts.join('')), // prettier-ignore
);

/** The token for a value, or null when it was refused as a UserError. */
function tokenOf(make: (value: string) => QueryToken, value: string): string | null {
  try {
    return make(value).text;
  } catch (error) {
    expect(error).toBeInstanceOf(UserError);
    return null;
  }
}

describe('a value in a query', () => {
  it('as text of SQL is one literal that means the value', () => {
    fc.assert(
      fc.property(hostile, (value) => {
        const text = tokenOf(sqlText, value);
        if (text === null) return;
        expect(text).toMatch(/^'(?:[^']|'')*'$/);
        expect(text.slice(1, -1).replaceAll("''", "'")).toBe(value);
        expect(text).not.toMatch(/[\n\r\0\u2028\u2029]/);
      }),
    );
  });

  it('as text of Hive needs no escape', () => {
    fc.assert(
      fc.property(hostile, (value) => {
        const text = tokenOf(hiveText, value);
        if (text !== null) expect(text).toMatch(/^'[^'\\\n;`"]*'$/);
      }),
    );
  });

  it('as a name is a name', () => {
    fc.assert(
      fc.property(hostile, (value) => {
        const [plain, hive] = [tokenOf(identifier, value), tokenOf(hiveIdentifier, value)];
        if (plain !== null) expect(plain).toMatch(/^"[\w-]+"$/);
        const list = tokenOf(partitionList, value);
        expect(list).toBe(plain === null ? null : `${plain.slice(0, -1)}$partitions"`);
        if (hive !== null) expect(hive).toMatch(/^`[\w-]+`$/);
        expect(plain === null).toBe(hive === null);
      }),
    );
  });

  it('as a store is a UUID, and as a number a whole number', () => {
    fc.assert(
      fc.property(hostile, fc.double(), (value, number) => {
        const store = tokenOf(dataStoreId, value);
        if (store !== null) expect(store).toMatch(/^[\da-f-]{36}$/i);
        const digits = tokenOf(() => wholeNumber(number), '');
        if (digits !== null) expect(digits).toMatch(/^\d+$/);
      }),
    );
  });

  it('as a time is a time', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000 }), (seconds) => {
        expect(sqlTime(seconds).text).toMatch(/^'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ'$/);
        expect(insightsTime(seconds).text).toMatch(/^"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"$/);
        expect(sqlTimestamp(seconds).text).toMatch(/^TIMESTAMP '\d{4}-\d\d-\d\d \d\d:\d\d:\d\d'$/);
      }),
    );
  });

  it('is put in as it is, whatever it looks like to the code that puts it in', () => {
    fc.assert(
      fc.property(hostile, (value) => {
        const text = tokenOf(sqlText, value);
        if (text === null) return;
        const token = sqlText(value);
        const values = {
          event_data_store: query`x`,
          from: token,
          to: joined([token, token], ', '),
        };
        const rendered = render('lake/callers.sql', values);
        expect(rendered).toContain(`eventtime >= ${text}\n  AND eventtime < ${text}, ${text}\n`);
      }),
    );
  });
});

describe('a template', () => {
  it('gets all of its values, and no others', () => {
    expect(() => render('insights/callers.txt', {})).toThrow('no value for sts_events');
    const more = { sts_events: query`x`, other: query`y` };
    expect(() => render('insights/callers.txt', more)).toThrow('no place for other');
  });

  for (const name of templates) {
    it(`says what it finds, its parameters and its limits: ${name}`, () => {
      const comment = textOf(name).split('\n').filter((line) => /^(?:--|#)/.test(line)).join('\n'); // prettier-ignore
      expect(comment).toMatch(/Parameters\n/);
      expect(comment).toMatch(/Limits: /);
      for (const [, parameter = ''] of textOf(name).matchAll(/\{\{(\w+)\}\}/g)) {
        expect(comment.includes(parameter) || comment.includes('the other names')).toBe(true);
      }
    });

    if (/(?:table|partitions)\.sql$/.test(name)) continue;
    it(`knows the three signals: ${name}`, () => {
      const code = textOf(name).split('\n').filter((line) => !/^(?:--|#)/.test(line)).join('\n'); // prettier-ignore
      expect(code).toMatch(/clientProvidedHostHeader/i);
      expect(code).toContain('endpointType');
      if (!name.endsWith('evidence.txt')) expect(code).toMatch(/sts.*sts-global|sts\(-global/s);
    });
  }
});
