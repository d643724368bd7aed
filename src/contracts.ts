/**
 * The shapes that cross folder borders, described once; the folders know these, not each other.
 */
import type { Deliveries } from './cloudtrail/deliveries.js';
import type { GapCode } from './gap-codes.js';
import type { CellCounts, Distinct, OptionalKind, SampleKind, Samples } from './samples.js';

/** Why a record counts as a call to the global endpoint. Any one of them suffices. */
export type Signal = 'host-header' | 'served-host' | 'endpoint-type';

/** The kinds of caller that can own a change. */
export type PrincipalType =
  | 'role'
  | 'user'
  | 'root'
  | 'federated-user'
  | 'web-identity'
  | 'saml'
  | 'external-account'
  | 'identity-center-user'
  | 'directory-user'
  | 'aws-service'
  | 'unknown';

/** Who made the call, with sessions folded away. */
export interface Principal {
  readonly type: PrincipalType;
  /** Canonical text: an ARN where CloudTrail gives one. Equal ids of one type are one principal. */
  readonly id: string;
  /** The account the principal lives in: 12 digits, or null when the record does not say. */
  readonly accountId: string | null;
}

/**
 * One normalised call to the global endpoint, or a cell of equal calls that an engine has counted.
 * Times are whole seconds since 1970-01-01T00:00:00Z.
 */
export interface Hit {
  /** CloudTrail's eventID, a UUID; null when the record has none that can serve as a key. */
  readonly eventId: string | null;
  /** Joins the two copies of one cross-account call; null when absent or not a UUID. */
  readonly sharedEventId: string | null;
  /** The eventID that this record replaces (addendum UPDATED_DATA), else null. */
  readonly replacesEventId: string | null;
  /** Which account's copy of a call this is. A caller's copy is preferred to a target's. */
  readonly copy: 'caller' | 'target';
  /** 1 for a record; the number of calls for a cell. A cell must not span UTC days. */
  readonly count: number;
  readonly firstSeen: number;
  readonly lastSeen: number;
  /** The account that logged the call (recipientAccountId): 12 digits, or '' when unknown. */
  readonly accountId: string;
  readonly principal: Principal;
  /** The AWS service that made the call, or made it on the principal's behalf; else null. */
  readonly awsService: string | null;
  readonly vpcEndpointId: string | null;
  readonly operation: string;
  readonly errorCode: string | null;
  readonly servingRegion: string | null;
  readonly tlsVersion: string | null;
  readonly signals: readonly Signal[];
  /** The evidence contradicts itself: one field says global, another says Regional. */
  readonly disagrees: boolean;
  /** Longest `durationSeconds` asked for; null when no session length was requested. */
  readonly durationSeconds: number | null;
  /** The user agent as logged; '' when the record has none. */
  readonly userAgent: string;
  /** A record has at most one value of each; a cell may have many. */
  readonly sourceAddresses: readonly string[];
  readonly sessionNames: readonly string[];
  readonly requestedSessionNames: readonly string[];
  readonly targetRoles: readonly string[];
  /**
   * ARNs behind the credentials: of the compute resource (userIdentity.inScopeOf), or of the OIDC
   * provider that a role session came through (its webIdFederationData).
   */
  readonly issuedTo: readonly string[];
  /** How many calls of a cell carry each sample; null for a record, which is one call. */
  readonly cell: CellCounts | null;
}

/** What an STS event can tell about the endpoint it reached. */
export type Evidence = 'assessable' | 'aws-service' | 'missing';

/** First and last moment. */
export type Span = readonly [number, number] | null;

/** One class of STS events for the count of what was looked at. */
export interface SeenClass {
  readonly accountId: string;
  readonly evidence: Evidence;
}

/**
 * STS events that were looked at, hits or not. Events with a usable id are given by id, so that a
 * second copy is not counted; the rest are given by number.
 */
export interface SeenEvents {
  readonly classes: readonly SeenClass[];
  /** Five words an event: the four of its UUID, then an index into `classes`. */
  readonly identified: Uint32Array<ArrayBuffer>;
  /** `[index into classes, number of events]`. */
  readonly counted: readonly (readonly [number, number])[];
  /** Earliest and latest event time of each class, in seconds; null where no time is known. */
  readonly spans: readonly Span[];
}

export interface Batch {
  readonly hits: readonly Hit[];
  readonly seen: SeenEvents;
}

/** Half-open, UTC: an event counts when `from <= eventTime < to`. Seconds; null is unbounded. */
export interface Window {
  readonly from: number | null;
  readonly to: number | null;
}

/** Something that keeps the evidence from being complete. */
export interface Gap {
  /** Stable word for scripts, such as `truncated` or `access-denied`. */
  readonly code: GapCode;
  /** The file, account, query or Region that it concerns. */
  readonly subject: string;
  /** One sentence for people. */
  readonly message: string;
}

/** What a source did and did not see. A source cannot finish without stating it. */
export interface Coverage {
  /** Source name, such as `files`. */
  readonly source: string;
  /** What was read: paths, log groups, a table. */
  readonly targets: readonly string[];
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
  readonly deliveries?: readonly Deliveries[];
  /** Empty when every row that matched was read. */
  readonly gaps: readonly Gap[];
  /** What was left out on purpose, and what a reader should know. */
  readonly notes: readonly string[];
  /** Records that could not be used, by reason. */
  readonly rejected: Readonly<Record<string, number>>;
  /** Counts of the backend: files, bytes, rows, pages. Whole numbers. */
  readonly figures: Readonly<Record<string, number>>;
}

/** Where the evidence comes from. */
export interface Source {
  readonly name: string;
  /** Yields what it finds; the return value says what it covered. */
  collect(window: Window, context: Context): AsyncGenerator<Batch, Coverage, void>;
  /** The exact query text and calls, for dry runs. */
  explain?(window: Window): string;
}

/** A step of long work. Totals are null while they are not known. */
export interface Progress {
  readonly source: string;
  readonly unit: 'files' | 'pages' | 'queries' | 'objects';
  readonly done: number;
  readonly total: number | null;
  readonly bytes: number;
  readonly totalBytes: number | null;
  /** Text that the source wants shown, such as a query's state. */
  readonly detail?: string;
}

/** What the run hands to a source: the clock, waiting, interruption and progress. */
export interface Context {
  /** Milliseconds since 1970. */
  now(): number;
  /** Rejects with the signal's reason when interrupted. */
  sleep(milliseconds: number): Promise<void>;
  readonly signal: AbortSignal;
  progress(step: Progress): void;
}

/** The software that made the call, read from its user agent. Null where the text does not say. */
export interface Client {
  /** Product as people know it, such as `AWS CLI v1`; the cleaned user agent when it is unknown. */
  readonly product: string;
  readonly version: string | null;
  /** The SDK whose version decides the default endpoint, such as `botocore`. */
  readonly sdk: string | null;
  readonly sdkVersion: string | null;
  /** Language runtime, such as `Python 3.9`. */
  readonly runtime: string | null;
  /** Such as `AWS_Lambda_python3.12`, from `exec-env/`. */
  readonly executionEnvironment: string | null;
  /** The owner-set id of `app/`, else the name that the owner put beside that of the SDK; no version. */
  readonly applicationId: string | null;
  /** Whether the string carries the mark of a configured endpoint override (feature `N`). */
  readonly endpointOverride: boolean;
}

/** What was counted for one finding, before any judgement. Times are ISO 8601 in UTC. */
export interface FindingFacts {
  readonly accountId: string;
  readonly principal: Principal;
  readonly client: Client;
  readonly vpcEndpointId: string | null;
  readonly calls: number;
  readonly firstSeen: string;
  readonly lastSeen: string;
  /** Calls by signal; a call with two signals counts in both. */
  readonly signals: Readonly<Record<Signal, number>>;
  /** Calls whose fields contradict each other about the endpoint. */
  readonly disagreements: number;
  readonly operations: Readonly<Record<string, number>>;
  /** Failed calls by error code. */
  readonly errors: Readonly<Record<string, number>>;
  /** Calls by UTC day, `YYYY-MM-DD`. */
  readonly callsPerDay: Readonly<Record<string, number>>;
  /** Calls by `awsServingRegion`; calls without the field (before 2025) count under `unknown`. */
  readonly servingRegions: Readonly<Record<string, number>>;
  /** Calls by TLS version; calls without one count under `unknown`. */
  readonly tlsVersions: Readonly<Record<string, number>>;
  readonly longestSessionSeconds: number | null;
  readonly distinct: Readonly<Record<SampleKind, Distinct>>;
  readonly samples: Samples;
  /** Calls that carry no value of the kind. */
  readonly callsWithout: Readonly<Record<OptionalKind, number>>;
}
