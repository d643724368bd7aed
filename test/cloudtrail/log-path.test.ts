import { describe, expect, it } from 'vitest';
import type { Window } from '../../src/contracts.js';
import { isOutside, parseLogPath, skipByPath } from '../../src/cloudtrail/log-path.js';

const DAY = Date.UTC(2026, 0, 10) / 1000;
const ALWAYS: Window = { from: null, to: null };
const inBucket = (region: string, day = '2026/01/10', kind = 'CloudTrail'): string =>
  `org/AWSLogs/o-abc/111122223333/${kind}/${region}/${day}/111122223333_${kind}_${region}_${day.replaceAll('/', '')}T1220Z_WMiHxZgr5Hdd6UDc.json.gz`;

describe('parseLogPath', () => {
  it('reads the layout of an organisation’s bucket', () => {
    expect(parseLogPath(inBucket('eu-west-1'))).toEqual({
      kind: 'CloudTrail',
      accountId: '111122223333',
      region: 'eu-west-1',
      deliveryDay: DAY,
      deliveredAt: DAY + (12 * 60 + 20) * 60,
    });
  });

  it('reads a file name alone, and a folder alone', () => {
    expect(parseLogPath('111122223333_CloudTrail_us-gov-west-1_20260110T1220Z_x.json').region).toBe(
      'us-gov-west-1',
    );
    expect(parseLogPath('AWSLogs/111122223333/CloudTrail/eu-west-1/2026/01/10/')).toMatchObject({
      region: 'eu-west-1',
      deliveryDay: DAY,
    });
  });

  it('tells nothing from other names', () => {
    expect(parseLogPath('logs/events.json')).toEqual({
      kind: 'CloudTrail',
      accountId: null,
      region: null,
      deliveryDay: null,
      deliveredAt: null,
    });
  });
});

describe('skipByPath', () => {
  const skip = (path: string, window = ALWAYS, allRegions = false): string | null =>
    skipByPath(parseLogPath(path), { window, allRegions, accounts: [] });

  it('passes over other Regions, unless told to read them', () => {
    expect(skip(inBucket('eu-west-1'))).toBe('other-region');
    expect(skip(inBucket('eu-west-1'), ALWAYS, true)).toBeNull();
    expect(skip(inBucket('us-east-1'))).toBeNull();
  });

  it('takes what came long after the window, up to where it is told', () => {
    const day = Date.UTC(2026, 0, 20) / 1000;
    const window = { from: day - 10 * 86_400, to: day - 5 * 86_400 };
    const delivery = { from: day, to: day + 86_400 };
    expect(isOutside(delivery, { window })).toBe(true);
    expect(isOutside(delivery, { window, deliveredUntil: day })).toBe(true);
    expect(isOutside(delivery, { window, deliveredUntil: day + 1 })).toBe(false);
  });

  it('reads all Regions of the time when global calls were logged everywhere', () => {
    expect(skip(inBucket('us-west-1', '2021/07/05'))).toBeNull();
    expect(skip(inBucket('us-west-1', '2021/12/10'))).toBeNull();
    expect(skip(inBucket('us-west-1', '2022/01/10'))).toBe('other-region');
  });

  it.each([
    ['CloudTrail-Digest', 'digest'],
    ['CloudTrail-Insight', 'insight'],
    ['CloudTrail-NetworkActivity', 'network-activity'],
    ['CloudTrail-Aggregated', 'aggregated'],
  ])('passes over %s files', (kind, reason) => {
    expect(skip(inBucket('us-east-1', '2026/01/10', kind), ALWAYS, true)).toBe(reason);
  });

  it('keeps a day on either side of the window for late delivery', () => {
    const window = { from: DAY, to: DAY + 86_400 };
    const days = ['2026/01/08', '2026/01/09', '2026/01/10', '2026/01/11', '2026/01/12'];
    expect(days.map((day) => skip(inBucket('us-east-1', day), window))).toEqual([
      'outside-window',
      null,
      null,
      null,
      'outside-window', // prettier-ignore
    ]);
  });
});
