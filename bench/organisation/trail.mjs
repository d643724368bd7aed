/**
 * A made-up organisation with a realistic trail: 40 accounts, every kind of caller, clients of
 * several eras, calls logged by two accounts, calls of AWS services without TLS details, records
 * delivered twice, late or corrected, hostile text, and mostly noise of other services and Regions.
 * Everything follows from the seed, and nothing is kept: the size is bounded by patience alone.
 */
import { randomFrom } from '../random.mjs';
import { stsCall } from './calls.mjs';
import { deliveries } from './deliveries.mjs';
import { noise } from './noise.mjs';
import { worldFrom } from './world.mjs';

/**
 * Yields `{ record, accountId, region, deliveredAt, copy, isNewCall }` for about `count` events, in
 * the order in which they happen; `copy` is 1 for a second delivery of the same event, and
 * `isNewCall` is true once for each call that shows the global endpoint, however many records it
 * leaves. Times are milliseconds, spread evenly over `days` days from `start`.
 */
export function* trail({
  seed,
  count,
  start,
  days,
  stsShare = 0.1,
  globalShare = 0.35,
  lateShare = 0.01,
}) {
  const random = randomFrom(seed);
  const world = worldFrom(random, { globalShare, middle: start + days * 43_200_000 });
  const step = (days * 86_400_000) / count;
  for (let index = 0; index < count; index += 1) {
    const time = Math.floor(start + index * step);
    const events = random.chance(stsShare) ? stsCall(world, time) : [noise(world, time)];
    let isNewCall = events[0].isGlobal === true;
    for (const event of events) {
      for (const delivery of deliveries(random, event, { time, lateShare })) {
        yield { ...delivery, isNewCall };
        isNewCall = false;
      }
    }
  }
}
