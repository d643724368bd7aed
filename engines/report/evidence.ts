/**
 * What a test of an engine has shown, for the table in the documentation.
 */
import type { TestContext } from 'vitest';

export interface Evidence {
  readonly engine: string;
  readonly version: string;
  readonly ran: string;
  /** Over which events, where the choice matters. */
  readonly events?: string;
  /** Rows or objects that came back. */
  readonly rows: number;
  /** What was compared, and that it was equal. */
  readonly equality: string;
  /** What this cannot tell, and why. */
  readonly unchecked: string;
}

declare module 'vitest' {
  interface TaskMeta {
    evidence?: Evidence;
    /** The engine that could not be had, and why. */
    skipped?: { engine: string; reason: string };
  }
}

/** To be called at the end of a test: it appears only when the test passes. */
export function shown({ task }: TestContext, evidence: Evidence): void {
  task.meta.evidence = evidence;
}
