/**
 * Steps in words: which come first, which replace each other, and which move nobody by themselves.
 */
import type { Step } from '../clients/advice.js';

/** The title, led by how the step stands to those above it. */
export function leadTitle({ need, title }: Step, above: readonly Step[]): string {
  if (need === 'also') return `Also: ${title}`;
  if (need === 'first') return `First: ${title}`;
  return above.some((step) => step.need === 'one-of') ? `Or: ${title}` : title;
}

/** What is to be done with the steps as a whole; null when there is but one. */
export function stepsIntroduction(steps: readonly Step[]): string | null {
  const choices = steps.filter(({ need }) => need === 'one-of').length;
  if (choices < 2) return null;
  return 'Steps joined by "Or" are different ways to the same end, the best first. "Also" steps move nobody by themselves.';
}

/** The fix in one line: what must come first, then the best way; '' when there is nothing to do. */
export function fixInShort(steps: readonly Step[]): string {
  const first = steps.filter(({ need }) => need === 'first');
  const best = steps.find(({ need }) => need === 'one-of');
  return [...first, ...(best === undefined ? [] : [best])]
    .map(({ title }) => title)
    .join('; then: ');
}
