/**
 * One call to AWS: attempts, pauses between them, interruption.
 */
import type { Context } from '../contracts.js';
import { type Attempt, type Failure, failureOf } from './failure.js';

const MOST_ATTEMPTS = 8;
/** Trouble of the network passes; a Region that does not exist need not be waited for. */
const MOST_ATTEMPTS_AT_NO_HOST = 4;
const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 20_000;

/** A call that AWS has answered with a failure, or not at all, to the last attempt. */
export class CallError extends Error {
  readonly failure: Failure;

  constructor(failure: Failure, cause: unknown) {
    super(failure.message, { cause });
    this.name = 'CallError';
    this.failure = failure;
  }
}

/**
 * Attempts a call again after throttling, an error of the server or of the network, and after
 * nothing else. Rejects with a CallError, or with the signal's reason when interrupted.
 */
export async function call<T>(
  context: Pick<Context, 'signal' | 'sleep'>,
  attempt: Attempt,
  send: (options: { abortSignal: AbortSignal }) => Promise<T>,
): Promise<T> {
  for (let made = 1; ; made += 1) {
    context.signal.throwIfAborted();
    try {
      return await send({ abortSignal: context.signal });
    } catch (error) {
      context.signal.throwIfAborted();
      const failure = failureOf(error, attempt);
      if (failure === null) throw error;
      const most = failure.code === 'no-such-host' ? MOST_ATTEMPTS_AT_NO_HOST : MOST_ATTEMPTS;
      if (!failure.transient || made === most) throw new CallError(failure, error);
      await context.sleep(pauseAfter(made));
    }
  }
}

/** Milliseconds. Random, so that many callers do not come back at the same moment. */
function pauseAfter(attempts: number): number {
  const longest = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** attempts);
  return longest / 2 + (Math.random() * longest) / 2;
}
