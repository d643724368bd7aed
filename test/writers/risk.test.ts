import { describe, expect, it } from 'vitest';
import { dependenceSentence } from '../../src/writers/risk.js';

describe('what depends on us-east-1', () => {
  it.each([
    [{ 'served-remote': 1, 'already-us-east-1': 1, 'served-local': 2 }, '50% of the calls depend on us-east-1'],
    [{ 'served-local': 3 }, '0% of the calls depend on us-east-1'],
    // What is not known may depend on it too: 0% alone would call it safe.
    [{ unknown: 3 }, '0–100% of the calls depend on us-east-1; of 100% it is not known'],
    [{ 'served-remote': 2, unknown: 1, 'served-local': 7 }, '20–30% of the calls depend on us-east-1; of 10% it is not known'],
    [{}, null],
  ])('%j', (calls, sentence) => {
    const none = { 'served-remote': 0, unknown: 0, 'served-local': 0, 'already-us-east-1': 0 };
    expect(dependenceSentence({ ...none, ...calls })).toBe(sentence);
  });
}); // prettier-ignore
