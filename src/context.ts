/**
 * The real clock and waiting. Tests hand in their own.
 */
import { setTimeout as wait } from 'node:timers/promises';
import type { Context, Progress } from './contracts.js';

export function systemContext(
  signal: AbortSignal = new AbortController().signal,
  progress: (step: Progress) => void = () => undefined,
): Context {
  return {
    now: () => Date.now(),
    sleep: async (milliseconds) => {
      // Node rejects with an error of its own, which has the signal's reason as its cause.
      await wait(milliseconds, undefined, { signal }).catch(() => signal.throwIfAborted());
    },
    signal,
    progress,
  };
}
