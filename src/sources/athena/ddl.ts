/**
 * The statement that makes a table for this audit.
 */
import { formatDay } from '../../cloudtrail/event-time.js';
import { UserError } from '../../errors.js';
import { hiveIdentifier, hiveText, query, render } from '../../queries.js';
import { parseLocation } from '../s3/location.js';
import type { TableName } from './athena-options.js';

/** `since` is the first day of the logs, in seconds. Throws a UserError. */
export function tableDdl(
  { database, table }: TableName,
  trail: { location: string; accounts: readonly string[]; since: number },
): string {
  const { bucket, key } = parseLocation(trail.location);
  const root = `s3://${bucket}/${key.replace(/\/*$/, '')}`;
  if (!/AWSLogs(?:\/o-[a-z0-9]+)?$/.test(root)) {
    throw new UserError(`${trail.location} is not the folder that holds accounts`, {
      hint: 'it ends with AWSLogs or, for a trail of an organization, with AWSLogs/o-…',
    });
  }
  if (trail.accounts.length === 0) {
    throw new UserError('the table has to be told the accounts', {
      hint: 'name each with --account',
    });
  }
  return render('athena/table.sql', {
    table: query`${hiveIdentifier(database)}.${hiveIdentifier(table)}`,
    location: hiveText(`${root}/`),
    path: hiveText(`${root}/\${account}/CloudTrail/\${region}/\${timestamp}`),
    accounts: hiveText(trail.accounts.join(',')),
    days: hiveText(`${formatDay(trail.since).replaceAll('-', '/')},NOW`),
  });
}
