import type { Finding } from '../report/finding-schema.js';
import { RISK_TIERS } from '../clients/advice.js';
import { tierOf } from './risk.js';

/**
 * An order without counts: by risk, then by name. Posted every week, a ticket then changes only
 * where something has changed.
 */
export function inStableOrder(findings: readonly Finding[]): Finding[] {
  const keyed = findings.map((finding) => ({ finding, key: keyOf(finding) }));
  return keyed.toSorted((a, b) => (a.key < b.key ? -1 : 1)).map(({ finding }) => finding);
}

function keyOf(finding: Finding): string {
  const { accountId, principal, client, vpcEndpointId, id } = finding;
  const tier = RISK_TIERS.indexOf(tierOf(finding));
  return [tier, accountId, principal.id, client.product, vpcEndpointId ?? '', id].join('\u0000');
}

/** By owner, in the order of names; those without an owner come last, under null. */
export function byOwner(
  findings: readonly Finding[],
): { owner: NonNullable<Finding['owner']> | null; findings: Finding[] }[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const team = finding.owner?.team ?? '';
    const group = groups.get(team);
    if (group === undefined) groups.set(team, [finding]);
    else group.push(finding);
  }
  const teams = [...groups].toSorted(([a], [b]) => (a !== '' && (b === '' || a < b) ? -1 : 1));
  return teams.map(([, group]) => ({ owner: group[0]?.owner ?? null, findings: group }));
}
