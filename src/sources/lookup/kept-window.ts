/**
 * What of a window CloudTrail's event history still holds.
 */
import type { Window } from '../../contracts.js';
import { UserError } from '../../errors.js';
import type { Bounded } from '../bounded.js';

const KEPT = 90 * 86_400;
/** `--since 90d` is a moment older than 90 days when the run begins. */
export const TOLERANCE = 3600;

/** The oldest moment that the event history holds; in seconds. */
export function oldestAt(now: number): number {
  return now - KEPT;
}

/** What the event history still holds of a window; `lost` when it has dropped a part. Throws a UserError. */
export function keptWindow({ from, to }: Window, now: number): { kept: Bounded; lost: boolean } {
  const oldest = oldestAt(now);
  const kept = { from: Math.max(from ?? oldest, oldest), to: Math.min(to ?? now, now) };
  if (kept.from < kept.to) return { kept, lost: from !== null && from < oldest - TOLERANCE };
  throw new UserError(
    (to ?? now) <= oldest
      ? 'the event history keeps 90 days, and the window is older'
      : 'the window lies in the future',
    { hint: 'a trail in S3 (files s3://bucket), Athena or Logs Insights may reach further back' },
  );
}
