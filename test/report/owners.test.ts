import { describe, expect, it } from 'vitest';
import { compareWith } from '../../src/report/baseline/compare.js';
import { assignOwners } from '../../src/report/owners/apply.js';
import { ownersFileSchema } from '../../src/report/owners/file-schema.js';
import type { Report } from '../../src/report/schema.js';
import { split } from '../../src/report/split.js';
import { reportOfWeek } from '../support/organisation.js';

function teams({ findings }: Report): Record<string, string | undefined> {
  return Object.fromEntries(
    findings.map(({ principal, owner }) => [principal.id.replace(/.*\//, ''), owner?.team]),
  );
}

async function owned(...owners: readonly object[]): Promise<Report> {
  return assignOwners(await reportOfWeek(0), ownersFileSchema.parse({ owners }));
}

describe('the owners map', () => {
  it('goes by account, ARN, name and tag', async () => {
    const report = await owned(
      { principal: 'arn:aws:iam::*:role/eks/*', team: 'Search' },
      { tag: 'PAYMENTS', team: 'Payments' },
      { name: 'invoices-*', team: 'Shop' },
      { account: '777788889999', team: 'Data' },
    );
    expect(teams(report)).toEqual({
      'search-indexer': 'Search',
      'payments-deployer': 'Payments',
      'invoices-lambda': 'Shop',
      nightly: 'Data',
      'monday-export': 'Data',
      terraform: undefined,
      'firewall-sync': undefined,
      'us-east-1-runner': undefined,
    });
  });

  it('goes by client, of what is gone too', async () => {
    const compared = compareWith(await reportOfWeek(1), await reportOfWeek(0));
    const owners = [
      { client: 'Terraform*', team: 'Platform' },
      { client: 'AWS SDK for PHP v3', account: '7*', team: 'Web' },
      { client: 'boto3 1.26*', team: 'Shop' },
    ];
    const report = assignOwners(compared, ownersFileSchema.parse({ owners }));
    expect(teams(report)).toMatchObject({ terraform: 'Platform', 'invoices-lambda': 'Shop', 'firewall-sync': undefined });
    expect(report.changes?.gone.map(({ owner }) => owner?.team)).toEqual(['Web']);
  }); // prettier-ignore

  it('takes a tag for a whole word of the name', async () => {
    expect(teams(await owned({ tag: 'pay', team: 'Pay' }))['payments-deployer']).toBeUndefined();
    expect(teams(await owned({ tag: 'pay*', team: 'Pay' }))['payments-deployer']).toBe('Pay');
  });

  it('names entries that own nothing', async () => {
    const { ownersMap } = await owned(
      { tag: 'payments', team: 'Payments' },
      { account: '000000000000', name: ['a*', 'b*'], team: 'Left' },
    );
    expect(ownersMap).toEqual({
      entries: 2,
      unused: ['account 000000000000, name a* or b* (Left)'],
    });
  });

  it('lets the first entry that fits decide, and keeps contact and project', async () => {
    const report = await owned(
      { account: '*', team: 'First', contact: '#first', ticketProject: 'ONE' },
      { account: '*', team: 'Second' },
    );
    const first = { team: 'First', contact: '#first', ticketProject: 'ONE' };
    expect(new Set(report.findings.map(({ owner }) => JSON.stringify(owner)))).toEqual(
      new Set([JSON.stringify(first)]),
    );
  });

  it('also owns what is gone, so that a part can say so', async () => {
    const compared = compareWith(await reportOfWeek(1), await reportOfWeek(0));
    const map = ownersFileSchema.parse({ owners: [{ name: 'nightly', team: 'Backup' }] });
    const report = assignOwners(compared, map);
    expect(report.changes?.gone.find(({ owner }) => owner?.team === 'Backup')).toBeDefined();
    const part = split(report, 'owner').find(({ slice }) => slice?.name === 'Backup');
    expect(part?.findings).toEqual([]);
    expect(part?.changes?.lineages).toMatchObject({ gone: 1, new: 0, persisting: 0 });
  });

  it.each([
    ['nobody', { team: 'Data' }],
    ['no team', { account: '*' }],
    ['a tag that no word can be', { tag: 'svc-payments', team: 'Pay' }],
  ])('takes no entry that names %s', (_, entry) => {
    expect(ownersFileSchema.safeParse({ owners: [entry] }).success).toBe(false);
  });
});

describe('parts', () => {
  it('hold every finding once, with totals of their own', async () => {
    const report = await reportOfWeek(0);
    for (const by of ['account', 'owner', 'principal'] as const) {
      const parts = split(report, by);
      const ids = parts.flatMap(({ findings }) => findings.map(({ id }) => id));
      expect(ids.toSorted()).toEqual(report.findings.map(({ id }) => id).toSorted());
      const calls = parts.reduce((sum, { totals }) => sum + totals.calls, 0);
      expect(calls).toBe(report.totals.calls);
    }
    const names = split(report, 'account').map(({ slice }) => slice?.name);
    expect(names).toEqual(['111122223333', '444455556666', '777788889999']);
  });
});
