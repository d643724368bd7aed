/**
 * What partition projection leaves out: partitions outside of its ranges and lists are none for
 * Athena, and a query that asks for them finds nothing and says nothing.
 * https://docs.aws.amazon.com/athena/latest/ug/partition-projection-supported-types.html
 */
import { formatDay } from '../../cloudtrail/event-time.js';
import { UserError } from '../../errors.js';
import type { Bounded } from '../bounded.js';
import { neededDays } from './needed-days.js';
import type { Partitioning } from './partitions.js';
import type { Column, Table } from './table.js';

const DAY = 86_400;

/** Throws a UserError when the table has no partition of us-east-1, or of an account asked for. */
export function checkValues(
  table: Table,
  { region, account }: Partitioning,
  accounts: readonly string[],
): void {
  const wanted: readonly (readonly [Column | null, readonly string[]])[] = [[region, ['us-east-1']], [account, accounts]]; // prettier-ignore
  for (const [column, names] of wanted) {
    const values = listOf(table, column);
    const missing = names.find((name) => values !== null && !values.includes(name));
    if (column === null || missing === undefined) continue;
    throw new UserError(`the table projects no partition of ${missing} (column ${column.name})`, {
      hint: `add it to projection.${column.name}.values, or make a table with query athena --ddl`,
    });
  }
}

/** What is not seen of a window, in sentences. `now` in seconds. */
export function daysOutside(
  table: Table,
  { date }: Partitioning,
  window: Bounded,
  now: number,
): string[] {
  const [column] = date;
  const range = column === undefined ? undefined : table.properties[`projection.${column.name}.range`]; // prettier-ignore
  if (column === undefined || range === undefined || !isProjected(table)) return [];
  const [first, last] = range.split(',').map((bound) => dayOf(bound.trim(), table, column, now));
  const { from, to } = neededDays(window, now);
  return [
    ...(first !== undefined && first !== null && first.from > from ? [`The table projects no partition before ${formatDay(first.from)}: nothing before that day was read.`] : []), // prettier-ignore
    ...(last !== undefined && last !== null && last.to < to ? [`The table projects no partition after ${formatDay(last.to - 1)}: nothing after that day was read.`] : []), // prettier-ignore
    ...(first === null || last === null || last === undefined ? [`The range of the projected column ${column.name} could not be read (${range}): whether it has all days of the window is not known.`] : []), // prettier-ignore
  ];
}

function listOf(table: Table, column: Column | null): readonly string[] | null {
  const values = column === null ? undefined : table.properties[`projection.${column.name}.values`];
  if (values === undefined || !isProjected(table)) return null;
  return values.split(',').map((value) => value.trim());
}

export function isProjected({ properties }: Table): boolean {
  return properties['projection.enabled']?.toLowerCase() === 'true';
}

const UNITS: Readonly<Record<string, number>> = { week: 7 * DAY, day: DAY, hour: 3600, minute: 60, second: 1 }; // prettier-ignore
const MONTHS: Readonly<Record<string, number>> = { year: 12, month: 1 };
const NOW = /^NOW(?:\s*(?<by>[+-]\s*\d+)\s*(?<unit>[A-Z]+?)S?)?$/i;

/** The time that a bound of a range covers; null when it is in no form that is known. */
function dayOf(bound: string, table: Table, column: Column, now: number): Bounded | null {
  const ofNow = NOW.exec(bound)?.groups;
  if (NOW.test(bound)) return dayAt(moved(now, Number(ofNow?.['by']?.replace(/\s/g, '') ?? 0), ofNow?.['unit'])); // prettier-ignore
  if (/^\d{4}$/.test(bound)) return { from: at(bound), to: at(String(Number(bound) + 1)) };
  const format = table.properties[`projection.${column.name}.format`] ?? '';
  const read = (part: string): string => bound.slice(format.indexOf(part), format.indexOf(part) + part.length); // prettier-ignore
  const day = at(`${read('yyyy')}-${read('MM')}-${read('dd')}`);
  return Number.isNaN(day) ? null : dayAt(day);
}

function moved(now: number, by: number, unit = 'day'): number {
  const months = MONTHS[unit.toLowerCase()];
  if (months === undefined) return now + by * (UNITS[unit.toLowerCase()] ?? Number.NaN);
  const date = new Date(now * 1000);
  return date.setUTCMonth(date.getUTCMonth() + by * months) / 1000;
}

function dayAt(seconds: number): Bounded | null {
  const day = startOfDay(seconds);
  return Number.isNaN(day) ? null : { from: day, to: day + DAY };
}

function at(day: string): number {
  return Date.parse(`${day}T00:00:00Z`.replace(/^(\d{4})T/, '$1-01-01T')) / 1000;
}

function startOfDay(seconds: number): number {
  return seconds - (seconds % DAY);
}
