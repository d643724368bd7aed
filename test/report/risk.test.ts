import { describe, expect, it } from 'vitest';

import type { Risk, RiskTier } from '../../src/clients/advice.js';

import { locate } from '../../src/report/location.js';
import { assessRisk } from '../../src/report/risk.js';
import { EKS, makeFacts, type FactsOptions } from '../clients/make-facts.js';

const lastSeenAgainst = '2026-11-21T00:00:00Z';

function riskOf(options: FactsOptions): Risk {
  const facts = makeFacts(options);
  return assessRisk(facts, locate(facts), { lastSeenAgainst });
}

const cluster = (region: string): FactsOptions['principal'] & object => ({
  type: 'web-identity',
  id: `${EKS.replace('eu-west-1', region)} system:serviceaccount:a:b -> r`,
  accountId: null,
});
const VIRGINIA = { 'us-east-1': 100 };

describe('the tier', () => {
  it.each<readonly [string, FactsOptions, RiskTier]>([
    ['served in its own Region', {}, 'served-local'],
    [
      'in an opt-in Region',
      { principal: cluster('me-south-1'), servingRegions: VIRGINIA },
      'served-remote',
    ],
    [
      'behind foreign DNS',
      { principal: cluster('eu-west-1'), servingRegions: VIRGINIA },
      'served-remote',
    ],
    [
      'in us-east-1',
      { principal: cluster('us-east-1'), servingRegions: VIRGINIA },
      'already-us-east-1',
    ],
    [
      'seen before 2025 only',
      {
        principal: cluster('eu-west-1'),
        servingRegions: { unknown: 5 },
        lastSeen: '2024-12-31T00:00:00Z',
        callsPerDay: { '2024-12-31': 5 },
      },
      'served-remote',
    ],
    [
      'without the field in 2026',
      { principal: cluster('eu-west-1'), servingRegions: { unknown: 5 } },
      'unknown',
    ],
    [
      'of which one call in a hundred says so',
      { servingRegions: { unknown: 99, 'eu-west-1': 1 } },
      'unknown',
    ],
    ['served by us-east-1 without more', { servingRegions: VIRGINIA }, 'unknown'],
  ])('of a caller %s', (_what, options, tier) => {
    expect(riskOf(options).tier).toBe(tier);
  });
});

describe('the score', () => {
  const worst = { principal: cluster('me-south-1'), servingRegions: VIRGINIA };

  it('sorts by tier before anything else', () => {
    const scores = [
      riskOf({ ...worst, lastSeen: '2020-01-01T00:00:00Z', calls: 1 }),
      riskOf({ servingRegions: VIRGINIA, calls: 1_000_000_000 }),
      riskOf({
        lastSeen: '2026-11-20T23:59:59Z',
        servingRegions: { 'eu-west-1': 1_000_000_000 },
        longestSessionSeconds: 900,
      }),
      riskOf({ principal: cluster('us-east-1'), servingRegions: VIRGINIA, calls: 1_000_000_000 }),
    ].map(({ score }) => score);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    expect(new Set(scores).size).toBe(4);
  });

  it('sorts by recency, then volume, then short sessions', () => {
    const base = riskOf(worst).score;
    expect(riskOf({ ...worst, lastSeen: '2026-11-01T00:00:00Z' }).score).toBeLessThan(base);
    expect(riskOf({ ...worst, calls: 1_000_000 }).score).toBeGreaterThan(base);
    expect(riskOf({ ...worst, longestSessionSeconds: 43_200 }).score).toBeLessThan(base);
    expect(
      riskOf({ ...worst, calls: 1_000_000, lastSeen: '2026-11-01T00:00:00Z' }).score,
    ).toBeLessThan(base);
  });
});

describe('the words', () => {
  it('say where, when, how much, how long and how often it fails', () => {
    expect(
      riskOf({ errors: { AccessDenied: 6, ExpiredToken: 2 }, longestSessionSeconds: 43_200 })
        .explanation,
    ).toBe(
      'Likely served in its own Region, as long as Amazon DNS resolves the name; last seen within a day of the end of the evidence; about 60 calls on a day with calls; longest session 12 h (sessions in use outlive a shorter outage); 7% errors (mostly AccessDenied).',
    );
    expect(
      riskOf({ longestSessionSeconds: 900, lastSeen: '2026-11-11T00:00:00Z' }).explanation,
    ).toContain(
      'last seen 10 days before the end of the evidence; about 60 calls on a day with calls; longest session 15 min (an outage soon ends every session)',
    );
    expect(riskOf({ longestSessionSeconds: null }).explanation).not.toContain('session');
  });

  it('say which part us-east-1 serves of a caller elsewhere', () => {
    expect(riskOf({ servingRegions: { 'eu-west-1': 100, 'us-east-1': 20 } }).explanation).toContain(
      'eu-west-1 served 100 of 120 calls, us-east-1 20',
    );
  });

  it('are as sure as the place that they follow from', () => {
    const foreign = { principal: cluster('eu-west-1'), servingRegions: VIRGINIA };
    expect(riskOf(foreign).explanation).toMatch(/^Likely served by us-east-1/);
    const optIn = { principal: cluster('me-south-1'), servingRegions: VIRGINIA };
    expect(riskOf(optIn).explanation).toMatch(/^Served by us-east-1/);
    expect(riskOf({ servingRegions: VIRGINIA }).explanation).toMatch(/^It is not known/);
  });

  it.each([
    [{ servingRegions: VIRGINIA }, 'It is not known where this caller runs: if not in us-east-1'],
    [
      { servingRegions: { unknown: 120 } },
      'It is not known which Region serves this caller or where it runs;',
    ],
    [
      { servingRegions: { unknown: 120 }, principal: cluster('eu-west-1') },
      'It is not known which Region serves this caller;',
    ],
  ])('say what it is that is not known, %#', (facts, words) => {
    expect(riskOf(facts).explanation.slice(0, words.length)).toBe(words);
  });

  it('claim the own Region for those calls alone that it served', () => {
    const known = {
      principal: cluster('eu-west-1'),
      servingRegions: { 'eu-west-1': 60, unknown: 40 },
    };
    expect(riskOf(known).explanation).toMatch(/^60 of 100 calls served in their own Region,/);
    const mixed = riskOf({ servingRegions: { 'eu-west-1': 60, 'us-east-1': 40 } });
    expect(mixed.explanation).toMatch(
      /^60 of 100 calls likely served in their own Region, as long as Amazon DNS resolves the name; of those that us-east-1 serves it is not known where they come from;/,
    );
    const several = riskOf({ servingRegions: { 'eu-west-1': 75, 'us-west-2': 25 } });
    expect(several.explanation).toMatch(
      /^Served by Regions other than us-east-1, as long as the name/,
    );
  });

  it('call nothing certain that no record shows', () => {
    const optIn = { principal: cluster('me-south-1'), servingRegions: { unknown: 120 } };
    expect(riskOf(optIn).explanation).toMatch(/^Likely served by us-east-1/);
    const home = { principal: cluster('us-east-1'), servingRegions: { unknown: 120 } };
    expect(riskOf(home).explanation).toMatch(/^Likely runs in us-east-1/);
  });

  it('say of calls before 2025 what may have changed since', () => {
    const early = {
      principal: cluster('eu-west-1'),
      servingRegions: { unknown: 5 },
      lastSeen: '2024-12-31T00:00:00Z',
      callsPerDay: { '2024-12-31': 5 },
    };
    expect(riskOf(early).explanation).toMatch(
      /^Served by us-east-1 .* until April 2025; whether it still is is not known;/,
    );
  });

  it('have no clock', () => {
    expect(riskOf({})).toEqual(riskOf({}));
    expect(riskOf({ lastSeen: '2027-01-01T00:00:00Z' }).explanation).toContain('within a day');
  });
});

describe('calls that us-east-1 serves for a caller of another Region', () => {
  const tierOf = (servingRegions: Record<string, number>): Risk =>
    riskOf({ principal: cluster('eu-west-1'), servingRegions });

  it.each([50, 49, 2])('%i of 100 decide', (calls) => {
    const risk = tierOf({ 'us-east-1': calls, 'eu-west-1': 100 - calls });
    expect(risk.tier).toBe('served-remote');
    expect(risk.explanation).toMatch(
      new RegExp(`^${calls} of 100 calls likely served by us-east-1`),
    );
  });

  it('decide nothing where hardly any call says who served it', () => {
    expect(tierOf({ unknown: 99, 'us-east-1': 1 }).tier).toBe('unknown');
  });

  it('make a tie no local one', () => {
    expect(riskOf({ servingRegions: { 'us-east-1': 50, 'eu-west-1': 50 } }).tier).toBe('unknown');
  });
});
