/**
 * The risk tiers in words, and what depends on us-east-1.
 */
import type { FindingFacts } from '../contracts.js';
import type { Finding } from '../report/finding-schema.js';
import type { RiskTier } from '../clients/advice.js';
import { servingOf, type Serving } from '../clients/evidence.js';
import { percent } from './numbers.js';

const NAMES: Readonly<Record<RiskTier, string>> = {
  'served-remote': 'served remotely',
  unknown: 'unknown',
  'served-local': 'served locally',
  'already-us-east-1': 'in us-east-1',
};

const MEANINGS: Readonly<Record<RiskTier, string>> = {
  'served-remote': 'us-east-1 serves a caller elsewhere: an outage there stops it.',
  unknown: 'The evidence does not say where the caller runs, or which Region serves it.',
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

/** Calls by whether us-east-1 served them, as the records say; a caller may have some of each. */
export interface CallsByService {
  readonly northVirginia: number;
  readonly elsewhere: number;
  readonly unknown: number;
}

export function callsByService(findings: readonly FindingFacts[]): CallsByService {
  const serving = findings.map(servingOf);
  const sum = (of: (each: Serving) => number): number =>
    serving.reduce((total, each) => total + of(each), 0);
  return {
    northVirginia: sum(({ northVirginiaCalls }) => northVirginiaCalls),
    elsewhere: sum(({ elsewhereCalls }) => elsewhereCalls),
    unknown: sum(({ unknownCalls }) => unknownCalls),
  };
}

/**
 * `62%`, or `62–70%` where of 8% it is not known, which is not the same as not depending; null without
 * calls.
 */
export function dependence(calls: CallsByService): { share: string; unknown: string } | null {
  const total = calls.northVirginia + calls.elsewhere + calls.unknown;
  if (total === 0) return null;
  const least = percent(calls.northVirginia, total);
  const most = percent(calls.northVirginia + calls.unknown, total);
  const share = least === most ? least : range(least, most);
  return { share, unknown: percent(calls.unknown, total) };
}

/** `57–67%`; `under 0.1% to 67%`, which a dash would make one word of. */
function range(least: string, most: string): string {
  return least.startsWith('under') ? `${least} to ${most}` : `${least.replace(/%$/, '')}–${most}`;
}

/** The same as a sentence without its full stop. */
export function dependenceSentence(calls: CallsByService): string | null {
  const depends = dependence(calls);
  if (depends === null) return null;
  const { share, unknown } = depends;
  const doubt = unknown === '0%' ? '' : `; of ${unknown} it is not known`;
  return `${share} of the calls depend on us-east-1${doubt}`;
}
