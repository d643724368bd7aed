import type { Report } from '../../src/report/schema.js';
import { reportOfWeek } from './organisation.js';

/** A report with as many findings as asked for, of 200 accounts, made from those of one week. */
export async function manyFindings(count: number): Promise<Report> {
  const report = await reportOfWeek(0);
  const findings = Array.from({ length: count }, (_, index) => {
    const base = report.findings[index % report.findings.length];
    if (base === undefined) throw new Error('the week has no finding');
    const accountId = String(100_000_000_000 + (index % 200));
    const id = `arn:aws:iam::${accountId}:role/team-${index % 37}/role-${index}`;
    const hash = index.toString(16).padStart(16, '0');
    return { ...base, id: hash, lineage: hash, accountId, principal: { ...base.principal, id, accountId } };
  });
  return { ...report, findings, totals: { ...report.totals, findings: count, principals: count } };
} // prettier-ignore
