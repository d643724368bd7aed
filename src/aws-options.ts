/**
 * From flags to what the sources of AWS need.
 */
import type { Flags } from './args.js';
import { accountOf, type AwsSetting, isRegion } from './aws/setting.js';
import { UserError } from './errors.js';
import { accountIdsOf, bytesOf, environmentRegion, flag, listOf } from './options.js';
import type { AthenaOptions } from './sources/athena/index.js';
import { parseLocation } from './sources/s3/location.js';

/** One account to read, and as whom. */
export interface AwsAccount {
  readonly setting: AwsSetting;
  /** Known when a role is assumed. */
  readonly account: string | undefined;
}

const ROLE = /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]{1,576}$/;

/** One for each `--role-arn`, or the caller's own account. Throws a UserError. */
export function accountsOf(flags: Flags): readonly AwsAccount[] {
  const roles = listOf(flags, 'role-arn').flatMap((value) => value.split(/,(?=arn:)/));
  const externalId = flag(flags, 'external-id') ?? undefined;
  if (externalId !== undefined && roles.length === 0) {
    throw new UserError('--external-id goes with --role-arn');
  }
  const own: AwsSetting = {
    profile: flag(flags, 'profile') ?? undefined,
    region: regionOf(flags),
    endpointUrl: endpointOf(flags),
  };
  if (roles.length === 0) return [{ setting: own, account: undefined }];
  const chosen = [...new Set(roles)].map((roleArn) => {
    if (ROLE.test(roleArn)) {
      return { setting: { ...own, roleArn, externalId }, account: accountOf(roleArn) ?? undefined };
    }
    throw new UserError(`not a role: ${roleArn}`, {
      hint: 'write arn:aws:iam::ACCOUNT:role/NAME',
    });
  });
  refuseTwice(chosen);
  return chosen;
}

/** Both would read the same evidence; what an engine has counted would count twice. */
function refuseTwice(accounts: readonly AwsAccount[]): void {
  const ids = accounts.map(({ account }) => account);
  const twice = ids.find((id, place) => ids.indexOf(id) !== place);
  if (twice === undefined) return;
  throw new UserError(`two roles of account ${twice} would read the same evidence twice`, {
    hint: 'name one --role-arn for each account',
  });
}

/** For calls to the global endpoint there is one Region, whatever is configured. */
export function inUsEast1({ setting }: AwsAccount): AwsSetting {
  return { ...setting, region: 'us-east-1' };
}

export function athenaOptionsOf(flags: Flags): Omit<AthenaOptions, 'client' | 's3' | 'account'> {
  const maxScan = flag(flags, 'max-scan');
  return {
    table: required(flags, 'table', 'DATABASE.TABLE'),
    workgroup: flag(flags, 'workgroup') ?? undefined,
    outputLocation: outputLocationOf(flags),
    maxScan: maxScan === null ? undefined : bytesOf('max-scan', maxScan),
    accounts: accountIdsOf(flags),
    partitions: {
      region: flag(flags, 'region-partition') ?? undefined,
      account: flag(flags, 'account-partition') ?? undefined,
      date: datePartitionOf(flags),
      dateFormat: flag(flags, 'date-format') ?? undefined,
    },
  };
}

/** Throws a UserError when the flag is missing; `form` says what its value looks like. */
export function required(flags: Flags, name: string, form: string): string {
  const value = flag(flags, name);
  if (value !== null) return value;
  throw new UserError(`--${name} is missing`, { hint: `write --${name} ${form}` });
}

/** `--log-group`, repeated. Throws a UserError when there is none. */
export function logGroupsOf(flags: Flags): readonly string[] {
  const groups = listOf(flags, 'log-group');
  if (groups.length > 0) return groups;
  throw new UserError('no log group given', {
    hint: 'name that of the trail with --log-group; doctor shows it',
  });
}

function outputLocationOf(flags: Flags): string | undefined {
  const location = flag(flags, 'output-location') ?? undefined;
  if (location !== undefined) parseLocation(location);
  return location;
}

function datePartitionOf(flags: Flags): readonly string[] | undefined {
  const names = flag(flags, 'date-partition')?.split(',');
  if (names === undefined || names.length === 1 || names.length === 3) return names;
  throw new UserError('--date-partition names one column, or those of year, month and day');
}

/** Of the flag or the environment; otherwise the SDK asks the profile. */
function regionOf(flags: Flags): string | undefined {
  const region = flag(flags, 'region');
  if (region === null) return environmentRegion();
  if (isRegion(region)) return region;
  throw new UserError(`not a Region: ${region}`, { hint: 'write us-east-1 or eu-central-1' });
}

function endpointOf(flags: Flags): string | undefined {
  const url = flag(flags, 'endpoint-url');
  if (url === null) return undefined;
  if (!/^https?:\/\/[^/]/.test(url) || !URL.canParse(url)) {
    throw new UserError(`--endpoint-url is not a URL: ${url}`, { hint: 'write https://host' });
  }
  return url;
}
