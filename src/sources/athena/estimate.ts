/**
 * How much a query would read, by listing the objects of the partitions that it reads. Athena's own
 * EXPLAIN knows no sizes of external tables without statistics.
 */
import type { S3Client } from '@aws-sdk/client-s3';
import { CallError } from '../../aws/call.js';
import type { Context } from '../../contracts.js';
import type { Bounded } from '../bounded.js';
import { listLogs } from '../s3/list.js';
import { type Location, parseLocation } from '../s3/location.js';
import type { Table } from './table.js';

export interface Estimate {
  readonly bytes: number;
  /** Listing stopped as soon as there was more than the limit. */
  readonly over: boolean;
}

/** Null when the objects cannot be listed: the place is unknown, or may not be looked at. */
export async function estimateScan(
  s3: S3Client,
  table: Table,
  chosen: { window: Bounded; accounts: readonly string[]; limit: number },
  context: Context,
): Promise<Estimate | null> {
  const location = locationOf(table);
  if (location === null) return null;
  let bytes = 0;
  let failed = false;
  const { window, accounts, limit } = chosen;
  const listing = {
    selection: { window, allRegions: false, accounts },
    requesterPays: false,
    skipped: () => undefined,
    failed: (error: unknown) => {
      if (!(error instanceof CallError)) throw error;
      failed = true;
    },
  };
  for await (const { size } of listLogs(s3, location, listing, context)) {
    bytes += size;
    if (bytes > limit) return { bytes, over: true };
  }
  return failed ? null : { bytes, over: false };
}

function locationOf({ properties }: Table): Location | null {
  const location = properties['location'];
  return location?.startsWith('s3://') === true ? parseLocation(location) : null;
}
