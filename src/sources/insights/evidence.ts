/**
 * Reads the result of the evidence query: STS events counted by account and by what they tell about
 * the endpoint.
 */
import { parseEventTime } from '../../cloudtrail/event-time.js';
import { normalise, type StsEvent } from '../../cloudtrail/normalise.js';
import { STS } from '../../cloudtrail/detection.js';
import type { SeenClass, SeenEvents, Span } from '../../contracts.js';
import type { Row } from './session.js';

export interface Counted {
  readonly seen: SeenEvents;
  /** Records of calls to the global endpoint, copies included: what the other query has to find. */
  readonly calls: number;
  /** Records of all rows. Fewer than the query matched means that rows were lost. */
  readonly records: number;
}

export function countEvidence(rows: readonly Row[]): Counted {
  const classes: SeenClass[] = [];
  const counted: [number, number][] = [];
  const spans: Span[] = [];
  let calls = 0;
  let records = 0;
  for (const row of rows) {
    const event = eventOf(row);
    records += numberOf(row, 'records');
    if (event === null) continue;
    // Events without an id that can serve as a key all count; of the others, each id does.
    const events = numberOf(row, 'ids') + numberOf(row, 'records') - numberOf(row, 'identified');
    counted.push([classes.push(event) - 1, events]);
    spans.push([event.time, parseEventTime(row['lastTime']) ?? event.time]);
    if (event.hit !== null) calls += numberOf(row, 'records');
  }
  return { seen: { classes, identified: new Uint32Array(), counted, spans }, calls, records };
}

/** An event such as those of the row, read by the code that reads records. */
function eventOf(row: Row): StsEvent | null {
  const result = normalise({
    eventSource: STS,
    eventTime: row['firstTime'],
    recipientAccountId: row['account'],
    tlsDetails: { clientProvidedHostHeader: row['host'] },
    additionalEventData: { RequestDetails: { endpointType: row['endpointType'] } },
    userIdentity: { invokedBy: isTrue(row['byService']) ? 'a service' : null },
    sourceIPAddress: isTrue(row['fromInside']) ? 'AWS Internal' : null,
  });
  return result.kind === 'event' ? result.event : null;
}

function isTrue(value: string | undefined): boolean {
  return value === '1' || value === 'true';
}

function numberOf(row: Row, field: string): number {
  const value = Number(row[field]);
  return Number.isFinite(value) ? value : 0;
}
