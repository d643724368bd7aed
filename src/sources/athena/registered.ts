/**
 * Partitions that people or jobs add to a table day by day: Athena reads no day that was forgotten, and
 * does not say so. What is there is asked of the engine, with the permissions that a query needs anyway.
 */
import { z } from 'zod';
import { type Deliveries, longestPause } from '../../cloudtrail/deliveries.js';
import { formatDay } from '../../cloudtrail/event-time.js';
import { identifier, joined, partitionList, query, type QueryToken, render, sqlText } from '../../queries.js'; // prettier-ignore
import type { Bounded } from '../bounded.js';
import type { TextRow } from '../engine/row.js';
import type { Partitioning } from './partitions.js';
import { neededDays } from './needed-days.js';
import type { Table } from './table.js';

const DAY = 86_400;
/** Stretches of days that a sentence names. */
const SHOWN = 5;

/** The partitions of an account; '' where the table does not say whose they are. */
export interface Registered {
  readonly account: string;
  /** Days, as numbers since 1970. */
  readonly days: ReadonlySet<number>;
}

/** `pruning` says which partitions of us-east-1 the audit query reads. */
export function partitionsQuery(
  { name }: Table,
  { account, date }: Partitioning,
  pruning: QueryToken,
): string {
  const text = (column: { name: string }): QueryToken => query`CAST(${identifier(column.name)} AS varchar)`; // prettier-ignore
  return render('athena/partitions.sql', {
    partitions: query`${identifier(name.database)}.${partitionList(name.table)}`,
    account: account === null ? sqlText('') : identifier(account.name),
    day: joined(date.map(text), ', '),
    pruning,
  });
}

const values = z.array(z.array(z.string().nullable()));

/** Of a row that cannot be read no day counts as present. */
export function toRegistered(row: TextRow): Registered {
  const parsed = values.safeParse(jsonOf(row['days'] ?? ''));
  const days = (parsed.data ?? []).map(dayOf).filter((day) => !Number.isNaN(day));
  return { account: row['account'] ?? '', days: new Set(days) };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** From `2026/07/01/23`, `20260701`, or `2026`, `7` and `1`: the larger unit always comes first. */
function dayOf(parts: readonly (string | null)[]): number {
  const [year = '', month = '', day = ''] = parts.length === 3 ? parts.map((part) => part ?? '') : digitsOf(parts[0] ?? ''); // prettier-ignore
  return Date.parse(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}T00:00:00Z`) / DAY / 1000; // prettier-ignore
}

function digitsOf(value: string): string[] {
  const digits = value.replace(/\D/g, '');
  return [digits.slice(0, 4), digits.slice(4, 6), digits.slice(6, 8)];
}

/** What the table has no partitions of, in sentences. `now` in seconds. */
export function daysUnregistered(
  registered: readonly Registered[],
  { window, now, accounts }: { window: Bounded; now: number; accounts: readonly string[] },
): string[] {
  const present = new Set(registered.flatMap(({ days }) => [...days]));
  const missing = daysOf(neededDays(window, now)).filter((day) => !present.has(day));
  const unknown = accounts.filter((id) => !registered.some(({ account }) => account === id));
  return [
    ...(missing.length === 0 ? [] : [`The table has no partition of ${missing.length === 1 ? 'a day' : `${missing.length} days`} of the window, which were not read: ${listed(missing)}.`]), // prettier-ignore
    ...(unknown.length === 0 || registered.length === 0 ? [] : [`The table has no partition of the accounts ${unknown.join(', ')} in the window.`]), // prettier-ignore
  ];
}

/**
 * Accounts without a partition on days between others. A trail delivers nothing while nothing happens,
 * so this is no gap; but that they did not call on those days is not known.
 */
export function pausesOf(
  registered: readonly Registered[],
  { window, now }: { window: Bounded; now: number },
): Deliveries[] {
  const needed = daysOf(neededDays(window, now));
  return registered.flatMap(({ account, days }) => {
    const present = needed.filter((day) => days.has(day));
    const pause = longestPause(new Set(present));
    if (pause === 0 || !/^\d{12}$/.test(account)) return [];
    const [first = 0, last = first] = [present[0], present.at(-1)];
    return [{ accountId: account, region: 'us-east-1', files: 0, first: first * DAY, last: (last + 1) * DAY - 1, longestPauseDays: pause }]; // prettier-ignore
  });
}

function daysOf({ from, to }: Bounded): number[] {
  return Array.from({ length: (to - from) / DAY }, (_, place) => from / DAY + place);
}

/** `2026-07-01 to 2026-07-03, 2026-07-09`. */
function listed(days: readonly number[]): string {
  const stretches: [number, number][] = [];
  for (const day of days) {
    const last = stretches.at(-1);
    if (last?.[1] === day - 1) last[1] = day;
    else stretches.push([day, day]);
  }
  const name = (day: number): string => formatDay(day * DAY);
  const named = stretches.slice(0, SHOWN).map(([first, last]) => first === last ? name(first) : `${name(first)} to ${name(last)}`); // prettier-ignore
  return `${named.join(', ')}${stretches.length > SHOWN ? ' and others' : ''}`;
}
