/**
 * What changed since the baseline, in words.
 */
import type { WhatChanged } from '../report/annotation-schema.js';
import { counts } from '../report/gate.js';
import type { Finding } from '../report/finding-schema.js';
import type { Report } from '../report/schema.js';
import { counted, moment, number, rate } from './numbers.js';
import { riskName } from './risk.js';

/** The order in which people want to hear it. */
export const STATUSES = ['regressed', 'new', 'changed', 'persisting', 'gone', 'quiet', 'unconfirmed'] as const; // prettier-ignore
export type Status = (typeof STATUSES)[number];

const MEANINGS: Readonly<Record<Status, string>> = {
  regressed: 'came back',
  new: 'new',
  changed: 'changed',
  persisting: 'as before',
  gone: 'gone',
  quiet: 'quiet, not surely gone',
  unconfirmed: 'not seen, but the evidence does not suffice',
};

export function meaning(status: Status): string {
  return MEANINGS[status];
}

/** `2 new (1 ignored), 1 changed, 5 as before, 1 gone`, of callers; null without a baseline. */
export function changeCounts({ changes, findings }: Report): string | null {
  if (changes === undefined) return null;
  const parts = STATUSES.filter((status) => changes.lineages[status] > 0);
  if (parts.length === 0) return 'no caller then or now';
  const ignored = ignoredCallers(findings);
  const without = (status: Status): string => {
    const count = ignored.filter(({ change }) => change?.status === status).length;
    return count === 0 ? '' : ` (${number(count)} ignored)`;
  };
  return parts
    .map((status) => `${number(changes.lineages[status])} ${MEANINGS[status]}${without(status)}`)
    .join(', ');
}

/** One finding of each caller that is ignored in all its versions: such a caller is listed nowhere. */
function ignoredCallers(findings: readonly Finding[]): Finding[] {
  const listed = new Set(findings.filter(counts).map(({ lineage }) => lineage));
  const ignored = findings.filter(({ lineage }) => !listed.has(lineage));
  return [...new Map(ignored.map((finding) => [finding.lineage, finding])).values()];
}

/** `since the report of 2026-01-24`; null without a baseline. */
export function since({ changes }: Report): string | null {
  return changes === undefined ? null : `since the report of ${moment(changes.baseline.generatedAt)}`; // prettier-ignore
}

/** What a table says about one finding: empty without a baseline. */
export function describeChange({ change }: Finding): string {
  if (change === undefined) return '';
  const { status, what, goneSince, quietDays } = change;
  const quiet = quietDays > 0 ? [`quiet for ${counted(quietDays, 'day')}`] : [];
  if (status === 'regressed' && goneSince !== null) {
    return ['came back', `was gone since ${moment(goneSince)}`, ...quiet].join('; ');
  }
  return [...(what.length === 0 ? [MEANINGS[status]] : what.map(describeWhat)), ...quiet].join(
    '; ',
  );
}

function describeWhat(what: WhatChanged): string {
  if (what.kind === 'client') {
    return describeClients(what.added.join(', '), what.removed.join(', '));
  }
  return what.kind === 'risk'
    ? `risk from ${riskName(what.from)} to ${riskName(what.to)}`
    : `calls per day ${what.direction} from ${rate(what.from)} to ${rate(what.to)}`;
}

function describeClients(added: string, removed: string): string {
  if (removed === '') return `also with ${added}`;
  return added === '' ? `no longer with ${removed}` : `from ${removed} to ${added}`;
}

/** For a narrow column: `client, calls up`. */
export function shortChange({ change }: Finding): string {
  if (change === undefined) return '';
  const { status, what } = change;
  return what.length === 0 ? MEANINGS[status] : what.map(shortWhat).join(', ');
}

function shortWhat(what: WhatChanged): string {
  return what.kind === 'volume' ? `calls ${what.direction}` : what.kind;
}
