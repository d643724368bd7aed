/**
 * The window of a scheduled run.
 */
import { parseEventTime } from '../cloudtrail/event-time.js';
import type { Window } from '../contracts.js';
import { UserError } from '../errors.js';
import type { Config } from './config-schema.js';

/**
 * Times in seconds. `coveredTo` is where the last successful run ended, or null. The window of the
 * next run starts exactly there, so that no call is left out and none is counted twice; it ends
 * some time before now, since CloudTrail delivers late.
 */
export function jobWindow(
  { since, first, settle, from, to }: Config['window'],
  coveredTo: number | null,
  now: number,
): Window {
  if (from !== undefined || to !== undefined) {
    if (since !== undefined) throw new UserError('the config gives both window.since and window.from or window.to'); // prettier-ignore
    return { from: momentOf(from), to: momentOf(to) };
  }
  const end = now - secondsOf(settle);
  if (since !== undefined && since !== 'last-run') return { from: end - secondsOf(since), to: end };
  return { from: coveredTo ?? end - secondsOf(first), to: end };
}

const UNITS: Readonly<Record<string, number>> = { h: 3600, d: 86_400, w: 604_800 };

function secondsOf(age: string): number {
  return Number(age.slice(0, -1)) * (UNITS[age.slice(-1)] ?? Number.NaN);
}

function momentOf(moment: string | undefined): number | null {
  if (moment === undefined) return null;
  return parseEventTime(moment.includes(':') ? moment : `${moment}T00:00:00Z`);
}
