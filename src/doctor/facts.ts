/**
 * What an account has that could answer the question, as found.
 */

/** A look that failed, in one sentence; the rest is told all the same. */
export type Trouble = string;

export interface Facts {
  readonly trails: readonly TrailFacts[];
  /** Trails of one other Region, which calls to the global endpoint do not reach. */
  readonly elsewhere: readonly { readonly name: string; readonly region: string }[];
  readonly tables: readonly TableFacts[];
  readonly workgroups: readonly string[];
  /** ARNs of event data stores that are enabled. */
  readonly stores: readonly string[];
  /** The Region in which tables and stores were looked for. */
  readonly region: string;
  readonly troubles: readonly Trouble[];
}

export interface TrailFacts {
  readonly name: string;
  readonly homeRegion: string;
  readonly isMultiRegion: boolean;
  readonly isOrganization: boolean;
  readonly includesGlobalEvents: boolean;
  /** Null when it could not be found out. */
  readonly isLogging: boolean | null;
  readonly selection: Selection | null;
  readonly bucket: string | null;
  readonly prefix: string;
  readonly logGroup: LogGroupFacts | null;
}

/** Which management events a trail logs. */
export interface Selection {
  readonly management: 'all' | 'read' | 'write' | 'none';
  readonly leavesOutSts: boolean;
}

export interface LogGroupFacts {
  readonly name: string;
  readonly region: string;
  /** Days; null when events are kept for good, or it is not known. */
  readonly retention: number | null;
}

export interface TableFacts {
  /** `database.table`. */
  readonly name: string;
  readonly hasTlsDetails: boolean;
  readonly partitions: readonly string[];
}
