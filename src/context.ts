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
    sleep: (milliseconds) => wait(milliseconds, undefined, { signal }),
    signal,
    progress,
  };
}
