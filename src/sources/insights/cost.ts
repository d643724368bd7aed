import type { CoverageNotes } from '../coverage.js';

const GIGABYTE = 2 ** 30;
/** Of US East, both log classes; some Regions are dearer. https://aws.amazon.com/cloudwatch/pricing/ */
const DOLLARS_PER_GIGABYTE = 0.005;

/** Says what the run scanned, and about what that costs. */
export function noteCost(coverage: CoverageNotes): void {
  const gigabytes = coverage.figureOf('bytes_scanned') / GIGABYTE;
  if (gigabytes === 0) return;
  const dollars = (gigabytes * DOLLARS_PER_GIGABYTE).toFixed(2);
  coverage.note(
    `${gigabytes.toFixed(2)} GB were scanned, which costs about $${dollars} at the price of US East.`,
  );
}
