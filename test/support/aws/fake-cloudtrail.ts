/**
 * CloudTrail: the event history, Lake, and what the doctor looks at.
 */
import type { RawRecord } from '../events.js';
import { auditRows, type ResultRow } from './aggregate.js';
import { textAt } from './evidence.js';
import { tooLong } from './limits.js';
import { type Answer, json, jsonError, Loopback, type Received } from './loopback.js';

export interface FakeCloudTrailOptions {
  readonly records: readonly RawRecord[];
  /** Whose history it is. */
  readonly account?: string;
  /** Events of a page of the history; 50 at AWS. */
  readonly page?: number;
  readonly polls?: number;
  /** What a query of Lake ends as. */
  readonly ending?: { readonly QueryStatus: string; readonly ErrorMessage?: string };
  /** Answers of the operations that the doctor calls. */
  readonly answers?: Readonly<Record<string, unknown>>;
}

export interface FakeCloudTrail extends Loopback {
  readonly cancelled: readonly string[];
  readonly statements: readonly string[];
}

interface State {
  readonly cancelled: string[];
  readonly statements: string[];
  rows: readonly ResultRow[];
  polls: number;
}

export async function fakeCloudTrail(options: FakeCloudTrailOptions): Promise<FakeCloudTrail> {
  const state: State = { cancelled: [], statements: [], rows: [], polls: 0 };
  const server = await Loopback.start((received) => answer(received, options, state));
  return Object.assign(server, state);
}

function answer(received: Received, options: FakeCloudTrailOptions, state: State): Answer {
  const input = JSON.parse(received.body) as Record<string, never>;
  switch (received.operation) {
    case 'LookupEvents':
      return lookUp(input, options);
    case 'StartQuery':
      return startQuery(input, options, state);
    case 'DescribeQuery':
      return describeQuery(options, state);
    case 'GetQueryResults':
      return queryResults(input, options, state);
    case 'CancelQuery':
      state.cancelled.push(input['QueryId'] ?? '');
      return json({ QueryStatus: 'CANCELLED' });
    default: {
      const prepared = options.answers?.[received.operation];
      return prepared === undefined ? jsonError('UnsupportedOperationException') : json(prepared);
    }
  }
}

/** Events of the Region, the newest first; both ends of the time are inside. */
function lookUp(
  input: { StartTime?: number; EndTime?: number; NextToken?: string; MaxResults?: number; LookupAttributes?: { AttributeValue: string }[] }, // prettier-ignore
  options: FakeCloudTrailOptions,
): Answer {
  const { StartTime = 0, EndTime = 0, NextToken, LookupAttributes, MaxResults = 50 } = input;
  if (LookupAttributes === undefined) return newestEvent(options);
  const found = options.records
    .map((record, place) => ({
      record,
      place,
      time: Date.parse(textAt(record, 'eventTime') ?? '') / 1000,
    }))
    .filter(
      ({ record, time }) =>
        time >= StartTime &&
        time <= EndTime &&
        record['eventSource'] === LookupAttributes[0]?.AttributeValue,
    )
    .toSorted((a, b) => b.time - a.time || a.place - b.place);
  const scope = `${StartTime}-${EndTime}`;
  const [tokenScope, tokenAt] = NextToken?.split('@') ?? [scope, '0'];
  if (tokenScope !== scope) return jsonError('InvalidNextTokenException', 'The token is of another question'); // prettier-ignore
  const at = Number(tokenAt);
  const end = at + Math.min(MaxResults, options.page ?? 50);
  return json({
    Events: found.slice(at, end).map(({ record, time }) => ({
      EventId: record['eventID'],
      EventTime: time,
      CloudTrailEvent: JSON.stringify(record),
    })),
    ...(end < found.length ? { NextToken: `${scope}@${end}` } : {}),
  });
}

/** Of any service: somebody has called something, as a rule. */
function newestEvent({ account = '111111111111' }: FakeCloudTrailOptions): Answer {
  const record = { eventSource: 's3.amazonaws.com', recipientAccountId: account };
  return json({ Events: [{ EventId: 'newest', CloudTrailEvent: JSON.stringify(record) }] });
}

function startQuery(
  input: { QueryStatement?: string },
  { records }: FakeCloudTrailOptions,
  state: State,
): Answer {
  const text = input.QueryStatement ?? '';
  const refusal = tooLong(text);
  if (refusal !== null) return refusal;
  const [, from = '', to = ''] =
    /eventtime >= TIMESTAMP '([^']+)'\s+AND eventtime < TIMESTAMP '([^']+)'/.exec(text) ?? [];
  state.statements.push(text);
  state.rows = auditRows(records, Date.parse(`${from}Z`) / 1000, Date.parse(`${to}Z`) / 1000);
  return json({ QueryId: '0a1b2c3d-0000-4000-8000-000000000000' });
}

function describeQuery(options: FakeCloudTrailOptions, state: State): Answer {
  state.polls += 1;
  const running = state.polls <= (options.polls ?? 0);
  const ending = options.ending ?? { QueryStatus: 'FINISHED' };
  return json({
    ...(running ? { QueryStatus: 'RUNNING' } : ending),
    QueryStatistics: { BytesScanned: 5_000_000, EventsScanned: 1000 },
  });
}

function queryResults(
  { NextToken = '0' }: { NextToken?: string },
  options: FakeCloudTrailOptions,
  state: State,
): Answer {
  const at = Number(NextToken.replace('token-', ''));
  const end = at + (options.page ?? 1000);
  return json({
    QueryStatus: 'FINISHED',
    QueryResultRows: state.rows
      .slice(at, end)
      .map((row) => Object.entries(row).map(([name, value]) => ({ [name]: value }))),
    ...(end < state.rows.length ? { NextToken: `token-${end}` } : {}),
  });
}
