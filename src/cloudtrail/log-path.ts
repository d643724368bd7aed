/**
 * What the path of a log file says, before the file is opened.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/get-and-view-cloudtrail-log-files.html
 */
import type { Window } from '../contracts.js';
import { parseEventTime } from './event-time.js';

const LOG_KINDS = ['CloudTrail', 'Digest', 'Insight', 'NetworkActivity', 'Aggregated'] as const;
type LogKind = (typeof LOG_KINDS)[number];

export interface LogPath {
  readonly kind: LogKind;
  readonly accountId: string | null;
  readonly region: string | null;
  /** The start of the delivery day, in seconds; null when the path has no date. */
  readonly deliveryDay: number | null;
  /** The minute of the delivery, in seconds; null when the file's name does not say. */
  readonly deliveredAt: number | null;
}

const FOLDER =
  /(?:^|\/)(\d{12})\/CloudTrail(-[A-Za-z]+)?\/([a-z]{2}(?:-[a-z]+)+-\d)(?:\/(\d{4})\/(\d{2})\/(\d{2}))?(?:\/|$)/;
/** The stamp of another program's file need not be a time of delivery. */
const NAME =
  /^(\d{12})_CloudTrail(-[A-Za-z]+)?_([a-z]{2}(?:-[a-z]+)+-\d)_(?:(\d{4})(\d{2})(\d{2})T([01]\d|2[0-3])([0-5]\d)(?:\d{2})?Z)?/;

/** Reads a path with `/` between its parts; a path of another form tells nothing. */
export function parseLogPath(path: string): LogPath {
  const name = NAME.exec(path.slice(path.lastIndexOf('/') + 1));
  // A name that says everything is what most paths end with.
  const folder = name?.[4] === undefined ? FOLDER.exec(path) : null;
  const [, accountId, suffix, region] = name ?? folder ?? [];
  const [year, month, day] = (folder ?? name ?? []).slice(4);
  const deliveryDay = year === undefined ? null : dayOf(`${year}-${month}-${day}`);
  const minute = name?.[7] === undefined ? null : Number(name[7]) * 60 + Number(name[8]);
  return {
    kind: kindOf(suffix),
    accountId: accountId ?? null,
    region: region ?? null,
    deliveryDay,
    deliveredAt: deliveryDay === null || minute === null ? null : deliveryDay + minute * 60,
  };
}

/** The start of a day, in seconds. The last answer is kept: of each day there are very many files. */
const dayOf = rememberingLast((date) => parseEventTime(`${date}T00:00:00Z`));

function rememberingLast<T>(make: (text: string) => T): (text: string) => T {
  let last: { readonly text: string; readonly made: T } | null = null;
  return (text) => {
    if (last?.text !== text) last = { text, made: make(text) };
    return last.made;
  };
}

function kindOf(suffix: string | undefined): LogKind {
  return LOG_KINDS.find((kind) => suffix === `-${kind}`) ?? 'CloudTrail';
}

/** Which logs are asked for. */
export interface Selection {
  readonly window: Window;
  /** Also those of Regions that cannot hold calls to the global endpoint. */
  readonly allRegions: boolean;
  /** Only those of these accounts; of all accounts when empty. */
  readonly accounts: readonly string[];
  /** What was delivered after the window is asked for up to here, in seconds; a day by default. */
  readonly deliveredUntil?: number | undefined;
}

/** Why a file is passed over without opening it. */
export type PathSkip = 'digest' | 'insight' | 'network-activity' | 'aggregated' | 'other-account' | 'other-region' | 'outside-window'; // prettier-ignore

const DAY = 86_400;
/** Files are delivered within minutes as a rule; a day on either side covers late ones. */
export const DELIVERY_PADDING_DAYS = 1;
/**
 * Since 22 November 2021 calls to the global endpoint are logged in us-east-1 only. Delivery is
 * retried for 30 days, so files of the month after may hold older events.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-concepts.html
 */
const ONLY_US_EAST_1_SINCE = Date.UTC(2021, 11, 22) / 1000;

const SKIPPED_KINDS: Readonly<Record<LogKind, PathSkip | null>> = {
  CloudTrail: null,
  Digest: 'digest',
  Insight: 'insight',
  NetworkActivity: 'network-activity',
  Aggregated: 'aggregated',
};

/** The reason to pass over a file, or null when it may hold calls of the window. */
export function skipByPath(path: LogPath, selection: Selection): PathSkip | null {
  const { allRegions, accounts } = selection;
  const byKind = SKIPPED_KINDS[path.kind];
  if (byKind !== null) return byKind;
  if (path.accountId !== null && isOtherAccount(path.accountId, accounts)) return 'other-account';
  if (!allRegions && cannotHoldGlobalCalls(path)) return 'other-region';
  return deliveredOutside(path.deliveryDay, selection) ? 'outside-window' : null;
}

export function isOtherAccount(accountId: string, accounts: Selection['accounts']): boolean {
  return accounts.length > 0 && !accounts.includes(accountId);
}

/** Whether logs that were delivered from that day on can be passed over for their Region. */
export function cannotHoldGlobalCalls({
  region,
  deliveryDay,
}: Pick<LogPath, 'region' | 'deliveryDay'>): boolean {
  return region !== null && region !== 'us-east-1' && (deliveryDay ?? 0) >= ONLY_US_EAST_1_SINCE;
}

function deliveredOutside(day: number | null, selection: Selection): boolean {
  return day !== null && isOutside({ from: day, to: day + DAY }, selection);
}

/** An event is never delivered before it happens; the padding also allows for clocks that differ. */
export function isOutside(
  delivery: { from: number; to: number },
  { window: { from, to }, deliveredUntil }: Pick<Selection, 'window' | 'deliveredUntil'>,
): boolean {
  const padding = DELIVERY_PADDING_DAYS * DAY;
  return (
    (from !== null && delivery.to + padding <= from) ||
    (to !== null && delivery.from >= Math.max(to + padding, deliveredUntil ?? 0))
  );
}
