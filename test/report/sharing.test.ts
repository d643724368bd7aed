import { expect, it } from 'vitest';
import { auditRecords } from '../support/audit.js';
import { globalCall, roleIdentity } from '../support/records.js';

it('keeps the advice for many callers with one client once, so that memory holds them all', async () => {
  const accounts = Array.from({ length: 50 }, (_, at) => String(200_000_000_000 + at));
  const records = accounts.map((account) =>
    globalCall({ userIdentity: roleIdentity('i-0abc', account), recipientAccountId: account }),
  );
  const { findings } = await auditRecords(records);
  expect(findings).toHaveLength(50);
  expect(new Set(findings.map(({ remediation }) => remediation.steps)).size).toBe(1);
  expect(new Set(findings.map(({ remediation }) => remediation.mayBreak)).size).toBe(1);
  expect(new Set(findings.map(({ diagnosis }) => diagnosis)).size).toBe(1);
});
