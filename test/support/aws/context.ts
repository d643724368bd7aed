import { vi } from 'vitest';
import type { Context, Progress } from '../../../src/contracts.js';

export interface TestContext extends Context {
  readonly steps: Progress[];
  readonly sleeps: number[];
  interrupt(): void;
}

/** A clock that moves only when somebody sleeps, and nobody waits. */
export function testContext(start = Date.UTC(2026, 6, 10)): TestContext {
  let now = start;
  const controller = new AbortController();
  const steps: Progress[] = [];
  const sleeps: number[] = [];
  return {
    now: () => now,
    sleep: async (milliseconds) => {
      controller.signal.throwIfAborted();
      sleeps.push(milliseconds);
      now += milliseconds;
    },
    signal: controller.signal,
    progress: (step) => steps.push(step),
    steps,
    sleeps,
    interrupt: () => controller.abort(),
  };
}

/** Credentials and no configuration but this, whatever the machine has. */
export function stubAws(): void {
  vi.unstubAllEnvs();
  for (const name of ['AWS_PROFILE', 'AWS_DEFAULT_REGION', 'AWS_ENDPOINT_URL', 'AWS_ROLE_ARN', 'AWS_WEB_IDENTITY_TOKEN_FILE']) vi.stubEnv(name, undefined); // prettier-ignore
  vi.stubEnv('AWS_CONFIG_FILE', '/dev/null');
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/dev/null');
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  vi.stubEnv('AWS_SESSION_TOKEN', undefined);
  vi.stubEnv('AWS_REGION', 'us-east-1');
}
