import { describe, expect, it } from 'vitest';
import { stopping } from '../../src/report/gate.js';
import { compareWith } from '../../src/report/baseline/compare.js';
import { ignoreFindings } from '../../src/report/ignore/apply.js';
import { ignoreFileSchema } from '../../src/report/ignore/file-schema.js';
import type { Report } from '../../src/report/schema.js';
import { reportOf } from '../support/callers.js';
import { reportOfWeek } from '../support/organisation.js';

const REASON = { reason: 'Agreed', until: '2026-12-31' };

async function ignoring(...entries: readonly object[]): Promise<Report> {
  return ignoreFindings(await reportOfWeek(0), ignoreFileSchema.parse({ ignore: entries }));
}

function ignoredNames({ findings }: Report): string[] {
  const ignored = findings.filter((finding) => finding.ignored?.expired === false);
  return ignored.map(({ principal }) => principal.id.replace(/.*\//, '')).toSorted();
}

describe('the ignore list', () => {
  it('fits by account, principal, client and VPC endpoint, all of an entry together', async () => {
    const byAccount = await ignoring({ account: '7777*', ...REASON });
    expect(ignoredNames(byAccount)).toEqual(['monday-export', 'nightly']);
    const byPrincipal = await ignoring({ principal: '*:role/appliance/*', ...REASON });
    expect(ignoredNames(byPrincipal)).toEqual(['firewall-sync']);
    const byEndpoint = await ignoring({ vpcEndpoint: 'vpce-*', ...REASON });
    expect(ignoredNames(byEndpoint)).toEqual(['search-indexer']);
    const byNone = await ignoring({ vpcEndpoint: 'none', account: '4444*', ...REASON });
    expect(ignoredNames(byNone)).toEqual(['firewall-sync', 'terraform']);
    const both = await ignoring({ account: '7777*', principal: '*nightly', ...REASON });
    expect(ignoredNames(both)).toEqual(['nightly']);
    const either = await ignoring({ principal: ['*nightly', '*terraform'], ...REASON });
    expect(ignoredNames(either)).toEqual(['nightly', 'terraform']);
  });

  it('fits a client by the name that reports show, and a finding by its lineage', async () => {
    const [finding] = (await reportOfWeek(0)).findings;
    const byClient = await ignoring({ client: `${finding?.client.product}*`, ...REASON });
    expect(byClient.ignoreList?.findings).toBeGreaterThan(0);
    const byLineage = await ignoring({ finding: finding?.lineage, ...REASON });
    expect(byLineage.ignoreList?.findings).toBe(1);
  });

  it('keeps ignored findings in the report and its totals, and out of the gates', async () => {
    const report = await ignoring({ account: '*', ...REASON, ticket: 'SEC-1' });
    expect(report.totals).toEqual((await reportOfWeek(0)).totals);
    expect(report.findings[0]?.ignored).toEqual({ ...REASON, ticket: 'SEC-1', expired: false });
    expect(stopping(report, 'any')).toEqual([]);
    expect(report.ignoreList).toMatchObject({
      entries: 1,
      findings: 8,
      calls: report.totals.calls,
    });
  });

  it('counts again what has expired, and names the entry', async () => {
    const report = await ignoring({ account: '7777*', reason: 'Agreed', until: '2026-01-11' });
    expect(report.generatedAt.slice(0, 10)).toBe('2026-01-12');
    expect(stopping(report, 'any')).toHaveLength(8);
    expect(report.ignoreList?.expired).toEqual([
      { matches: 'account 7777*', reason: 'Agreed', until: '2026-01-11', findings: 2 },
    ]);
    const lastDay = await ignoring({ account: '7777*', reason: 'Agreed', until: '2026-01-12' });
    expect(stopping(lastDay, 'any')).toHaveLength(6);
  });

  it('counts as new where the baseline still ignored it', async () => {
    const until = (day: string): Promise<Report> =>
      ignoring({ account: '*', reason: 'Agreed', until: day });
    const baseline = await until('2026-12-31');
    const expired = ignoreFindings(
      compareWith(await reportOfWeek(0), baseline),
      ignoreFileSchema.parse({ ignore: [{ account: '*', reason: 'Agreed', until: '2026-01-11' }] }),
    );
    expect(stopping(expired, 'new')).toHaveLength(8);
    const next = compareWith(await reportOfWeek(0), expired);
    expect(stopping(next, 'new')).toEqual([]);
  });

  it('counts as new where it was still ignored when it was last seen', async () => {
    const list = ignoreFileSchema.parse({ until: '2026-12-31', ignore: [{ account: '*', reason: 'Agreed' }] });
    const ignored = ignoreFindings(await reportOf([{ role: 'rare' }]), list);
    const silent = compareWith(await reportOf([], { from: '2026-01-12', days: 1 }), ignored);
    expect(silent.changes?.lineages.quiet).toBe(1);
    const back = compareWith(await reportOf([{ role: 'rare' }], { from: '2026-01-13' }), silent);
    expect(back.findings[0]?.change?.status).toBe('persisting');
    expect(stopping(back, 'new')).toHaveLength(1);
  }); // prettier-ignore

  it('prefers an entry that still holds, and names those that fit nothing', async () => {
    const report = await ignoring(
      { account: '7777*', reason: 'Old', until: '2026-01-01' },
      { account: '*', ...REASON },
      { account: '0000*', ...REASON },
    );
    expect(report.ignoreList?.findings).toBe(8);
    expect(report.ignoreList?.unused.map(({ matches }) => matches)).toEqual(['account 0000*']);
  });

  it.each([
    ['no reason', { account: '*', until: '2026-12-31' }],
    ['an empty reason', { account: '*', reason: ' ', until: '2026-12-31' }],
    ['no end', { account: '*', reason: 'Agreed' }],
    ['an end that is no day', { account: '*', reason: 'Agreed', until: '2026-02-30' }],
    ['nothing to fit', REASON],
    ['a misspelt key', { acount: '*', ...REASON }],
  ])('takes no entry with %s', (_, entry) => {
    expect(ignoreFileSchema.safeParse({ ignore: [entry] }).success).toBe(false);
  });

  it('lets the list give the end for its entries', () => {
    const list = ignoreFileSchema.parse({
      until: '2026-03-31',
      ignore: [{ account: '*', reason: 'Agreed' }],
    });
    expect(list[0]?.until).toBe('2026-03-31');
  });
});
