import type { Bounded } from '../bounded.js';

const DAY = 86_400;
/**
 * What CloudTrail takes to deliver as a rule, in seconds: it says about five minutes on average. The
 * last calls of a day are filed under the next one.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/get-and-view-cloudtrail-log-files.html
 */
const DELIVERY = 900;

/**
 * The days that a table has to have for a window, as far as they are not in the future: from the start
 * of the first to the end of the last. `now` in seconds.
 */
export function neededDays({ from, to }: Bounded, now: number): Bounded {
  const end = Math.max(from + 1, Math.min(to + DELIVERY, now));
  return { from: startOfDay(from), to: startOfDay(end - 1) + DAY };
}

function startOfDay(seconds: number): number {
  return seconds - (seconds % DAY);
}
