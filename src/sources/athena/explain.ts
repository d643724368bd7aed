/**
 * What would be asked, for a dry run: nothing is looked up, so the table is taken to be as
 * `query athena --ddl` makes it, unless partition columns are named.
 */
import type { Bounded } from '../bounded.js';
import { callersQuery, EXPECTED_COLUMNS } from './audit-query.js';
import type { AthenaOptions, TableName } from './athena-options.js';
import { partitioningOf, pruning } from './partitions.js';
import { planOf } from './plan.js';
import type { Table } from './table.js';

export function explain(name: TableName, options: AthenaOptions, window: Bounded): string {
  const plan = planOf(expectedTable(name, options), options);
  return `-- Calls: athena:GetWorkGroup, athena:GetTableMetadata, s3:ListBucket (with --max-scan),
-- athena:StartQueryExecution, athena:GetQueryExecution until it has ended,
-- athena:GetQueryResults page by page, athena:StopQueryExecution when interrupted.
-- The partition columns below are a guess: the run looks the table up.

${plan.query(window)}
-- Of a table that does not project its partitions, it asks first which it has:

${plan.partitionsQuery(window)}`;
}

/** The short query for people. */
export function explainCallers(name: TableName, options: AthenaOptions, window: Bounded): string {
  const table = expectedTable(name, options);
  const partitioning = partitioningOf(table, options.partitions ?? {});
  const chosen = { window, accounts: options.accounts ?? [], dateFormat: options.partitions?.dateFormat }; // prettier-ignore
  return callersQuery(name, window, pruning(partitioning, table, chosen));
}

function expectedTable(name: TableName, { partitions = {} }: AthenaOptions): Table {
  const { region = 'region', account = 'account', date = ['timestamp'] } = partitions;
  const partitionNames = [account, region, ...date];
  return {
    name,
    columns: EXPECTED_COLUMNS,
    partitions: partitionNames.map((column) => ({ name: column.toLowerCase(), type: 'string' })),
    // Of a column that was named, nobody knows how it writes days.
    properties: partitions.date === undefined ? { 'projection.timestamp.format': 'yyyy/MM/dd' } : {}, // prettier-ignore
  };
}
