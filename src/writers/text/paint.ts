import type { RiskTier } from '../../clients/advice.js';

/** Colours of a terminal; without them the text is the same. */
export interface Paint {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly tier: (tier: RiskTier, text: string) => string;
}

const TIER_CODES: Readonly<Record<RiskTier, number>> = {
  'served-remote': 31,
  unknown: 35,
  'served-local': 33,
  'already-us-east-1': 36,
};

/** Works on text that is already safe: escape sequences are put around it, never cleaned. */
export function painter(color: boolean): Paint {
  const code = (number: number) => (text: string) =>
    color && text !== '' ? `\u001b[${number}m${text}\u001b[0m` : text;
  return {
    bold: code(1),
    dim: code(2),
    good: code(32),
    bad: code(31),
    tier: (tier, text) => code(TIER_CODES[tier])(text),
  };
}
