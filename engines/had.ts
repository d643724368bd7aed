/**
 * An engine that may not be had: a machine without Java or pip is no failure, but it is said.
 */
import type { TestContext } from 'vitest';
import { Unavailable } from './program.js';

export interface Had<T> {
  /** Null when it cannot be had. */
  readonly found: T | null;
  /** Skips a test that needs it, and says why. */
  readonly orSkip: (context: TestContext) => T;
}

/** An engine that is there and does not start is a failure, and throws. */
export async function had<T>(engine: string, start: () => T | Promise<T>): Promise<Had<T>> {
  try {
    const found = await start();
    return { found, orSkip: () => found };
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    const reason = error.message;
    return {
      found: null,
      orSkip: ({ task, skip }) => {
        task.meta.skipped = { engine, reason };
        return skip(reason);
      },
    };
  }
}
