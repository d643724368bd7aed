/**
 * From rows that an engine has counted to hits. SQL only puts together what is alike; what the
 * fields mean is read by the same code as for single records, from a record made of them.
 */
import type { Batch, Evidence, Hit, SeenClass, SeenEvents, Span } from '../../contracts.js';
import type { SampleKind } from '../../samples.js';
import { formatTime } from '../../cloudtrail/event-time.js';
import { normalise } from '../../cloudtrail/normalise.js';
import { STS } from '../../cloudtrail/detection.js';
import { fieldsOf } from '../../cloudtrail/fields.js';
import type { Caller, EngineRow } from './row.js';

export interface Cells {
  readonly batch: Batch;
  /** Records that could not be used, by reason, copies included. */
  readonly rejected: Readonly<Record<string, number>>;
  /** Calls to the global endpoint among them. */
  readonly lostCalls: number;
  /** Calls that the engine takes for global and this program does not: a defect of either. */
  readonly disputedCalls: number;
  /** Calls of rows whose days do not add up to them: what the engine counted, and what came. */
  readonly torn: { readonly counted: number; readonly came: number };
}

export function toCells(rows: readonly EngineRow[]): Cells {
  const hits: Hit[] = [];
  let disputedCalls = 0;
  for (const row of rows.filter(({ days }) => days.length > 0)) {
    const cells = hitsOf(row);
    if (cells === null) disputedCalls += callsOf(row);
    else hits.push(...cells);
  }
  return {
    batch: { hits, seen: seenOf(rows) },
    rejected: rejectedOf(rows),
    lostCalls: rows.reduce((sum, row) => sum + row.lost_calls, 0),
    disputedCalls,
    torn: tornOf(rows),
  };
}

function callsOf({ days }: EngineRow): number {
  return days.reduce((sum, [, , calls]) => sum + calls, 0);
}

function tornOf(rows: readonly EngineRow[]): Cells['torn'] {
  const torn = rows.filter((row) => row.calls !== callsOf(row));
  return {
    counted: torn.reduce((sum, { calls }) => sum + calls, 0),
    came: torn.reduce((sum, row) => sum + callsOf(row), 0),
  };
}

/**
 * One hit a day. The engine counts the samples of all days together, which is how they are reported,
 * so the first day has them all.
 */
function hitsOf(row: EngineRow): Hit[] | null {
  const representative = hitOf(row, row.callers[0] ?? ['', '', '', 0]);
  if (representative === null) return null;
  return row.days.map(([firstSeen, lastSeen, count], day) => ({
    ...representative,
    count,
    firstSeen,
    lastSeen,
    durationSeconds: row.longest_session ?? null,
    ...(day === 0 ? samplesOf(row) : NO_SAMPLES),
  }));
}

type CellSamples = Pick<Hit, Exclude<SampleKind, 'userAgents'> | 'cell'>;

const NO_SAMPLES: CellSamples = {
  sourceAddresses: [],
  sessionNames: [],
  requestedSessionNames: [],
  targetRoles: [],
  issuedTo: [],
  cell: { sessionNames: new Map(), issuedTo: new Map() },
};

function samplesOf(row: EngineRow): CellSamples {
  const sessionNames = callsByValue(
    row.callers.map((caller) => [hitOf(row, caller)?.sessionNames[0] ?? '', caller[3]]),
  );
  const issuedTo = callsByValue(row.issued_to);
  return {
    sourceAddresses: row.source_addresses,
    sessionNames: present(sessionNames),
    requestedSessionNames: row.requested_sessions,
    targetRoles: row.target_roles,
    issuedTo: present(issuedTo),
    cell: { sessionNames, issuedTo },
  };
}

/** Callers with different names may have one session name. */
function callsByValue(counted: readonly (readonly [string, number])[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const [value, calls] of counted) sums.set(value, (sums.get(value) ?? 0) + calls);
  return sums;
}

function present(counts: ReadonlyMap<string, number>): string[] {
  return [...counts.keys()].filter((value) => value !== '');
}

function hitOf(row: EngineRow, [arn, principalId, userName]: Caller): Hit | null {
  const record: Record<string, unknown> = {
    eventSource: STS,
    eventTime: formatTime(row.days[0]?.[0] ?? 0),
  };
  const identity = {
    'userIdentity.arn': arn,
    'userIdentity.principalId': principalId,
    'userIdentity.userName': userName,
  };
  for (const [path, value] of Object.entries({ ...row.call, ...identity })) {
    place(record, path.split('.'), value);
  }
  const result = normalise(record);
  return result.kind === 'event' ? result.event.hit : null;
}

function place(record: Record<string, unknown>, path: readonly string[], value: string): void {
  const [key = '', ...rest] = path;
  if (rest.length === 0) {
    record[key] = value;
    return;
  }
  const inner = { ...fieldsOf(record[key]) };
  record[key] = inner;
  place(inner, rest, value);
}

function seenOf(rows: readonly EngineRow[]): SeenEvents {
  const classes: SeenClass[] = [];
  const counted: [number, number][] = [];
  const spans: Span[] = [];
  for (const { account, evidence, events, first_event: first, last_event: last } of rows) {
    if (!isEvidence(evidence) || events === 0) continue;
    counted.push([classes.push({ accountId: account, evidence }) - 1, events]);
    spans.push(first === null || last === null ? null : [first, last]);
  }
  return { classes, identified: new Uint32Array(), counted, spans };
}

function rejectedOf(rows: readonly EngineRow[]): Record<string, number> {
  const rejected: Record<string, number> = {};
  for (const { evidence, events } of rows) {
    if (!isEvidence(evidence)) rejected[evidence] = (rejected[evidence] ?? 0) + events;
  }
  return rejected;
}

function isEvidence(evidence: EngineRow['evidence']): evidence is Evidence {
  return evidence === 'assessable' || evidence === 'aws-service' || evidence === 'missing';
}
