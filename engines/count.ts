/**
 * A count of a corpus that shares no code with the product: ids, updates, copies in two accounts and
 * the window, and nothing else. What engines and `files` agree on could still be wrong in both.
 */
import { dig, isGlobal, textAt } from '../test/support/aws/evidence.js';
import type { RawRecord } from '../test/support/events.js';
import { type Corpus, recordsOf } from './corpus.js';

export interface Count {
  readonly stsEvents: number;
  /** With those of AWS services. */
  readonly calls: number;
}

/** For events that have a UUID each, as those of an organisation. */
export function count(corpus: Corpus): Count {
  const events = new Map<string, RawRecord>();
  for (const record of recordsOf(corpus)) {
    if (isCounted(record, corpus)) events.set(textAt(record, 'eventID') ?? '', record);
  }
  const calls = [...events].filter(([, record]) => isGlobal(record));
  const replaced = new Set(calls.map(([, record]) => replacedBy(record)));
  const left = calls.filter(([id]) => !replaced.has(id));
  return {
    stsEvents: events.size,
    calls: new Set(left.map(([id, record]) => textAt(record, 'sharedEventID') ?? id)).size,
  };
}

function isCounted(record: RawRecord, { from, to }: Corpus): boolean {
  const time = textAt(record, 'eventTime') ?? '';
  const isSts = record['eventSource'] === 'sts.amazonaws.com';
  return isSts && record['awsRegion'] === 'us-east-1' && time >= from && time < to;
}

function replacedBy(record: RawRecord): string | null {
  if (dig(record, 'addendum', 'reason') !== 'UPDATED_DATA') return null;
  return textAt(record, 'addendum', 'originalEventID');
}
