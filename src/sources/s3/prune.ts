/**
 * Which folders of a trail's bucket are worth listing. Below `AWSLogs` the layout is AWS's:
 * `[o-id/]account/CloudTrail/region/year/month/day/`.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/get-and-view-cloudtrail-log-files.html
 */
import {
  cannotHoldGlobalCalls,
  isOtherAccount,
  isOutside,
  parseLogPath,
  type PathSkip,
  type Selection,
  skipByPath,
} from '../../cloudtrail/log-path.js';
export type FolderSkip = PathSkip | 'not-a-log';

const ROOT = 'AWSLogs/';

/** Logs are known by their name here: looking into every object would be dear. */
export function isLogName(key: string): boolean {
  return /\.(?:json|jsonl|ndjson)(?:\.gz)?$/i.test(key);
}

/** Why a folder is passed over, or null when it may hold calls. `folder` ends with a slash. */
export function skipFolder(folder: string, selection: Selection): FolderSkip | null {
  const root = folder.lastIndexOf(ROOT);
  if (root < 0) return skipByPath(parseLogPath(folder), selection);
  const parts = folder
    .slice(root + ROOT.length)
    .split('/')
    .slice(0, -1);
  const [account, service, region, ...date] = parts[0]?.startsWith('o-') === true ? parts.slice(1) : parts; // prettier-ignore
  if (account === undefined) return null;
  if (!/^\d{12}$/.test(account)) return 'not-a-log';
  if (isOtherAccount(account, selection.accounts)) return 'other-account';
  if (service === undefined) return null;
  if (service !== 'CloudTrail') {
    return skipByPath(parseLogPath(`${account}/${service}/us-east-1/`), selection) ?? 'not-a-log';
  }
  return region === undefined ? null : skipDelivery(region, deliveryOf(date), selection);
}

function skipDelivery(
  region: string,
  delivery: { from: number; to: number } | null,
  selection: Selection,
): PathSkip | null {
  const { window, allRegions } = selection;
  // Of what is left after pruning by day, the first day decides about the Region.
  const first = Math.max(delivery?.from ?? 0, window.from === null ? 0 : window.from - 2 * DAY);
  if (!allRegions && cannotHoldGlobalCalls({ region, deliveryDay: first })) return 'other-region';
  return delivery !== null && isOutside(delivery, selection) ? 'outside-window' : null;
}

const DAY = 86_400;

function at(year: number, month: number, day: number): number {
  return Date.UTC(year, month, day) / 1000;
}

/** The time that a folder of a year, month or day covers; null for other folders. */
function deliveryOf(date: readonly string[]): { from: number; to: number } | null {
  const [year, month, day] = date.map(Number);
  if (year === undefined || date.some((part) => !/^\d{2,4}$/.test(part))) return null;
  if (month === undefined) return { from: at(year, 0, 1), to: at(year + 1, 0, 1) };
  if (day === undefined) return { from: at(year, month - 1, 1), to: at(year, month, 1) };
  return { from: at(year, month - 1, day), to: at(year, month - 1, day + 1) };
}
