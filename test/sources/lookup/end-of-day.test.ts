/**
 * The event history does not say how many events there are: what makes a day's last page the last.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Report } from '../../../src/report/schema.js';
import { stubAws, testContext } from '../../support/aws/context.js';
import { type Fault, json, jsonError } from '../../support/aws/loopback.js';
import { at, FROM, type RawRecord, uuid } from '../../support/events.js';
import { globalCall } from '../../support/records.js';
import { asked, closeServers, resumeFile, run } from './run.js';

beforeEach(stubAws);
afterEach(closeServers);

describe('the end of a day', () => {
  const window = { from: FROM, to: FROM + 86_400 };
  const day = (count: number, secondOf: (place: number) => number): RawRecord[] =>
    Array.from({ length: count }, (_, place) => globalCall({ eventID: uuid(`day ${place}`), eventTime: at(12 - secondOf(place) / 3600) }) as RawRecord); // prettier-ignore
  type Page = { Events: Record<string, unknown>[]; NextToken?: string };
  const altered = (alter: (page: Page, number: number) => Page | null): Fault =>
    async (_, number, serve) => {
      const page = alter(JSON.parse(String((await serve()).body)) as Page, number);
      return page === null ? jsonError('InvalidTimeRangeException') : json(page);
    }; // prettier-ignore
  const gaps = ({ coverage }: Report): string[] => coverage.gaps.map(({ code }) => code);

  it('is not believed of a short page that lost its token', async () => {
    const fault = altered(({ Events }) => ({ Events: Events.slice(0, 30) }));
    const { report } = await run({ records: day(120, (place) => place), window, fault });
    expect(report.totals.calls).toBe(30);
    expect(gaps(report)).toEqual(['pages-missing']);
  });

  it('is looked for past a full page of one second', async () => {
    const records = day(60, () => 0);
    const lost = altered(({ Events, NextToken }, number) => number === 1 || NextToken === undefined ? { Events } : { Events, NextToken }); // prettier-ignore
    const { report } = await run({ records, window, fault: lost });
    expect(report.totals.calls).toBe(50);
    expect(gaps(report)).toEqual(['pages-missing']);
    expect((await run({ records, window })).report.coverage).toMatchObject({ complete: true, stsEvents: 60 }); // prettier-ignore
  });

  it('is not believed of a server that always loses the token on a full page of one second', async () => {
    const lost = altered(({ Events }) => ({ Events }));
    const { report } = await run({ records: day(60, () => 0), window, fault: lost });
    expect(report.totals.calls).toBe(50);
    expect(gaps(report)).toEqual(['pages-missing']);
    const whole = await run({ records: day(50, () => 0), window });
    expect(whole.report.coverage).toMatchObject({ complete: true, stsEvents: 50 });
  });

  it('is looked for also where events come without their time', async () => {
    const untimed = altered(({ Events }) => ({ Events: Events.map(({ EventTime: _time, ...event }) => event) })); // prettier-ignore
    const { report } = await run({ records: day(100, (place) => place), window, fault: untimed });
    expect(gaps(report)).toEqual(['pages-missing']);
  });

  it('that cannot be looked for keeps what was read', async () => {
    const fault = altered(({ Events }, number) => (number === 1 ? { Events } : null));
    const { report } = await run({ records: day(50, (place) => place), window, fault });
    expect(report.totals.calls).toBe(50);
    expect(gaps(report)).toEqual(['refused']);
  });

  it('is proven again, and not asked for again, by a run that was interrupted before', async () => {
    const [file, context] = [resumeFile(), testContext()];
    const records = day(70, (place) => place);
    await run({ records, window, file, context, fault: (_, number) => { if (number === 4) context.interrupt(); return null; } }); // prettier-ignore
    const { report, server } = await run({ records, window, file });
    expect(report.coverage).toMatchObject({ complete: true, stsEvents: 70 });
    expect(asked(server)).toBe(1);
  });
});
