import { describe, expect, it } from 'vitest';
import type { Step, StepNeed } from '../../src/clients/advice.js';
import { fixInShort, leadTitle, stepsIntroduction } from '../../src/writers/steps.js';

const step = (need: StepNeed, title: string): Step => ({
  need,
  title,
  detail: '',
  snippets: [],
  sources: [],
});
const STEPS = [
  step('first', 'Find the program'),
  step('one-of', 'Set the variables'),
  step('one-of', 'Change the code'),
  step('also', 'Add an endpoint'),
];

describe('steps in words', () => {
  it('say which come first, which replace each other and which are beside', () => {
    const titles = STEPS.map((each, index) => leadTitle(each, STEPS.slice(0, index)));
    expect(titles).toEqual([
      'First: Find the program',
      'Set the variables',
      'Or: Change the code',
      'Also: Add an endpoint',
    ]);
  });

  it('are introduced where there is a choice', () => {
    expect(stepsIntroduction(STEPS)).toContain('"Or"');
    expect(stepsIntroduction(STEPS.slice(0, 2))).toBeNull();
  });

  it('are in short what must come first and the best way', () => {
    expect(fixInShort(STEPS)).toBe('Find the program; then: Set the variables');
    expect(fixInShort(STEPS.slice(1))).toBe('Set the variables');
    expect(fixInShort([])).toBe('');
  });
});
