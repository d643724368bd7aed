import type { AthenaClient } from '@aws-sdk/client-athena';
import type { S3Client } from '@aws-sdk/client-s3';
import { UserError } from '../../errors.js';

export interface AthenaOptions {
  /** `database.table`, or `catalog.database.table`. */
  readonly table: string;
  /** The account that is asked, where several are. */
  readonly account?: string | undefined;
  /** `primary` by default. */
  readonly workgroup?: string | undefined;
  /** Where the workgroup says none: `s3://bucket/prefix/`. */
  readonly outputLocation?: string | undefined;
  /** Most bytes to scan. They are estimated before by listing, and watched during the query. */
  readonly maxScan?: number | undefined;
  /** Only these accounts; all by default. */
  readonly accounts?: readonly string[] | undefined;
  /** Also partitions of days after the window, up to here; in seconds. A day by default. */
  readonly deliveredUntil?: number | undefined;
  /** Names of partition columns that are not recognized by themselves. */
  readonly partitions?: PartitionNames | undefined;
  /** Clients for the table's Region; the SDK's own settings by default. */
  readonly client?: () => Promise<AthenaClient>;
  readonly s3?: () => Promise<S3Client>;
}

export interface PartitionNames {
  readonly region?: string | undefined;
  readonly account?: string | undefined;
  /** One column, or those of year, month and day. */
  readonly date?: readonly string[] | undefined;
  /** How a single column writes days, such as `yyyy/MM/dd`. */
  readonly dateFormat?: string | undefined;
}

export interface TableName {
  readonly catalog: string;
  readonly database: string;
  readonly table: string;
}

const PART = /^[A-Za-z0-9_][A-Za-z0-9_-]{0,254}$/;

/** Throws a UserError. */
export function parseTableName(text: string): TableName {
  const parts = text.split('.');
  const [table = '', database = '', catalog = 'AwsDataCatalog'] = parts.toReversed();
  const isName = [table, database, catalog].every((part) => PART.test(part));
  if (isName && parts.length <= 3) return { catalog, database, table };
  throw new UserError(`not a table: ${text}`, { hint: 'write DATABASE.TABLE' });
}
