import { describe, expect, it } from 'vitest';
import { parseRow } from '../../../src/sources/engine/row.js';

const ROW = {
  account: '111111111111',
  evidence: 'missing',
  events: '3',
  lost_calls: '0',
  calls: '0',
  first_event: '1',
  last_event: '2',
  days: '[]',
  callers: '[]',
  source_addresses: '[]',
  requested_sessions: '[]',
  target_roles: '[]',
  issued_to: '[]',
  rows_total: '1',
};

describe('a row of events that are no calls', () => {
  // Lake's documentation does not say how its text results write SQL's NULL.
  it.each([null, '', 'null', undefined])('has no call, where NULL comes as %j', (nothing) => {
    const row = parseRow({ ...ROW, call: nothing ?? null, longest_session: nothing ?? null });
    expect(row).toMatchObject({ call: null, longest_session: null, events: 3 });
    const sparse = parseRow({
      ...ROW,
      days: nothing ?? null,
      callers: nothing ?? null,
      call: null,
    });
    expect(sparse).toMatchObject({ days: [], callers: [] });
  });

  it('is none of ours when a column is not what the query makes', () => {
    expect(parseRow({ ...ROW, events: 'many' })).toBeNull();
    expect(parseRow({ ...ROW, call: '{' })).toBeNull();
  });
});
