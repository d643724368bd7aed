/**
 * The window of a scheduled run, and how far before it the run looks again.
 */
import { formatTime, parseEventTime } from '../cloudtrail/event-time.js';
import type { Window } from '../contracts.js';
import { UserError } from '../errors.js';
import type { Config } from './config-schema.js';

type WindowConfig = Config['window'];

/**
 * Times in seconds. `coveredTo` is where the last successful run ended, or null. The window of the
 * next run starts exactly there, so that windows neither overlap nor leave a gap; it ends some time
 * before now, since CloudTrail delivers late.
 */
export function jobWindow(
  { since, first, settle, from, to }: WindowConfig,
  coveredTo: number | null,
  now: number,
): Window {
  if (from !== undefined || to !== undefined) {
    if (since !== undefined) throw new UserError('the config gives both window.since and window.from or window.to'); // prettier-ignore
    return fixedWindow(momentOf(from), momentOf(to));
  }
  const end = now - secondsOf(settle);
  if (since !== undefined && since !== 'last-run') return { from: end - secondsOf(since), to: end };
  if (coveredTo !== null && coveredTo > now + CLOCKS_DIFFER) throw ahead(coveredTo);
  return { from: coveredTo ?? end - secondsOf(first), to: end };
}

function fixedWindow(from: number | null, to: number | null): Window {
  if (from !== null && to !== null && from >= to) {
    throw new UserError('the window of the config is empty: window.from must come before window.to'); // prettier-ignore
  }
  return { from, to };
}

/** In seconds: those of two machines are never quite the same. */
const CLOCKS_DIFFER = 3600;

/** Waiting until then would look like success, perhaps for years. */
function ahead(coveredTo: number): UserError {
  const message = `the state says that everything to ${formatTime(coveredTo)} has been read, which lies ahead`;
  return new UserError(message, {
    hint: "set the clock, or coveredTo in the state folder's state.json to where the evidence ends",
  });
}

/** In seconds. A shorter window would put a report of next to nothing in place of a good one. */
const SHORTEST = 3600;

/** Whether a run after another one does better to wait. */
export function isTooSoon(config: WindowConfig, { from, to }: Window): boolean {
  return followsOn(config) && from !== null && to !== null && to - from < SHORTEST;
}

/** Only windows that follow one another share their calls out among the runs. */
export function followsOn({ since, from, to }: WindowConfig): boolean {
  return from === undefined && to === undefined && (since ?? 'last-run') === 'last-run';
}

/**
 * From where the run after a window that ends at `end` looks for late calls: the start of a day,
 * since engines count calls by day; but never before `earliest`, where nobody remembers what was
 * counted. All in seconds.
 */
export function lookBackFrom({ late }: WindowConfig, end: number, earliest: number): number {
  const seconds = secondsOf(late);
  if (seconds === 0) return end;
  return Math.max(earliest, Math.floor((end - seconds) / DAY) * DAY);
}

/** Until when a call that came `late` after it happened can have come, before `start`; in seconds. */
export function lateUntil({ late }: WindowConfig, start: number): number {
  return start + secondsOf(late);
}

const DAY = 86_400;
const UNITS: Readonly<Record<string, number>> = { h: 3600, d: DAY, w: 604_800 };

function secondsOf(age: string): number {
  return Number(age.slice(0, -1)) * (UNITS[age.slice(-1)] ?? Number.NaN);
}

function momentOf(moment: string | undefined): number | null {
  if (moment === undefined) return null;
  return parseEventTime(moment.includes(':') ? moment : `${moment}T00:00:00Z`);
}
