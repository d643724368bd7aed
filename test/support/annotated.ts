import { compareWith } from '../../src/report/baseline/compare.js';
import { ignoreFindings } from '../../src/report/ignore/apply.js';
import { ignoreFileSchema } from '../../src/report/ignore/file-schema.js';
import { assignOwners } from '../../src/report/owners/apply.js';
import { ownersFileSchema } from '../../src/report/owners/file-schema.js';
import type { Report } from '../../src/report/schema.js';
import { reportOfWeek } from './organisation.js';

export const OWNERS = {
  owners: [
    { tag: 'payments', team: 'Payments', contact: '#payments', ticketProject: 'PAY' },
    { account: '444455556666', team: 'Platform', contact: 'platform@example.com' },
    { name: ['storefront-*', 'invoices-*'], team: 'Shop' },
  ],
};

export const IGNORED = {
  until: '2026-06-30',
  ignore: [
    { principal: '*:role/appliance/*', reason: 'The vendor ships a fix in May', ticket: 'SEC-7' },
    { principal: '*:role/ops/*', reason: 'Runs in us-east-1', until: '2026-01-10' },
    { client: 'no-such-client*', reason: 'Was removed' },
  ],
};

/** The second week against the first, with owners and an ignore list. */
export async function annotatedReport(): Promise<Report> {
  const compared = compareWith(await reportOfWeek(1), await reportOfWeek(0));
  const owned = assignOwners(compared, ownersFileSchema.parse(OWNERS));
  return ignoreFindings(owned, ignoreFileSchema.parse(IGNORED));
}
