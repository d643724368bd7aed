/**
 * Finds CloudTrail records in whatever wraps them: LookupEvents, EventBridge, CloudWatch Logs
 * subscriptions, SIEM exports, other tools' output.
 */
import { gunzipSync } from 'node:zlib';
import { type Fields, isFields } from '../../cloudtrail/fields.js';

/** Wrappers are a few levels deep; hostile nesting must not exhaust the stack. */
const DEEPEST = 40;
/** CloudWatch Logs sends at most 1 MB compressed to a subscriber. */
const LARGEST_PAYLOAD = 16 * 1024 * 1024;

/**
 * Yields every record inside a parsed value, outermost first; records are not searched. Text that
 * should hold a record but cannot be read is told to `lost`.
 */
export function* recordsIn(value: unknown, lost: () => void, depth = 0): Generator<Fields> {
  if (Array.isArray(value)) {
    for (const item of value as readonly unknown[]) yield* recordsBelow(item, lost, depth);
  } else if (typeof value === 'string') {
    yield* recordsInText(value, lost, depth);
  } else if (isFields(value)) {
    if (isRecord(value)) yield value;
    else for (const item of Object.values(value)) yield* recordsBelow(item, lost, depth);
  }
}

function* recordsBelow(value: unknown, lost: () => void, depth: number): Generator<Fields> {
  if (depth < DEEPEST) yield* recordsIn(value, lost, depth + 1);
  else if (typeof value === 'object' && value !== null) lost();
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

function* recordsInText(text: string, lost: () => void, depth: number): Generator<Fields> {
  const isPacked = text.startsWith('H4sI');
  const json = isPacked ? inflated(text) : text;
  if (json === null) lost();
  if (json === null || !json.includes('eventSource')) return;
  const value = parsed(json);
  if (value !== undefined) yield* recordsBelow(value, lost, depth);
  else if (/eventSource\\*"/.test(json)) lost();
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function inflated(base64: string): string | null {
  try {
    const bytes = Buffer.from(base64, 'base64');
    return gunzipSync(bytes, { maxOutputLength: LARGEST_PAYLOAD }).toString('utf8');
  } catch {
    return null;
  }
}
