import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PartitionNames } from '../../../src/sources/athena/athena-options.js';
import { partitioningOf, pruning } from '../../../src/sources/athena/partitions.js';
import type { Table } from '../../../src/sources/athena/table.js';
import { formatDay } from '../../../src/cloudtrail/event-time.js';

const DAY = 86_400;
const seconds = (text: string): number => Date.parse(text) / 1000;
const JULY = { from: seconds('2026-07-01T00:00:00Z'), to: seconds('2026-07-05T00:00:00Z') };

function table(partitions: Readonly<Record<string, string>>, properties = {}): Table {
  return {
    name: { catalog: 'AwsDataCatalog', database: 'audit', table: 'cloudtrail' },
    columns: new Set(),
    partitions: Object.entries(partitions).map(([name, type]) => ({ name, type })),
    properties,
  };
}

function predicate(
  of: Table,
  { window = JULY, accounts = [], names = {} }: { window?: typeof JULY; accounts?: string[]; names?: PartitionNames } = {}, // prettier-ignore
): string {
  const chosen = { window, accounts, dateFormat: names.dateFormat };
  return pruning(partitioningOf(of, names), of, chosen).text;
}

describe('partition columns are recognised', () => {
  const cases: readonly [string, Table, string][] = [
    ['as AWS adds them by hand', table({ region: 'string', year: 'string', month: 'string', day: 'string' }), `"region" = 'us-east-1' AND (("year" = '2026' AND "month" IN ('06', '6') AND "day" IN ('30')) OR ("year" = '2026' AND "month" IN ('07', '7') AND "day" IN ('01', '1', '02', '2', '03', '3', '04', '4', '05', '5')))`],
    ['as numbers', table({ region: 'string', year: 'int', month: 'int', day: 'int' }), `"region" = 'us-east-1' AND (("year" = 2026 AND "month" IN (6) AND "day" IN (30)) OR ("year" = 2026 AND "month" IN (7) AND "day" IN (1, 2, 3, 4, 5)))`],
    ['as AWS projects them', table({ timestamp: 'string' }, { 'projection.timestamp.format': 'yyyy/MM/dd' }), `"timestamp" BETWEEN '2026/06/30' AND '2026/07/05'`],
    ['as query athena --ddl makes them', table({ account: 'string', region: 'string', timestamp: 'string' }, { 'projection.timestamp.format': 'yyyy/MM/dd' }), `"region" = 'us-east-1' AND "timestamp" BETWEEN '2026/06/30' AND '2026/07/05'`],
    ['with another projected format', table({ region: 'string', dt: 'string' }, { 'projection.dt.format': 'yyyy-MM-dd' }), `"region" = 'us-east-1' AND "dt" BETWEEN '2026-06-30' AND '2026-07-05'`],
    ['by the hour', table({ dt: 'string' }, { 'projection.dt.format': 'yyyy/MM/dd/HH' }), `"dt" BETWEEN '2026/06/30/00' AND '2026/07/05/23'`],
    ['as dates', table({ awsregion: 'string', event_date: 'date' }), `"awsregion" = 'us-east-1' AND "event_date" BETWEEN DATE '2026-06-30' AND DATE '2026-07-05'`],
    ['where nothing says how days are written', table({ dt: 'string' }), `("dt" BETWEEN '2026/06/30' AND '2026/07/05' OR "dt" BETWEEN '2026-06-30' AND '2026-07-05' OR "dt" BETWEEN '20260630' AND '20260705')`],
    ['or there are none', table({}), 'true'],
  ]; // prettier-ignore
  for (const [name, of, expected] of cases) {
    it(`${name}: pruned`, () => expect(predicate(of)).toBe(expected));
  }

  it('by the names that are given', () => {
    const of = table({ acct: 'string', where: 'string', d: 'string' });
    const names = { account: 'acct', region: 'where', date: ['d'], dateFormat: 'yyyyMMdd' };
    expect(predicate(of, { names, accounts: ['111111111111', '222222222222'] })).toBe(
      `"where" = 'us-east-1' AND "acct" IN ('111111111111', '222222222222') AND "d" BETWEEN '20260630' AND '20260705'`,
    );
  });

  it('and a wrong name is answered with the right ones', () => {
    const wrong = () => predicate(table({ account: 'string', day: 'string' }), { names: { region: 'reg' } }); // prettier-ignore
    expect(wrong).toThrow(expect.objectContaining({ message: 'the table has no partition column reg', hint: 'it has: account, day' })); // prettier-ignore
  });

  it('days that do not sort like time are refused', () => {
    const wrong = () => predicate(table({ dt: 'string' }), { names: { dateFormat: 'dd.MM.yyyy' } });
    expect(wrong).toThrow(/do not sort like time/);
  });
});

describe('what is read', () => {
  it('is not pruned by Region where trails of other Regions held such calls', () => {
    const window = { from: seconds('2021-10-01'), to: seconds('2021-10-02') };
    const of = table({ region: 'string', timestamp: 'string' });
    expect(predicate(of, { window })).not.toContain('us-east-1');
  });

  const window = fc
    .tuple(
      fc.integer({ min: seconds('2022-02-01'), max: seconds('2030-01-01') }),
      fc.integer({ min: 1, max: 500 * DAY }),
    ) // prettier-ignore
    .map(([from, length]) => ({ from, to: from + length }));
  const wanted = ({ from, to }: { from: number; to: number }): string[] => {
    const first = from - (from % DAY) - DAY;
    const last = to - 1 - ((to - 1) % DAY) + DAY;
    return Array.from({ length: (last - first) / DAY + 1 }, (_, at) => formatDay(first + at * DAY));
  };
  const around = ({ from, to }: { from: number; to: number }): string[] =>
    wanted({ from: from - 40 * DAY, to: to + 40 * DAY });

  it('are the days of the window and one on either side, in each form of days', () => {
    fc.assert(
      fc.property(window, fc.constantFrom('string', 'int'), (asked, type) => {
        const text = predicate(table({ year: type, month: type, day: type }), { window: asked });
        const chosen = around(asked).filter((day) => matchesParts(text, day));
        expect(chosen).toEqual(wanted(asked));
      }),
    );
    fc.assert(
      fc.property(window, fc.constantFrom('yyyy/MM/dd', 'yyyy-MM-dd', 'yyyyMMdd'), (asked, form) => {
        const text = predicate(table({ dt: 'string' }), { window: asked, names: { dateFormat: form } });
        const [, first = '', last = ''] = /BETWEEN '(.*)' AND '(.*)'/.exec(text) ?? [];
        const written = (day: string) => form.replace('yyyy', day.slice(0, 4)).replace('MM', day.slice(5, 7)).replace('dd', day.slice(8));
        expect(around(asked).filter((day) => written(day) >= first && written(day) <= last)).toEqual(wanted(asked));
      }),
    ); // prettier-ignore
  });
});

/** Evaluates `("year" = .. AND "month" IN (..) [AND "day" IN (..)]) OR ..` for a day. */
function matchesParts(text: string, day: string): boolean {
  const [year = '', month = '', date = ''] = day.split('-');
  return text.split(' OR ').some((part) => {
    const values = (column: string): number[] | null => {
      const [, list] = new RegExp(`"${column}" (?:= |IN \\()([^)]*?)(?:\\)| AND)`).exec(part) ?? [];
      return list?.split(',').map((value) => Number(value.replace(/\D/g, ''))) ?? null;
    };
    const isIn = (column: string, value: string): boolean =>
      values(column)?.includes(Number(value)) ?? true;
    return isIn('year', year) && isIn('month', month) && isIn('day', date);
  });
}
