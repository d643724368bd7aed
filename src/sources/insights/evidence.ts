/**
 * Reads the result of the evidence query: STS events counted by account and by what they tell about
 * the endpoint.
 */
import { parseEventTime } from '../../cloudtrail/event-time.js';
import { normalise, type Normalised } from '../../cloudtrail/normalise.js';
import { STS } from '../../cloudtrail/detection.js';
import type { SeenClass, SeenEvents, Span } from '../../contracts.js';
import type { Row } from './session.js';

export interface Counted {
  readonly seen: SeenEvents;
  /** Records of calls to the global endpoint, copies included: what the other query has to find. */
  readonly calls: number;
  /** Records of calls without a time that can be read: only their text tells whether they count. */
  readonly untimedCalls: number;
  /** Other records without such a time. */
  readonly untimedOthers: number;
  /** Records of all rows. Fewer than the query matched means that rows were lost. */
  readonly records: number;
}

export function countEvidence(rows: readonly Row[]): Counted {
  const classes: SeenClass[] = [];
  const counted: [number, number][] = [];
  const spans: Span[] = [];
  const records = { all: 0, calls: 0, untimedCalls: 0, untimedOthers: 0 };
  for (const row of rows) {
    const result = eventOf(row);
    records.all += numberOf(row, 'records');
    if (result.kind === 'rejected') {
      records[result.rejection.global ? 'untimedCalls' : 'untimedOthers'] += numberOf(row, 'records'); // prettier-ignore
    }
    if (result.kind !== 'event') continue;
    const { event } = result;
    // Events without an id that can serve as a key all count; of the others, each id does.
    const events = numberOf(row, 'ids') + numberOf(row, 'records') - numberOf(row, 'identified');
    counted.push([classes.push(event) - 1, events]);
    spans.push([event.time, parseEventTime(row['lastTime']) ?? event.time]);
    if (event.hit !== null) records.calls += numberOf(row, 'records');
  }
  const { all, ...kinds } = records;
  const seen = { classes, identified: new Uint32Array(), counted, spans };
  return { seen, ...kinds, records: all };
}

/** An event such as those of the row, read by the code that reads records. */
function eventOf(row: Row): Normalised {
  return normalise({
    eventSource: STS,
    eventTime: isTrue(row['untimed']) ? null : row['firstTime'],
    recipientAccountId: row['account'],
    tlsDetails: { clientProvidedHostHeader: row['host'] },
    additionalEventData: { RequestDetails: { endpointType: row['endpointType'] } },
    userIdentity: { invokedBy: isTrue(row['byService']) ? 'a service' : null },
    sourceIPAddress: isTrue(row['fromInside']) ? 'AWS Internal' : null,
  });
}

function isTrue(value: string | undefined): boolean {
  return value === '1' || value === 'true';
}

function numberOf(row: Row, field: string): number {
  const value = Number(row[field]);
  return Number.isFinite(value) ? value : 0;
}
