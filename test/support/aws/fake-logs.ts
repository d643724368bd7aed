/**
 * CloudWatch Logs, as far as Logs Insights goes: queries are evaluated over log groups in memory.
 */
import type { RawRecord } from '../events.js';
import type { executeInsights } from '../insights-ql/execute.js';
import { evidenceOf, groupBy, isGlobal, textAt } from './evidence.js';
import { tooLong } from './limits.js';
import { type Answer, json, jsonError, Loopback, type Received } from './loopback.js';

export interface FakeGroup {
  readonly records: readonly RawRecord[];
  readonly logGroupClass?: 'STANDARD' | 'INFREQUENT_ACCESS';
  readonly creationTime?: number;
  readonly retentionInDays?: number;
}

export interface FakeLogsOptions {
  readonly groups: Readonly<Record<string, FakeGroup>>;
  /** Refuses limits above this. */
  readonly mostRows?: number;
  /** Rows of a page; 10,000 at AWS. */
  readonly page?: number;
  /** Seconds between an event and its arrival in the log group. */
  readonly delay?: number;
  /** Milliseconds; where a test's clock begins by default. */
  readonly now?: number;
  /** Whether a range takes in all of its last second, or its first moment alone. */
  readonly lastSecond?: 'whole' | 'first moment';
  /** How often a query is said to be running before it is complete. */
  readonly polls?: number;
  /** What a query ends as; by its number, from 1. */
  readonly ending?: (number: number) => string;
  /** Executes the text of queries, in place of what the fake knows about them. */
  readonly execute?: typeof executeInsights;
}

const NOW = Date.UTC(2026, 6, 10);

type Fields = readonly { field: string; value: string }[];
interface Query {
  readonly text: string;
  readonly startTime: number;
  readonly endTime: number;
  readonly rows: readonly Fields[];
  readonly matched: number;
  polls: number;
}

export interface FakeLogs extends Loopback {
  readonly queries: readonly Query[];
  readonly stopped: readonly string[];
}

export async function fakeLogs(options: FakeLogsOptions): Promise<FakeLogs> {
  const queries: Query[] = [];
  const stopped: string[] = [];
  const server = await Loopback.start((received) => answer(received, options, queries, stopped));
  return Object.assign(server, { queries, stopped });
}

function answer(
  received: Received,
  options: FakeLogsOptions,
  queries: Query[],
  stopped: string[],
): Answer | Promise<Answer> {
  const input = JSON.parse(received.body) as Record<string, never>;
  switch (received.operation) {
    case 'DescribeLogGroups':
      return json({ logGroups: describe(input, options) });
    case 'StartQuery':
      return (
        tooLong(input['queryString']) ??
        start(input, options, queries).catch((error: unknown) => jsonError('MalformedQueryException', String(error)))
      ); // prettier-ignore
    case 'GetQueryResults':
      return results(input, options, queries);
    case 'StopQuery':
      stopped.push(input['queryId'] ?? '');
      return json({ success: true });
    default:
      return jsonError('UnknownOperationException');
  }
}

function describe(input: Record<string, string>, { groups }: FakeLogsOptions): unknown[] {
  return Object.entries(groups)
    .filter(([name]) => name.startsWith(input['logGroupNamePrefix'] ?? ''))
    .map(([logGroupName, { logGroupClass, creationTime, retentionInDays }]) => ({
      logGroupName,
      logGroupClass: logGroupClass ?? 'STANDARD',
      creationTime: creationTime ?? 0,
      retentionInDays,
    }));
}

async function start(
  input: { logGroupIdentifiers?: string[]; startTime?: number; endTime?: number; queryString?: string; limit?: number }, // prettier-ignore
  options: FakeLogsOptions,
  queries: Query[],
): Promise<Answer> {
  const { logGroupIdentifiers = [], startTime = 0, endTime = 0, queryString: text = '', limit = 0 } = input; // prettier-ignore
  if (logGroupIdentifiers.length > 50) return jsonError('InvalidParameterException', '50 groups');
  if (limit > (options.mostRows ?? 100_000)) return jsonError('InvalidParameterException', 'limit');
  const names = logGroupIdentifiers.map((id) => id.replace(/^arn:.*:log-group:/, ''));
  const missing = names.find((name) => options.groups[name] === undefined);
  if (missing !== undefined) return jsonError('ResourceNotFoundException', `no group ${missing}`);
  if (names.some((name) => endTime * 1000 < oldestOf(options.groups[name], options.now))) {
    return jsonError('MalformedQueryException', "Query's end date and time is either before the log groups creation time or exceeds the log groups log retention settings ([0,79])"); // prettier-ignore
  }
  const last = endTime * 1000 + (options.lastSecond === 'whole' ? 999 : 0);
  const [from, to] = loggedBetween(text);
  const events = names
    .flatMap((name) => eventsOf(name, options))
    .filter(({ logged }) => logged >= startTime * 1000 && logged <= last)
    .filter(({ logged }) => logged >= from && logged < to);
  const discovers = names.every((name) => options.groups[name]?.logGroupClass !== 'INFREQUENT_ACCESS'); // prettier-ignore
  const { rows, matched } =
    options.execute === undefined
      ? known(text, events)
      : await executed(options.execute, { text, events, discovers });
  queries.push({ text, startTime, endTime, rows: rows.slice(0, limit), matched, polls: 0 });
  return json({ queryId: `query-${queries.length}` });
}

function oldestOf(
  { creationTime = 0, retentionInDays }: Partial<FakeGroup> = {},
  now = NOW,
): number {
  const kept = retentionInDays === undefined ? 0 : now - retentionInDays * 86_400_000;
  return Math.max(creationTime, kept);
}

async function executed(
  execute: typeof executeInsights,
  { text, events, discovers }: { text: string; events: readonly Logged[]; discovers: boolean },
): Promise<Found> {
  const logged = events.map(({ record, logged: time, ptr }) => ({ '@message': JSON.stringify(record), '@timestamp': time, '@ptr': ptr })); // prettier-ignore
  const { rows, matched } = await execute(text, logged, discovers);
  return { rows: rows.map(fieldsOf), matched };
}

function known(text: string, events: readonly Logged[]): Found {
  return text.includes('| stats ') ? countRows(text, events) : callRows(events);
}

interface Found {
  readonly rows: Fields[];
  readonly matched: number;
}

interface Logged {
  readonly record: RawRecord;
  /** Milliseconds. */
  readonly logged: number;
  readonly ptr: string;
}

/** An event without a time was logged at noon of the first day. */
const NOON = '2026-07-01T12:00:00Z';

function eventsOf(name: string, { groups, delay = 0 }: FakeLogsOptions): Logged[] {
  return (groups[name]?.records ?? []).map((record, number) => {
    const happened = Date.parse(textAt(record, 'eventTime') ?? '');
    const time = Number.isNaN(happened) ? Date.parse(NOON) : happened;
    return { record, logged: time + delay * 1000, ptr: `ptr-${name}-${number}` };
  });
}

/** What the text of a query wants of `@timestamp`. */
function loggedBetween(text: string): [number, number] {
  const [, from, to] = /toMillis\(@timestamp\) >= (\d+) and toMillis\(@timestamp\) < (\d+)/.exec(text) ?? []; // prettier-ignore
  return [Number(from ?? 0), Number(to ?? Infinity)];
}

function isSts({ record }: Logged): boolean {
  return (
    record['eventSource'] === 'sts.amazonaws.com' &&
    ['us-east-1', 'global'].includes(textAt(record, 'awsRegion') ?? '')
  );
}

function callRows(events: readonly Logged[]): Found {
  const found = events.filter((event) => isSts(event) && isGlobal(event.record));
  const rows = found.map(({ record, ptr }) => [
    { field: '@message', value: JSON.stringify(record) },
    { field: '@ptr', value: ptr },
  ]);
  return { rows, matched: rows.length };
}

/** What the evidence query asks for, worked out from the parsed records. */
function countRows(text: string, events: readonly Logged[]): Found {
  const [, from = '', to = ''] = /time >= "([^"]+)" and time < "([^"]+)"/.exec(text) ?? [];
  const inside = events.filter((event) => {
    const time = textAt(event.record, 'eventTime') ?? '';
    const repeats = ['NetworkActivity', 'Insight'].includes(
      textAt(event.record, 'eventCategory') ?? '',
    );
    const untimed = !isTime(time) && /\| filter isempty\(time\) or/.test(text);
    return isSts(event) && !repeats && (untimed || (time >= from && time < to));
  });
  const groups = groupBy(
    inside,
    ({ record }) =>
    JSON.stringify({ ...evidenceOf(record), untimed: isTime(textAt(record, 'eventTime') ?? '') ? '0' : '1' }), // prettier-ignore
  );
  const rows = [...groups].map(([key, members]) => {
    const times = members.map(({ record }) => textAt(record, 'eventTime') ?? '').filter(isTime).toSorted(); // prettier-ignore
    const ids = members.flatMap(({ record }) => {
      const id = textAt(record, 'eventID') ?? '';
      return /^[\da-f]{8}-[\da-f]{4}-[1-9a-f][\da-f]{3}-[\da-f]{4}-[\da-f]{12}$/.test(id)
        ? [id]
        : [];
    });
    return fieldsOf({
      ...(JSON.parse(key) as Record<string, string | null>),
      records: String(members.length),
      identified: String(ids.length),
      ids: String(new Set(ids).size),
      firstTime: times[0] ?? null,
      lastTime: times.at(-1) ?? null,
    });
  });
  return { rows, matched: inside.length };
}

function isTime(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/.test(text);
}

/** Fields that are null are left out of a row. */
function fieldsOf(row: Readonly<Record<string, string | null>>): Fields {
  return Object.entries(row).flatMap(([field, value]) =>
    value === null ? [] : [{ field, value }],
  );
}

function results(
  { queryId = '', nextToken = '0', maxItems = 10_000 }: { queryId?: string; nextToken?: string; maxItems?: number }, // prettier-ignore
  options: FakeLogsOptions,
  queries: readonly Query[],
): Answer {
  const number = Number(queryId.replace('query-', ''));
  const query = queries[number - 1];
  if (query === undefined) return jsonError('ResourceNotFoundException');
  query.polls += 1;
  if (query.polls <= (options.polls ?? 0)) {
    // A running query shows what it has found so far.
    return json({ status: 'Running', results: query.rows.slice(0, 1), statistics: { recordsMatched: 1 } }); // prettier-ignore
  }
  const at = Number(nextToken.replace('token-', ''));
  const end = at + Math.min(maxItems, options.page ?? 10_000);
  return json({
    status: options.ending?.(number) ?? 'Complete',
    results: query.rows.slice(at, end),
    ...(end < query.rows.length ? { nextToken: `token-${end}` } : {}),
    statistics: { recordsMatched: query.matched, recordsScanned: 1000, bytesScanned: 2_000_000 },
  });
}
