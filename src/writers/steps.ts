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
