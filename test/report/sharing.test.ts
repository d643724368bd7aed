import { expect, it } from 'vitest';
import type { Finding } from '../../src/report/finding-schema.js';
import { auditRecords } from '../support/audit.js';
import { globalCall, roleIdentity } from '../support/records.js';

it('keeps the advice for many callers with one client once, so that memory holds them all', async () => {
  const accounts = Array.from({ length: 2050 }, (_, at) => String(200_000_000_000 + at));
  const records = accounts.map((account) =>
    globalCall({ userIdentity: roleIdentity('i-0abc', account), recipientAccountId: account }),
  );
  const { findings } = await auditRecords(records);
  expect(findings).toHaveLength(2050);
  // The first 2,000 are kept as they come: few findings are no load.
  const kept = (part: (finding: Finding) => unknown): number => new Set(findings.map(part)).size;
  expect(kept(({ remediation }) => remediation.steps)).toBe(2001);
  expect(kept(({ remediation }) => remediation.mayBreak)).toBe(2001);
  expect(kept(({ diagnosis }) => diagnosis)).toBe(2001);
});
