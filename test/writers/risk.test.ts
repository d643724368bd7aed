import { describe, expect, it } from 'vitest';
import { callsByService, dependenceSentence } from '../../src/writers/risk.js';
import { makeFacts } from '../clients/make-facts.js';

describe('what depends on us-east-1', () => {
  it.each([
    [{ northVirginia: 2, elsewhere: 2 }, '50% of the calls depend on us-east-1'],
    [{ elsewhere: 3 }, '0% of the calls depend on us-east-1'],
    // What is not known may depend on it too: 0% alone would call it safe.
    [{ unknown: 3 }, '0–100% of the calls depend on us-east-1; of 100% it is not known'],
    [{ northVirginia: 2, unknown: 1, elsewhere: 7 }, '20–30% of the calls depend on us-east-1; of 10% it is not known'],
    [{ northVirginia: 1, unknown: 7000, elsewhere: 2999 }, 'under 0.1% to 70% of the calls depend on us-east-1; of 70% it is not known'],
    [{}, null],
  ])('%j', (calls, sentence) => {
    const none = { northVirginia: 0, unknown: 0, elsewhere: 0 };
    expect(dependenceSentence({ ...none, ...calls })).toBe(sentence);
  });

  it('is counted call by call, whatever the finding as a whole looks like', () => {
    const mixed = makeFacts({ calls: 100, servingRegions: { unknown: 40, 'eu-west-1': 30, 'us-east-1': 20, 'me-south-1': 10 } });
    const local = makeFacts({ calls: 9, servingRegions: { 'eu-west-1': 9 } });
    expect(callsByService([mixed, local])).toEqual({ northVirginia: 20, elsewhere: 39, unknown: 50 });
  });
}); // prettier-ignore
