/**
 * The Region lists that decide what a serving Region means.
 *
 * Enabled by default and opt-in, as of late 2026:
 * https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html
 * The Regions for which `legacy` mode means the global endpoint:
 * https://github.com/boto/botocore/blob/develop/botocore/args.py
 */

const LEGACY = [
  'ap-northeast-1',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'ca-central-1',
  'eu-central-1',
  'eu-north-1',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'sa-east-1',
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
] as const;

export const LEGACY_REGIONS: ReadonlySet<string> = new Set(LEGACY);

export const DEFAULT_REGIONS: ReadonlySet<string> = new Set([
  ...LEGACY,
  'ap-northeast-2',
  'ap-northeast-3',
]);

/**
 * A Region name of the commercial partition, the only one with a global endpoint. Those of others
 * begin with `cn` or have other parts: `us-gov-west-1`, `eusc-de-east-1`.
 */
const REGION = /^(?!cn-)[a-z]{2}-[a-z]{4,9}-\d{1,2}$/;

export function isRegion(text: string): boolean {
  return REGION.test(text);
}

/** Regions launched since March 2019 must be enabled first, so a Region of no list is opt-in. */
export function isOptInRegion(region: string): boolean {
  return isRegion(region) && !DEFAULT_REGIONS.has(region);
}
