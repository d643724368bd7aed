import type { Context } from '../../src/contracts.js';

/** The run's context with the real clock, for the parts of a source that are used alone. */
export function patiently(): Context {
  return {
    now: () => Date.now(),
    sleep: async (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    signal: new AbortController().signal,
    progress: () => undefined,
  };
}
