import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { audit } from '../../src/audit.js';
import type { Report } from '../../src/report/schema.js';
import { BACKENDS } from '../support/aws/backends.js';
import { textAt } from '../support/aws/evidence.js';
import { stubAws, testContext } from '../support/aws/context.js';
import { FROM, type RawRecord, stsEvents, TO } from '../support/events.js';

const closing: (() => Promise<void>)[] = [];
beforeEach(stubAws);
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

async function reportOf(
  backend: string,
  records: readonly RawRecord[],
  late?: number,
): Promise<Report> {
  const made = await BACKENDS[backend]?.(records, late);
  const { source, server } = made ?? { source: null, server: null };
  if (source === null) throw new Error(backend);
  if (server !== null) closing.push(async () => server.close());
  const window = { from: FROM, to: TO };
  return audit({ sources: [source], window, context: testContext() });
}

describe('all sources, over the same events', () => {
  const expected = reportOf('files', stsEvents());

  it('have something to agree on', async () => {
    const { findings, awsManaged, coverage } = await expected;
    expect(findings.length).toBeGreaterThan(20);
    expect(awsManaged.length).toBeGreaterThan(2);
    expect(new Set(findings.map(({ principal }) => principal.type)).size).toBeGreaterThan(9);
    expect(coverage).toMatchObject({ complete: true, deduplication: { duplicates: 1, replaced: 1, crossAccountCopies: 1 } }); // prettier-ignore
    expect(findings.some(({ distinct }) => distinct.sourceAddresses.atLeast)).toBe(true);
  });

  for (const backend of Object.keys(BACKENDS)) {
    it(`give the same findings: ${backend}`, async () => {
      const [report, wanted] = [await reportOf(backend, stsEvents()), await expected];
      expect(JSON.stringify(report.findings, null, 1)).toBe(
        JSON.stringify(wanted.findings, null, 1),
      );
      expect(report.awsManaged).toEqual(wanted.awsManaged);
      expect(report.totals).toEqual(wanted.totals);
    });

    it(`have seen the same events: ${backend}`, async () => {
      const { coverage } = await reportOf(backend, stsEvents());
      const wanted = (await expected).coverage;
      const { stsEvents: seen, assessable, notAssessable, accounts, firstEvent, lastEvent, gaps } = coverage; // prettier-ignore
      expect({ seen, assessable, notAssessable, accounts, firstEvent, lastEvent, gaps }).toEqual({
        seen: wanted.stsEvents,
        assessable: wanted.assessable,
        notAssessable: wanted.notAssessable,
        accounts: wanted.accounts,
        firstEvent: wanted.firstEvent,
        lastEvent: wanted.lastEvent,
        gaps: [],
      });
    });

    it(`find what was delivered almost a day late, over every edge of a day: ${backend}`, async () => {
      const [report, wanted] = [await reportOf(backend, stsEvents(), 23 * 3600), await expected];
      expect(report.findings).toEqual(wanted.findings);
      expect(report.totals).toEqual(wanted.totals);
      expect(report.coverage.gaps).toEqual([]);
    });

    it(`do not call an empty window clean: ${backend}`, async () => {
      const outside = stsEvents().filter(
        (event) => (textAt(event, 'eventTime') ?? '') < '2026-07-01',
      );
      const { coverage, findings } = await reportOf(backend, outside);
      expect(findings).toEqual([]);
      expect(coverage.complete).toBe(false);
      expect(coverage.gaps.map(({ code }) => code)).toContain('nothing-assessable');
    });
  }
});
