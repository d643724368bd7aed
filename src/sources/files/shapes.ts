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
  /** Told of what should hold a record but cannot be read. */
  lost(): void;
}

/** Yields every record inside a parsed value, outermost first; records are not searched. */
export function* recordsIn(value: unknown, unwrapping: Unwrapping, depth = 0): Generator<Fields> {
  if (Array.isArray(value)) {
    for (const item of value as readonly unknown[]) yield* recordsBelow(item, unwrapping, depth);
  } else if (typeof value === 'string') {
    yield* recordsInText(value, unwrapping, depth);
  } else if (isFields(value)) {
    if (isRecord(value)) yield value;
    else for (const item of Object.values(value)) yield* recordsBelow(item, unwrapping, depth);
  }
}

function* recordsBelow(value: unknown, unwrapping: Unwrapping, depth: number): Generator<Fields> {
  if (depth < DEEPEST) yield* recordsIn(value, unwrapping, depth + 1);
  else if (typeof value === 'object' && value !== null) unwrapping.lost();
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
    ('eventName' in value || 'eventTime' in value || 'eventVersion' in value)
  );
}

function* recordsInText(text: string, unwrapping: Unwrapping, depth: number): Generator<Fields> {
  const json = text.startsWith(GZIP_IN_BASE64) ? unwrapping.inflate(text) : text;
  if (json === null) unwrapping.lost();
  if (json === null || !json.includes('eventSource')) return;
  const value = parsed(json);
  if (value !== undefined) yield* recordsBelow(value, unwrapping, depth);
  else if (/eventSource\\*"/.test(json)) unwrapping.lost();
}

const GZIP_IN_BASE64 = 'H4sI';

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
