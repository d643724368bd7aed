import { describe, expect, it } from 'vitest';
import { Collector } from '../../src/cloudtrail/collector.js';
import type { SeenEvents } from '../../src/contracts.js';
import { SeenCounter } from '../../src/report/seen-counter.js';
import { globalCall, type Json, regionalCall, serviceCall } from '../support/records.js';

function seenIn(records: readonly Json[]): SeenEvents {
  const collector = new Collector({ from: null, to: null });
  for (const record of records) collector.add(record);
  return collector.drain().seen;
}

describe('SeenCounter', () => {
  it('counts events once, by what they can tell', () => {
    const records = [globalCall(), regionalCall(), serviceCall(), globalCall({ tlsDetails: null })];
    const counter = new SeenCounter();
    counter.add(seenIn(records));
    counter.add(seenIn(records));
    expect(counter.result()).toMatchObject({
      stsEvents: 4,
      assessable: 2,
      notAssessable: 2,
      notAssessableByAwsServices: 1,
      exact: true,
      firstEvent: '2026-01-10T12:00:00Z',
      lastEvent: '2026-01-10T12:00:00Z',
    });
  });

  it('counts by account', () => {
    const counter = new SeenCounter();
    counter.add(seenIn([globalCall(), globalCall({ recipientAccountId: '444455556666' })]));
    expect(
      counter.result().accounts.map(({ accountId, stsEvents }) => [accountId, stsEvents]),
    ).toEqual([
      ['111122223333', 1],
      ['444455556666', 1],
    ]);
  });

  it('keeps when the events of each account happened', () => {
    const counter = new SeenCounter();
    const other = { recipientAccountId: '444455556666' };
    counter.add(seenIn([regionalCall({ ...other, eventTime: '2026-01-02T00:00:00Z' })]));
    counter.add(
      seenIn([globalCall({ ...other, eventTime: '2026-01-01T00:00:00Z' }), globalCall()]),
    );
    expect(counter.result().accounts).toMatchObject([
      { firstEvent: '2026-01-10T12:00:00Z', lastEvent: '2026-01-10T12:00:00Z' },
      { firstEvent: '2026-01-01T00:00:00Z', lastEvent: '2026-01-02T00:00:00Z' },
    ]);
  });

  it('counts records as read, and says so, when there are too many ids to remember', () => {
    const records = [globalCall(), regionalCall(), serviceCall()];
    const counter = new SeenCounter(2);
    counter.add(seenIn(records));
    counter.add(seenIn(records));
    expect(counter.result()).toMatchObject({ exact: false, stsEvents: 6, assessable: 4 });
  });
});
