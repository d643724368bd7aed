/**
 * Runs the program inside the test, on a clock of the test's.
 */
import { Readable } from 'node:stream';
import { vi } from 'vitest';
import { main } from '../../src/main.js';
import type { Outcome } from './cli.js';

/** `now` in milliseconds; the real clock without it. */
export async function runMain(argv: readonly string[], now?: number): Promise<Outcome> {
  let [stdout, stderr] = ['', ''];
  if (now !== undefined) vi.useFakeTimers({ toFake: ['Date'], now });
  try {
    const code = await main(argv, {
      stdin: Readable.from([]),
      stdout: (text) => (stdout += text),
      stderr: (text) => (stderr += text),
      isTerminal: false,
      interruption: new AbortController().signal,
    });
    return { code, stdout, stderr };
  } finally {
    vi.useRealTimers();
  }
}
