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

/** All that comes page by page. */
export async function allOf<T>(pages: AsyncIterable<readonly T[]>): Promise<T[]> {
  const all: T[] = [];
  for await (const page of pages) all.push(...page);
  return all;
}

/** What a source would note in its coverage. */
export function unheard(): void {}
