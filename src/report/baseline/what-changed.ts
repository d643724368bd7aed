/**
 * How a caller that both reports have differs between them.
 */
import { describeClient } from '../../clients/client-key.js';
import { RISK_TIERS, type RiskTier } from '../../clients/advice.js';
import type { WhatChanged } from '../annotation-schema.js';
import type { Report } from '../schema.js';
import { doubtAbout } from './evidence.js';
import type { Lineage } from './lineages.js';
import { holdsDays, turnIn } from './turns.js';
import { volumeChange } from './volume.js';

/** Empty when nothing worth saying has changed. */
export function whatChanged(
  now: Lineage,
  before: Lineage,
  reports: { readonly report: Report; readonly baseline: Report },
): WhatChanged[] {
  const doubt = doubtAbout(reports.report, now.findings[0].accountId) !== null;
  const doubtBefore = doubtAbout(reports.baseline, now.findings[0].accountId) !== null;
  return [
    ...clients(now, before, { ...reports, doubt }),
    ...volume(now, before, { ...reports, doubt, doubtBefore }),
    ...risk(now, before),
  ];
}

/** A version that was not seen may still be in use: in what is missing, or when its turn comes. */
function clients(
  now: Lineage,
  before: Lineage,
  { report, baseline, doubt }: Omit<Compared, 'doubtBefore'>,
): WhatChanged[] {
  const added = now.clients.filter((client) => !before.clients.includes(client));
  const removed = before.clients.filter((client) => !now.clients.includes(client));
  const sure = removed.filter((client) => {
    const own = before.findings.filter((finding) => describeClient(finding.client) === client);
    return !doubt && holdsDays(report, now.accountId, turnIn(baseline, own));
  });
  return added.length + sure.length > 0 ? [{ kind: 'client', added, removed: sure }] : [];
}

interface Compared {
  readonly report: Report;
  readonly baseline: Report;
  readonly doubt: boolean;
  readonly doubtBefore: boolean;
}

/** Missing evidence can only hide calls. */
function volume(now: Lineage, before: Lineage, compared: Compared): WhatChanged[] {
  const change = volumeChange(now, before, compared);
  const isHidden = change?.direction === 'up' ? compared.doubtBefore : compared.doubt;
  return change === null || isHidden ? [] : [change];
}

function risk(now: Lineage, before: Lineage): WhatChanged[] {
  const from = worstTier(before);
  const to = worstTier(now);
  return from === to ? [] : [{ kind: 'risk', from, to }];
}

function worstTier({ findings }: Lineage): RiskTier {
  const tiers = new Set(findings.map((finding) => finding.risk.tier));
  return RISK_TIERS.find((tier) => tiers.has(tier)) ?? 'unknown';
}
