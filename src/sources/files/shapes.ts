/**
 * Finds CloudTrail records in whatever wraps them: LookupEvents, EventBridge, CloudWatch Logs
 * subscriptions, SIEM exports, other tools' output.
 */
import { gunzipSync } from 'node:zlib';
import { isFields } from '../../cloudtrail/fields.js';

/** Wrappers are a few levels deep; hostile nesting must not exhaust the stack. */
const DEEPEST = 40;
/** CloudWatch Logs sends at most 1 MB compressed to a subscriber. */
const LARGEST_PAYLOAD = 64 * 1024 * 1024;

/** Yields every record inside a parsed value, outermost first; records are not searched. */
export function* recordsIn(
  value: unknown,
  depth = 0,
): Generator<Readonly<Record<string, unknown>>> {
  if (depth > DEEPEST) return;
  if (Array.isArray(value)) {
    for (const item of value as readonly unknown[]) yield* recordsIn(item, depth + 1);
  } else if (typeof value === 'string') {
    yield* recordsInText(value, depth);
  } else if (isFields(value)) {
    if (isRecord(value)) yield value;
    else for (const item of Object.values(value)) yield* recordsIn(item, depth + 1);
  }
}

/** Whether a value is a file that CloudTrail writes beside its logs, which holds no records. */
export function isDigest(value: unknown): boolean {
  return isFields(value) && 'digestStartTime' in value && Array.isArray(value['logFiles']);
}

function isRecord(value: Readonly<Record<string, unknown>>): boolean {
  return (
    typeof value['eventSource'] === 'string' &&
    ('eventName' in value || 'eventTime' in value || 'eventVersion' in value)
  );
}

function* recordsInText(text: string, depth: number): Generator<Readonly<Record<string, unknown>>> {
  const json = text.startsWith('H4sI') ? inflated(text) : text;
  if (json === null || !json.includes('eventSource')) return;
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return;
  }
  yield* recordsIn(value, depth + 1);
}

function inflated(base64: string): string | null {
  try {
    const bytes = Buffer.from(base64, 'base64');
    return gunzipSync(bytes, { maxOutputLength: LARGEST_PAYLOAD }).toString('utf8');
  } catch {
    return null;
  }
}
