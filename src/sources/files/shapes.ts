/**
 * Finds CloudTrail records in whatever wraps them: LookupEvents, EventBridge, CloudWatch Logs
 * subscriptions, SIEM exports, other tools' output.
 */
import { type Fields, isFields } from '../../cloudtrail/fields.js';

/** Wrappers are a few levels deep; hostile nesting must not exhaust the stack. */
const DEEPEST = 40;

/** What the search asks of whoever searches. */
export interface Unwrapping {
  /** Inflates gzip in base64, as CloudWatch Logs sends it; null when it cannot. */
  inflate(base64: string): string | null;
  /** Told of what should hold a record but cannot be read, or not as one. */
  lost(damage: 'torn-record' | 'unreadable-event'): void;
}

/** Yields every record inside a parsed value, outermost first; records are not searched. */
export function* recordsIn(value: unknown, unwrapping: Unwrapping, depth = 0): Generator<Fields> {
  if (Array.isArray(value)) {
    for (const item of value as readonly unknown[]) yield* recordsBelow(item, unwrapping, depth);
  } else if (typeof value === 'string') {
    yield* recordsInText(value, unwrapping, depth);
  } else if (isFields(value)) {
    if (isRecord(value)) yield value;
    else yield* recordsInFields(value, unwrapping, depth);
  }
}

function* recordsInFields(value: Fields, unwrapping: Unwrapping, depth: number): Generator<Fields> {
  let found = false;
  for (const item of Object.values(value)) {
    for (const record of recordsBelow(item, unwrapping, depth)) {
      found = true;
      yield record;
    }
  }
  if (!found && isLikeEvent(value)) unwrapping.lost('unreadable-event');
}

/**
 * Events in other forms: without their source or all else, with keys in lower case or flattened as engines
 * export them, or the entries of LookupEvents without the record.
 */
function isLikeEvent(value: Fields): boolean {
  const source = value['eventSource'];
  if (typeof source === 'string') return isFlat(value) || source.endsWith('.amazonaws.com');
  return Object.keys(value).some((key) => EVENT_KEYS.has(key.toLowerCase().split('.', 1)[0] ?? ''));
}

const EVENT_KEYS = new Set(['eventid', 'eventname', 'eventsource', 'useridentity', 'tlsdetails']);

function* recordsBelow(value: unknown, unwrapping: Unwrapping, depth: number): Generator<Fields> {
  if (depth < DEEPEST) yield* recordsIn(value, unwrapping, depth + 1);
  else if (typeof value === 'object' && value !== null) unwrapping.lost('torn-record');
}

/** With `userIdentity.arn` and the like for keys, as log tools export them. */
function isFlat(value: Fields): boolean {
  return Object.keys(value).some((key) => /^(?:userIdentity|tlsDetails)\./.test(key));
}

/** Whether a value is a report of this tool, which may lie among the logs. */
export function isOwnReport(value: unknown): boolean {
  const run: unknown = isFields(value) && Array.isArray(value['runs']) ? value['runs'][0] : value;
  const tool = isFields(run) ? run['tool'] : null;
  const program = isFields(tool) && isFields(tool['driver']) ? tool['driver'] : tool;
  return isFields(program) && program['name'] === 'legacy-endpoint-audit';
}

/** Whether a value is a file that CloudTrail writes beside its logs, which holds no records. */
export function isDigest(value: unknown): boolean {
  return isFields(value) && 'digestStartTime' in value && Array.isArray(value['logFiles']);
}

/** Notifications of other services have an `eventSource` too, such as `aws:kinesis`. */
export function isRecord(value: unknown): value is Fields {
  if (!isFields(value)) return false;
  const source = value['eventSource'];
  return (
    typeof source === 'string' &&
    source.endsWith('.amazonaws.com') &&
    ('eventName' in value || 'eventTime' in value || 'eventVersion' in value) &&
    !isFlat(value)
  );
}

/** Trails that log those log STS events, too, most of which are such reads. */
export function isManagementRead({ eventCategory, readOnly }: Fields): boolean {
  return eventCategory === 'Management' && readOnly === true;
}

function* recordsInText(text: string, unwrapping: Unwrapping, depth: number): Generator<Fields> {
  const json = text.startsWith(GZIP_IN_BASE64) ? unwrapping.inflate(text) : text;
  if (json === null) unwrapping.lost('torn-record');
  if (json === null || !EVENT_KEY.test(json)) return;
  const whole = parsed(json);
  // Shippers put several events into one message, each on its line.
  const values = whole === undefined ? json.trim().split('\n').map(parsed) : [whole];
  for (const value of values) {
    if (value === undefined) unwrapping.lost('torn-record');
    else yield* recordsBelow(value, unwrapping, depth);
  }
}

/** As a key, however often the text is wrapped. Shippers cut long texts, also before the source. */
const EVENT_KEY = /"(?:eventSource|eventVersion|userIdentity)\\*"\s*:/;

const GZIP_IN_BASE64 = 'H4sI';

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
