/**
 * How records reach the bucket: five minutes later as a rule, sometimes hours later and past
 * midnight, sometimes twice, and now and then corrected by a later record.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/get-and-view-cloudtrail-log-files.html
 */
import { ordered } from './record.mjs';

const SOON = 300_000;
const LATE = 40_000_000;
const AGAIN = 600_000;

/** Each delivery of an event that happened at `time`, and of its correction. */
export function* deliveries(random, event, { time, lateShare }) {
  const isLate = random.chance(lateShare);
  const record = isLate ? withAddendum(event.record, { reason: 'DELIVERY_DELAY' }) : event.record;
  const deliveredAt = time + (isLate ? LATE : SOON);
  yield { ...event, record, deliveredAt, copy: 0 };
  if (random.chance(0.01)) yield { ...event, record, deliveredAt: deliveredAt + AGAIN, copy: 1 };
  if (random.chance(0.004)) yield { ...event, record: corrected(random, record), deliveredAt: deliveredAt + AGAIN, copy: 0 }; // prettier-ignore
}

/** The same event with another field and an id of its own; it replaces the one that it names. */
function corrected(random, record) {
  const { eventID, requestID } = record;
  const addendum = {
    reason: 'UPDATED_DATA',
    updatedFields: 'sourceIPAddress',
    originalRequestID: requestID,
    originalEventID: eventID,
  };
  const sourceIPAddress = `203.0.113.${random.below(256)}`;
  return withAddendum({ ...record, sourceIPAddress, eventID: random.uuid() }, addendum);
}

function withAddendum(record, addendum) {
  return ordered({ ...record, addendum });
}
