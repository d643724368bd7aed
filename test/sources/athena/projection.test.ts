import { describe, expect, it } from 'vitest';
import { partitioningOf } from '../../../src/sources/athena/partitions.js';
import { checkValues, daysOutside } from '../../../src/sources/athena/projection.js';
import type { Table } from '../../../src/sources/athena/table.js';

const seconds = (text: string): number => Date.parse(text) / 1000;
const JULY = { from: seconds('2026-07-01T06:00:00Z'), to: seconds('2026-07-05T06:00:00Z') };
const NOW = seconds('2026-07-10T12:00:00Z');

function table(properties: Readonly<Record<string, string>>, date = ['timestamp']): Table {
  return {
    name: { catalog: 'AwsDataCatalog', database: 'audit', table: 'cloudtrail' },
    columns: new Set(),
    partitions: ['account', 'region', ...date].map((name) => ({ name, type: 'string' })),
    properties: { 'projection.enabled': 'TRUE', 'projection.timestamp.format': 'yyyy/MM/dd', ...properties }, // prettier-ignore
  };
}

const outside = (of: Table): string => daysOutside(of, partitioningOf(of, {}), JULY, NOW).join(' ');

describe('days that a table does not project', () => {
  const ranges: readonly [string, RegExp | null][] = [
    ['2024/01/01,NOW', null],
    ['2026/07/01,2026/07/05', null],
    ['2026/07/02,NOW', /before 2026-07-02/],
    ['2026/07/01,2026/07/04', /after 2026-07-04/],
    ['NOW-9DAYS,NOW', null],
    ['NOW-8DAYS, NOW+1DAYS', /before 2026-07-02/],
    ['NOW-1MONTHS,NOW', null],
    ['NOW-1YEARS,NOW-1WEEKS', /after 2026-07-03/],
    ['NOW-48HOURS,NOW', /before 2026-07-08/],
    ['some,NOW', /could not be read/],
    ['2024/01/01', /could not be read/],
  ];
  for (const [range, message] of ranges) {
    it(`of the range ${range}: ${message === null ? 'none' : 'said'}`, () => {
      const said = outside(table({ 'projection.timestamp.range': range }));
      if (message === null) expect(said).toBe('');
      else expect(said).toMatch(message);
    });
  }

  it('of a range of years', () => {
    const parts = ['year', 'month', 'day'];
    expect(outside(table({ 'projection.year.range': '2024,2030' }, parts))).toBe('');
    expect(outside(table({ 'projection.year.range': '2024,2025' }, parts))).toMatch(/after 2025-12-31/); // prettier-ignore
  });

  it('are those of a table that projects at all', () => {
    expect(outside(table({ 'projection.enabled': 'false', 'projection.timestamp.range': '2030/01/01,NOW' }))).toBe(''); // prettier-ignore
  });
});

describe('values that a table does not project', () => {
  it('are a mistake where they are needed', () => {
    const check = (properties: Readonly<Record<string, string>>, accounts: readonly string[] = []): void => {
      const of = table(properties);
      checkValues(of, partitioningOf(of, {}), accounts);
    }; // prettier-ignore
    expect(() => check({ 'projection.region.values': 'eu-west-1, us-west-2' })).toThrow('projects no partition of us-east-1 (column region)'); // prettier-ignore
    expect(() => check({ 'projection.account.values': '111111111111' }, ['111111111111', '222222222222'])).toThrow('projects no partition of 222222222222'); // prettier-ignore
    check({ 'projection.region.values': 'us-east-1', 'projection.account.values': '111111111111' }, ['111111111111']); // prettier-ignore
  });
});
