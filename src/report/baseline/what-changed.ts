/**
 * How a caller that both reports have differs between them.
 */
import { RISK_TIERS, type RiskTier } from '../../clients/advice.js';
import type { WhatChanged } from '../annotation-schema.js';
import type { Report } from '../schema.js';
import { doubtAbout, evidenceDays } from './evidence.js';
import type { Lineage } from './lineages.js';

/** Volume changes by chance; a change worth saying is by this factor... */
const FACTOR = 2;
/** ...and by this many calls. */
const FEWEST_CALLS = 10;

/** Empty when nothing worth saying has changed. */
export function whatChanged(
  now: Lineage,
  before: Lineage,
  reports: { readonly report: Report; readonly baseline: Report },
): WhatChanged[] {
  const doubt = doubtAbout(reports.report, now.findings[0].accountId) !== null;
  const doubtBefore = doubtAbout(reports.baseline, now.findings[0].accountId) !== null;
  return [
    ...clients(now, before, doubt),
    ...volume(now, before, { ...reports, doubt, doubtBefore }),
    ...risk(now, before),
  ];
}

/** With incomplete evidence, a version that was not seen may still be in use. */
function clients(now: Lineage, before: Lineage, doubt: boolean): WhatChanged[] {
  const added = now.clients.filter((client) => !before.clients.includes(client));
  const removed = before.clients.filter((client) => !now.clients.includes(client));
  const sure = doubt ? [] : removed;
  return added.length + sure.length > 0 ? [{ kind: 'client', added, removed: sure }] : [];
}

interface Compared {
  readonly report: Report;
  readonly baseline: Report;
  readonly doubt: boolean;
  readonly doubtBefore: boolean;
}

/** Calls per day, since windows differ in length. Missing evidence can only hide calls. */
function volume(now: Lineage, before: Lineage, compared: Compared): WhatChanged[] {
  const days = evidenceDays(compared.report);
  const daysBefore = evidenceDays(compared.baseline);
  const from = before.calls / daysBefore;
  const to = now.calls / days;
  if (Math.abs(to - from) * Math.max(days, 1) < FEWEST_CALLS) return [];
  const rates = { from: oneDecimal(from), to: oneDecimal(to) };
  if (to >= from * FACTOR && !compared.doubtBefore) {
    return [{ kind: 'volume', direction: 'up', ...rates }];
  }
  if (to * FACTOR <= from && !compared.doubt) {
    return [{ kind: 'volume', direction: 'down', ...rates }];
  }
  return [];
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

function oneDecimal(value: number): number {
  return Math.round(value * 10) / 10;
}
