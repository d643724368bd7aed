/**
 * A range of days as a condition on partition columns, in the forms in which tables write days.
 */
import { formatDay } from '../../cloudtrail/event-time.js';
import { UserError } from '../../errors.js';
import { identifier, joined, query, type QueryToken, sqlText, wholeNumber } from '../../queries.js';
import type { Bounded } from '../bounded.js';
import type { Column } from './table.js';

const DAY = 86_400;
/** Where nothing says how days are written: of other forms each condition finds a little more, or nothing. */
const USUAL_FORMATS = ['yyyy/MM/dd', 'yyyy-MM-dd', 'yyyyMMdd'];
/** Only where the larger unit comes first does text sort like time. */
const FORMAT = /^yyyy[^A-Za-z']*MM[^A-Za-z']*dd(?:[^A-Za-z']*HH)?$/;

/** `days` from the start of the first to the start of the last. Throws a UserError. */
export function dayPredicate(
  columns: readonly Column[],
  days: Bounded,
  format: string | undefined,
): QueryToken {
  const [first, month, day] = columns;
  if (first === undefined) throw new RangeError('no column for the day');
  if (month !== undefined && day !== undefined) return partsPredicate([first, month, day], days);
  const column = identifier(first.name);
  if (first.type === 'date') {
    return query`${column} BETWEEN ${dateOf(days.from)} AND ${dateOf(days.to)}`;
  }
  const between = (form: string): QueryToken => {
    const [from, to] = [sqlText(written(days.from, '00', form)), sqlText(written(days.to, '23', form))]; // prettier-ignore
    return query`${column} BETWEEN ${from} AND ${to}`;
  };
  if (format !== undefined) return between(format);
  return query`(${joined(USUAL_FORMATS.map(between), ' OR ')})`;
}

function dateOf(seconds: number): QueryToken {
  return query`DATE ${sqlText(formatDay(seconds))}`;
}

function written(seconds: number, hour: string, format: string): string {
  if (!FORMAT.test(format)) {
    throw new UserError(`days written as ${format} do not sort like time`, {
      hint: 'yyyy/MM/dd, yyyy-MM-dd, yyyyMMdd and the like do; --date-format names the format',
    });
  }
  const [year = '', month = '', day = ''] = formatDay(seconds).split('-');
  return format.replace('yyyy', year).replace('MM', month).replace('dd', day).replace('HH', hour);
}

/** Month by month: whole months need no list of days. */
function partsPredicate(
  [year, month, day]: readonly [Column, Column, Column],
  days: Bounded,
): QueryToken {
  const months = monthsOf(days).map(({ name, listed }) => {
    const [yyyy = '', mm = ''] = name.split('-');
    const conditions = [
      query`${identifier(year.name)} = ${value(year, yyyy)}`,
      isOneOf(month, [mm]),
      ...(listed === null ? [] : [isOneOf(day, listed)]),
    ];
    return query`(${joined(conditions, ' AND ')})`;
  });
  return query`(${joined(months, ' OR ')})`;
}

function monthsOf({ from, to }: Bounded): { name: string; listed: string[] | null }[] {
  const months = new Map<string, string[]>();
  for (let day = from; day <= to; day += DAY) {
    const date = formatDay(day);
    const name = date.slice(0, 7);
    months.set(name, [...(months.get(name) ?? []), date.slice(8)]);
  }
  return [...months].map(([name, days]) => ({
    name,
    listed: days.length === daysIn(name) ? null : days,
  }));
}

function daysIn(month: string): number {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number, 0)).getUTCDate();
}

/** Text partitions are written with a leading zero as a rule, but not always. */
function isOneOf(column: Column, values: readonly string[]): QueryToken {
  const forms = values.flatMap((text) => {
    const short = text.replace(/^0/, '');
    return isNumber(column) || short === text ? [text] : [text, short];
  });
  const list = joined(
    forms.map((form) => value(column, form)),
    ', ',
  );
  return query`${identifier(column.name)} IN (${list})`;
}

function value(column: Column, text: string): QueryToken {
  return isNumber(column) ? wholeNumber(Number(text)) : sqlText(text);
}

function isNumber({ type }: Column): boolean {
  return /^(?:tiny|small|big)?int(?:eger)?$/.test(type);
}
