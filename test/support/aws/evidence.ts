/**
 * What a record tells about the endpoint: the fakes' own reading, apart from the product's.
 */
import { FROM, type Json, type RawRecord } from '../events.js';

/** In milliseconds. */
const MONTH = 30 * 86_400_000;

export function dig(value: Json | undefined, ...path: readonly string[]): Json {
  let found: Json | undefined = value;
  for (const key of path) {
    const inside = typeof found === 'object' && found !== null && !Array.isArray(found);
    found = inside ? (found as RawRecord)[key] : undefined;
  }
  return found ?? null;
}

export function textAt(record: RawRecord, ...path: readonly string[]): string | null {
  const found = dig(record, ...path);
  return typeof found === 'string' && found !== '' ? found : null;
}

export function hostOf(record: RawRecord): string | null {
  const host = textAt(record, 'tlsDetails', 'clientProvidedHostHeader');
  return host === null
    ? null
    : host
        .trim()
        .toLowerCase()
        .replace(/\.?(:\d+)?$/, '');
}

export function endpointTypeOf(record: RawRecord): string | null {
  return textAt(record, 'additionalEventData', 'RequestDetails', 'endpointType');
}

export function isGlobal(record: RawRecord): boolean {
  return (
    /^sts(-global\.[a-z0-9-]+)?\.amazonaws\.com$/.test(hostOf(record) ?? '') ||
    endpointTypeOf(record) === 'global'
  );
}

/** The groups of the evidence query of Logs Insights. */
export function evidenceOf(record: RawRecord): Record<string, string | null> {
  const source = textAt(record, 'sourceIPAddress') ?? '';
  const inside = source.startsWith('AWS Internal') || source.endsWith('.amazonaws.com');
  return {
    account: textAt(record, 'recipientAccountId') ?? textAt(record, 'userIdentity', 'accountId'),
    host: textAt(record, 'tlsDetails', 'clientProvidedHostHeader'),
    endpointType: endpointTypeOf(record),
    byService: textAt(record, 'userIdentity', 'invokedBy') === null ? '0' : '1',
    fromInside: inside ? '1' : '0',
  };
}

/**
 * The day of the log file that holds it, `late` seconds after the event: `2026-07-01`. What has no
 * time, or an odd one, is delivered on the first day of the tests' window.
 */
export function deliveryDay(record: RawRecord, late: number): string {
  const time = Date.parse(textAt(record, 'eventTime') ?? '');
  const event = Math.abs(time - FROM * 1000) < MONTH ? time : FROM * 1000;
  return new Date(event + late * 1000).toISOString().slice(0, 10);
}

export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}
