/**
 * Ending a query at AWS that nobody waits for any more: it would run on, and be charged for.
 */
import { type Attempt, failureOf } from './failure.js';

const MOST_ATTEMPTS = 3;

/**
 * Asks for the end of a query, also when the run itself is interrupted, so without its signal and
 * its clock. False when AWS did not take it; a refusal means that the query has ended by itself.
 */
export async function cancel(attempt: Attempt, send: () => Promise<unknown>): Promise<boolean> {
  for (let made = 1; made <= MOST_ATTEMPTS; made += 1) {
    try {
      await send();
      return true;
    } catch (error) {
      const failure = failureOf(error, attempt);
      if (failure?.code === 'refused') return true;
      if (failure?.transient !== true) return false;
    }
  }
  return false;
}

/** For coverage, when `cancel` returns false. */
export function notCancelled({ action }: Attempt): string {
  return `A query could not be stopped (${action}): it runs to its end and is charged for.`;
}
