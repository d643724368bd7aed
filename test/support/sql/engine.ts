/**
 * What runs SQL here, in place of Athena's and Lake's engine.
 */
export interface Engine {
  readonly run: (sql: string) => Promise<Answer>;
}

export interface Answer {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  /** Bytes that were read from storage; 0 where the engine does not tell. */
  readonly bytesRead: number;
}

/** Results of both protocols of AWS are text. */
export type Cell = string | number | boolean | null;
