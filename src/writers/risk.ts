/**
 * The risk tiers in words, and what depends on us-east-1.
 */
import type { Finding } from '../report/finding-schema.js';
import { RISK_TIERS, type RiskTier } from '../clients/advice.js';
import { percent } from './numbers.js';

const NAMES: Readonly<Record<RiskTier, string>> = {
  'served-remote': 'served remotely',
  unknown: 'unknown',
  'served-local': 'served locally',
  'already-us-east-1': 'in us-east-1',
};

const MEANINGS: Readonly<Record<RiskTier, string>> = {
  'served-remote': 'us-east-1 serves a caller elsewhere: an outage there stops it.',
  unknown: 'The evidence does not say which Region serves the caller.',
  'served-local': "The caller's own Region serves it, as long as Amazon DNS resolves the name.",
  'already-us-east-1': 'The caller runs in us-east-1 and is served there.',
};

export function riskName(tier: RiskTier): string {
  return NAMES[tier];
}

export function riskMeaning(tier: RiskTier): string {
  return MEANINGS[tier];
}

export function tierOf(finding: Finding): RiskTier {
  return finding.risk.tier;
}

export type CallsByTier = Readonly<Record<RiskTier, number>>;

export function callsByTier(findings: readonly Finding[]): CallsByTier {
  const calls: Record<RiskTier, number> = {
    'served-remote': 0,
    unknown: 0,
    'served-local': 0,
    'already-us-east-1': 0,
  };
  for (const finding of findings) calls[tierOf(finding)] += finding.calls;
  return calls;
}

/**
 * `62%`, or `62–70%` where of 8% it is not known, which is not the same as not depending; null without
 * calls.
 */
export function dependence(calls: CallsByTier): { share: string; unknown: string } | null {
  const total = RISK_TIERS.reduce((sum, tier) => sum + calls[tier], 0);
  if (total === 0) return null;
  const dependent = calls['served-remote'] + calls['already-us-east-1'];
  const least = percent(dependent, total);
  const most = percent(dependent + calls.unknown, total);
  const share = least === most ? least : `${least.replace(/%$/, '')}–${most}`;
  return { share, unknown: percent(calls.unknown, total) };
}

/** The same as a sentence without its full stop. */
export function dependenceSentence(calls: CallsByTier): string | null {
  const depends = dependence(calls);
  if (depends === null) return null;
  const { share, unknown } = depends;
  const doubt = unknown === '0%' ? '' : `; of ${unknown} it is not known`;
  return `${share} of the calls depend on us-east-1${doubt}`;
}
