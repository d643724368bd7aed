/**
 * What an account has that could answer the question, as found.
 */

/** A look that failed, in one sentence; the rest is told all the same. */
export type Trouble = string;

/** Lists are null where nothing could be looked at, which is not the same as none. */
export interface Facts {
  readonly trails: readonly TrailFacts[] | null;
  /** Trails of one other Region, which calls to the global endpoint do not reach. */
  readonly elsewhere: readonly { readonly name: string; readonly region: string }[];
  readonly tables: readonly TableFacts[] | null;
  /** One that can run queries, as far as that could be found out. */
  readonly workgroup: WorkgroupFacts | null;
  /** ARNs of event data stores that are enabled. */
  readonly stores: readonly string[] | null;
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
  /** What the last attempts to deliver failed with, to the bucket and to the log group. */
  readonly deliveryErrors: readonly string[];
  readonly selection: Selection | null;
  readonly bucket: string | null;
  readonly prefix: string;
  readonly logGroup: LogGroupFacts | null;
}

/** Which management events a trail logs: of STS, if it logs any of those. */
export interface Selection {
  readonly management: 'all' | 'read' | 'write' | 'none';
  readonly leavesOutSts: boolean;
  /** Fields that its selectors choose by besides: what they leave out is not known. */
  readonly narrowedBy: readonly string[];
}

export interface LogGroupFacts {
  readonly name: string;
  readonly region: string;
  /** Days; null when events are kept for good, or it is not known. */
  readonly retention: number | null;
  /** The account that has it, where that is not the one that was looked at. */
  readonly elsewhere: string | null;
}

export interface TableFacts {
  /** `database.table`. */
  readonly name: string;
  /** Why `athena` would refuse it, with what to do; null when it would not. */
  readonly problem: string | null;
  readonly partitions: readonly string[];
  /** Whether partitions of days have to be added to it. */
  readonly isRegistered: boolean;
}

export interface WorkgroupFacts {
  readonly name: string;
  /** Whether it says where results go, or keeps them itself. */
  readonly hasOutput: boolean;
}
