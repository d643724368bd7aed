/**
 * What runs SQL here, in place of Athena's and Lake's engine.
 */
export interface Engine {
  readonly run: (sql: string, follower?: Follower) => Promise<Answer>;
}

/** Whoever follows a statement while it runs; an engine that tells nothing meanwhile has no use for one. */
export interface Follower {
  /** Bytes that were read from storage so far. */
  readonly read: (bytes: number) => void;
  /** Aborted when the statement is to be cancelled: it rejects then. */
  readonly signal: AbortSignal;
}

export interface Answer {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  /** Bytes that were read from storage; 0 where the engine does not tell. */
  readonly bytesRead: number;
}

/** Results of both protocols of AWS are text. */
export type Cell = string | number | boolean | null;
