/**
 * Which partitions a query reads: us-east-1 alone, where calls to the global endpoint are logged,
 * and the days of the window, padded for late delivery.
 */
import { cannotHoldGlobalCalls, DELIVERY_PADDING_DAYS } from '../../cloudtrail/log-path.js';
import { UserError } from '../../errors.js';
import { identifier, joined, query, type QueryToken, sqlText } from '../../queries.js';
import type { Bounded } from '../bounded.js';
import { dayPredicate } from './days.js';
import type { PartitionNames } from './athena-options.js';
import type { Column, Table } from './table.js';

const DAY = 86_400;
const REGION_NAMES = ['region', 'awsregion', 'aws_region', 'region_name'];
const ACCOUNT_NAMES = ['account', 'accountid', 'account_id', 'aws_account_id', 'account_number'];
const DATE_NAMES = new Set([
  'timestamp',
  'date',
  'dt',
  'event_date',
  'eventdate',
  'partition_date',
  'log_date',
]);

/** The partition columns of a table, by what they hold. */
export interface Partitioning {
  readonly region: Column | null;
  readonly account: Column | null;
  /** One column, or year, month and day; empty when there is none. */
  readonly date: readonly Column[];
}

/** Throws a UserError for a name that is no partition column of the table. */
export function partitioningOf({ partitions }: Table, names: PartitionNames): Partitioning {
  const named = (name: string): Column => {
    const column = partitions.find((partition) => partition.name === name.toLowerCase());
    if (column !== undefined) return column;
    const list = partitions.map((partition) => partition.name).join(', ') || 'none';
    throw new UserError(`the table has no partition column ${name}`, { hint: `it has: ${list}` });
  };
  const known = (candidates: readonly string[]): Column | null =>
    partitions.find(({ name }) => candidates.includes(name)) ?? null;
  return {
    region: names.region === undefined ? known(REGION_NAMES) : named(names.region),
    account: names.account === undefined ? known(ACCOUNT_NAMES) : named(names.account),
    date: names.date === undefined ? knownDate(partitions) : names.date.map(named),
  };
}

function knownDate(partitions: readonly Column[]): Column[] {
  const parts = ['year', 'month', 'day'].flatMap(
    (part) => partitions.find(({ name }) => name === part) ?? [],
  );
  if (parts.length === 3) return parts;
  return partitions.filter(({ name }) => DATE_NAMES.has(name)).slice(0, 1);
}

/** First and last day whose files can hold events of the window, as seconds of their start. */
function deliveryDays({ from, to }: Bounded, deliveredUntil = 0): Bounded {
  const padding = DELIVERY_PADDING_DAYS * DAY;
  const last = Math.max(startOfDay(to - 1) + padding, startOfDay(deliveredUntil - 1));
  return { from: startOfDay(from) - padding, to: last };
}

/** The condition on partition columns; `true` when there is none that helps. */
export function pruning(
  { region, account, date }: Partitioning,
  table: Table,
  chosen: {
    window: Bounded;
    accounts: readonly string[];
    dateFormat: string | undefined;
    deliveredUntil?: number | undefined;
    /** Whatever else may hold calls of the window. */
    onlyUsEast1?: boolean;
  },
): QueryToken {
  const days = deliveryDays(chosen.window, chosen.deliveredUntil);
  const conditions: QueryToken[] = [];
  // Before 22 November 2021, trails of other Regions held such calls, too.
  const suffices = chosen.onlyUsEast1 ?? cannotHoldGlobalCalls({ region: 'eu-west-1', deliveryDay: days.from }); // prettier-ignore
  if (region !== null && suffices) {
    conditions.push(query`${identifier(region.name)} = ${sqlText('us-east-1')}`);
  }
  if (account !== null && chosen.accounts.length > 0) {
    const ids = joined(chosen.accounts.map(sqlText), ', ');
    conditions.push(query`${identifier(account.name)} IN (${ids})`);
  }
  if (date.length > 0) {
    const format = chosen.dateFormat ?? table.properties[`projection.${date[0]?.name}.format`];
    conditions.push(dayPredicate(date, days, format));
  }
  return conditions.length === 0 ? query`true` : joined(conditions, ' AND ');
}

function startOfDay(seconds: number): number {
  return seconds - (seconds % DAY);
}
