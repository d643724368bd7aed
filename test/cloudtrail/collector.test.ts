import { expect, it } from 'vitest';
import { Collector } from '../../src/cloudtrail/collector.js';
import { globalCall, regionalCall } from '../support/records.js';

it('begins anew once it is emptied', () => {
  const collector = new Collector({ from: null, to: null });
  collector.add(globalCall({ eventTime: '2026-01-01T00:00:00Z' }));
  const first = collector.drain();
  collector.add(regionalCall({ eventTime: '2026-01-09T00:00:00Z' }));
  const second = collector.drain();
  const [early, late] = [Date.UTC(2026, 0, 1) / 1000, Date.UTC(2026, 0, 9) / 1000];
  expect([first.seen.spans, second.seen.spans]).toEqual([[[early, early]], [[late, late]]]);
  expect([first.hits.length, second.hits.length]).toEqual([1, 0]);
  expect(second.seen.identified).toHaveLength(5);
});
