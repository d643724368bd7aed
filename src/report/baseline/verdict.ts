/**
 * What became of a caller that an earlier report had and this one has not.
 */
import { counted } from '../../counted.js';
import type { Absent } from '../annotation-schema.js';
import type { Report } from '../schema.js';
import { deliveriesOf } from './deliveries.js';
import { accountSpan, doubtAbout, evidenceSpan, quietDays } from './evidence.js';
import { hidingPlace, turnOf } from './hidden.js';
import type { Lineage } from './lineages.js';

export type Verdict = Pick<Absent, 'status' | 'because' | 'quietDays' | 'silentSince'>;

/** The part of a lineage that decides. */
export type Silent = Pick<
  Absent,
  | 'accountId'
  | 'principalType'
  | 'principalAccountId'
  | 'firstSeen'
  | 'lastSeen'
  | 'longestSilenceDays'
> & {
  /** The evidence up to the end of the baseline has no call since then; undefined when unknown. */
  readonly silentSince: string | undefined;
};

const DAY_MS = 86_400_000;
/**
 * A caller that is known for less than a week has shown no weekend, and most schedules are weekly:
 * so long one must have been known, and so long must be silent otherwise.
 */
const WEEK_DAYS = 7;
/** How often a caller must have missed its turn. */
const MISSED_TURNS = 2;

/** A caller of the baseline's findings. */
export function silentLineage(baseline: Report, lineage: Lineage): Silent {
  const { accountId, lastSeen, longestSilenceDays, findings } = lineage;
  const [{ change, principal }] = findings;
  const caller = {
    accountId,
    principalType: principal.type,
    principalAccountId: principal.accountId,
    firstSeen: change?.knownSince ?? lineage.firstSeen,
    lastSeen,
    longestSilenceDays,
  };
  const sure =
    doubtAbout(baseline, accountId) === null &&
    hidingPlace(baseline, null, caller) === null &&
    !endsTooEarly(baseline, lineage);
  return { ...caller, silentSince: sure ? lastSeen : undefined };
}

export function verdictOn(report: Report, baseline: Report, silent: Silent): Verdict {
  const quiet = quietDays(report, silent);
  const doubt =
    doubtAbout(report, silent.accountId) ??
    stops(report, silent) ??
    hidingPlace(report, baseline, silent);
  if (doubt !== null) {
    return { status: 'unconfirmed', because: `Not seen, but ${doubt}.`, quietDays: quiet };
  }
  const silentSince = startOfSilence(report, baseline, silent);
  const silence = silenceIn(report, silent, silentSince);
  const needed = neededDays(silent);
  if (silence < needed) {
    const because = `No call in ${duration(silence)} of evidence, which is too short to tell: ${rhythmOf(silent)}.`;
    return { status: 'quiet', because, quietDays: quiet, silentSince };
  }
  const because = `No call for ${duration(silence)} in complete evidence.${withoutEvents(report, silent)}`;
  return { status: 'gone', because, quietDays: quiet, silentSince };
}

/** What nobody has looked at is not silence: it starts anew after days without evidence. */
function startOfSilence(report: Report, baseline: Report, silent: Silent): string {
  const [start] = accountSpan(report, silent.accountId) ?? [0, 0];
  const [, before] = accountSpan(baseline, silent.accountId) ?? [0, 0];
  const known = silent.silentSince;
  if (known !== undefined && start - before <= DAY_MS) return known;
  const latest = Math.max(start, Date.parse(silent.lastSeen));
  return `${new Date(latest).toISOString().slice(0, 19)}Z`;
}

/** In days, as a fraction. */
function silenceIn(report: Report, { accountId }: Silent, since: string): number {
  const [, end] = accountSpan(report, accountId) ?? [0, 0];
  return Math.max(0, end - Date.parse(since)) / DAY_MS;
}

function neededDays(silent: Silent): number {
  return hasShownWeek(silent) ? missedDays(silent) : Math.max(missedDays(silent), WEEK_DAYS);
}

function missedDays(silent: Silent): number {
  return MISSED_TURNS * turnOf(silent);
}

function rhythmOf(silent: Silent): string {
  const { firstSeen, lastSeen } = silent;
  if (firstSeen.slice(0, 10) === lastSeen.slice(0, 10)) return 'it has called on one day only';
  if (missedDays(silent) < neededDays(silent)) return 'its calls known span less than a week';
  return `its calls may have been nearly ${days(turnOf(silent))} apart before`;
}

/** Calls so far apart have a weekend between them, which counts in the longest silence. */
function hasShownWeek({ firstSeen, lastSeen }: Silent): boolean {
  return Date.parse(lastSeen) - Date.parse(firstSeen) >= WEEK_DAYS * DAY_MS;
}

/** Where the account's evidence ends before all of it does, or before the last call. */
function stops(report: Report, silent: Silent): string | null {
  if (endsTooEarly(report, silent)) return 'the evidence ends before the last call known';
  const [, end] = evidenceSpan(report) ?? [0, 0];
  const [, own] = accountSpan(report, silent.accountId) ?? [0, 0];
  if (end - own <= DAY_MS) return null;
  return `the evidence of the account ends on ${new Date(own).toISOString().slice(0, 10)}, long before that of others`;
}

function endsTooEarly(
  report: Report,
  { accountId, lastSeen }: Pick<Silent, 'accountId' | 'lastSeen'>,
): boolean {
  const [, end] = accountSpan(report, accountId) ?? [0, 0];
  return end < Date.parse(lastSeen);
}

/** Where no STS event vouches for the account, the reader shall know what does. */
function withoutEvents(report: Report, { accountId }: Silent): string {
  const seen = report.coverage.accounts.find((account) => account.accountId === accountId);
  if (seen !== undefined && seen.stsEvents > 0) return '';
  const files = deliveriesOf(report, accountId).reduce((sum, one) => sum + one.files, 0);
  return ` The account has no STS event at all in it, but log files on every day (${files}), which would hold one if its trail logs management events that read.`;
}

/** Of a number of days, whole ones where there are any. */
function duration(count: number): string {
  if (count >= 1) return days(Math.floor(count));
  const hours = Math.floor(count * 24);
  return hours === 0 ? 'less than an hour' : counted(hours, 'hour');
}

function days(count: number): string {
  return counted(count, 'day');
}
