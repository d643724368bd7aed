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

/** What is kept of a record of a call: a trail of any size has to fit. */
interface Call {
  /** The same for both records of a call that two accounts logged. */
  readonly key: string;
  /** The event that this one updates. */
  readonly replaces: string | null;
}

/** For events that have a UUID each, as those of an organisation. */
export function count(corpus: Corpus): Count {
  const events = new Set<string>();
  const calls = new Map<string, Call>();
  for (const record of recordsOf(corpus)) {
    if (!isCounted(record, corpus)) continue;
    const id = textAt(record, 'eventID') ?? '';
    events.add(id);
    if (isGlobal(record)) calls.set(id, { key: textAt(record, 'sharedEventID') ?? id, replaces: replacedBy(record) }); // prettier-ignore
  }
  const replaced = new Set([...calls.values()].map(({ replaces }) => replaces));
  const left = [...calls].filter(([id]) => !replaced.has(id));
  return { stsEvents: events.size, calls: new Set(left.map(([, { key }]) => key)).size };
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
