import { describe, expect, it } from 'vitest';
import { formatDay, formatTime, parseEventTime } from '../../src/cloudtrail/event-time.js';

describe('parseEventTime', () => {
  it.each([
    ['2021-10-14T21:25:20Z'],
    ['2021-10-14 21:25:20'],
    ['2021-10-14 21:25:20.000000000'],
    ['2021-10-14T23:25:20+02:00'],
    ['2021-10-14 14:25:20 -0700'],
    ['2021-10-14T21:25:20.999Z'],
  ])('reads %s', (text) => {
    expect(formatTime(parseEventTime(text) ?? 0)).toBe('2021-10-14T21:25:20Z');
  });

  it.each([
    ['redacted'],
    ['...'],
    [''],
    [null],
    [1_634_246_720],
    [{}],
    ['2021-13-41T99:00:00Z'],
    ['1969-12-31T23:59:59Z'],
    ['2026-02-30T00:00:00Z'],
    ['2025-02-29T00:00:00+01:00'],
  ])('does not read %j', (value) => {
    expect(parseEventTime(value)).toBeNull();
  });
});

describe('formatDay', () => {
  it('gives the UTC day', () => {
    expect(formatDay(parseEventTime('2026-01-10T23:59:59-01:00') ?? 0)).toBe('2026-01-11');
  });
});
