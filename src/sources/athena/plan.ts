/**
 * What a query reads of a table: its partitions, and what has to be said about them.
 */
import { UserError } from '../../errors.js';
import type { QueryToken } from '../../queries.js';
import type { Bounded } from '../bounded.js';
import { auditQuery } from './audit-query.js';
import type { AthenaOptions } from './athena-options.js';
import { partitioningOf, pruning } from './partitions.js';
import { checkValues, daysOutside, isProjected } from './projection.js';
import { partitionsQuery } from './registered.js';
import type { Table } from './table.js';

export interface Plan {
  readonly table: Table;
  /** Whether a shorter window reads less. */
  readonly prunesDays: boolean;
  /** Whether logs of other Regions than us-east-1 are passed over. */
  readonly prunesRegions: boolean;
  readonly notes: readonly string[];
  /** What the table has no partitions for, in sentences. `now` in seconds. */
  readonly missing: (window: Bounded, now: number) => readonly string[];
  /** Whether partitions of days are added to the table, so that one may have been forgotten. */
  readonly isRegistered: boolean;
  /** The query for the partitions that the query for a window reads. */
  readonly partitionsQuery: (window: Bounded) => string;
  /** The query for a window. */
  readonly query: (window: Bounded) => string;
}

/** Throws a UserError when the table cannot be read so. */
export function planOf(table: Table, options: AthenaOptions): Plan {
  const partitioning = partitioningOf(table, options.partitions ?? {});
  const { account, region, date } = partitioning;
  const accounts = options.accounts ?? [];
  const injected = account !== null && table.properties[`projection.${account.name}.type`] === 'injected'; // prettier-ignore
  if (injected && accounts.length === 0) {
    throw new UserError(`the table wants to be told the accounts (column ${account.name})`, {
      hint: 'name each with --account',
    });
  }
  if (account === null && accounts.length > 0) {
    throw new UserError('the table is not partitioned by account, so --account cannot choose', {
      hint: 'name the column with --account-partition, or leave --account out',
    });
  }
  checkValues(table, partitioning, accounts);
  const { deliveredUntil } = options;
  const chosen = { accounts, dateFormat: options.partitions?.dateFormat, deliveredUntil };
  const isRegistered = date.length > 0 && !isProjected(table);
  const read = (window: Bounded): QueryToken => pruning(partitioning, table, { ...chosen, window });
  return {
    table,
    prunesDays: date.length > 0,
    prunesRegions: region !== null,
    notes: [
      ...(region === null ? ['The table is not partitioned by Region: logs of all Regions were scanned.'] : []), // prettier-ignore
      ...(date.length === 0 ? ['The table is not partitioned by day: all of it was scanned.'] : []),
      ...(date.length === 0 || deliveredUntil !== undefined ? [] : ['Partitions of more than 1 day outside the window were not read.']), // prettier-ignore
      ...(isRegistered && hasHours(table, chosen.dateFormat) ? ['The table has partitions for hours: whether each hour of its days was added was not looked at.'] : []), // prettier-ignore
      ...(accounts.length === 0 ? [] : [`Only the accounts ${accounts.join(', ')} were read.`]),
    ],
    missing: (window, now) => daysOutside(table, partitioning, window, now),
    isRegistered,
    // That others have a day does not make up for us-east-1.
    partitionsQuery: (window) => partitionsQuery(table, partitioning, pruning(partitioning, table, { ...chosen, window, onlyUsEast1: true })), // prettier-ignore
    query: (window) => auditQuery(table.name, table.columns, window, read(window)),
  };
}

function hasHours({ partitions }: Table, dateFormat = ''): boolean {
  return dateFormat.includes('HH') || partitions.some(({ name }) => /^(?:hour|hr|hh)$/.test(name));
}
