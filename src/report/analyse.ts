import type { Analysis, Location } from '../clients/advice.js';
import type { FindingFacts } from '../contracts.js';
import type { AddressRanges } from './address-ranges.js';

import { diagnose } from '../clients/diagnose.js';
import { remediate } from '../clients/remediation/remediate.js';
import { inferWorkload } from '../principals/workload.js';
import { locate } from './location.js';
import { assessRisk } from './risk.js';

export interface AnalysisOptions {
  /** AWS's published addresses, when the user gave them. */
  readonly ranges?: AddressRanges | undefined;
  /** Where the caller runs, when an earlier analysis has told. */
  readonly location?: Location | undefined;
  /** The end of the evidence, ISO 8601: the age of a finding is counted from there. */
  readonly lastSeenAgainst: string;
}

/** Every judgement on one finding. Pure: equal facts give equal words. */
export function analyse(
  facts: FindingFacts,
  { ranges, lastSeenAgainst, ...known }: AnalysisOptions,
): Analysis {
  const location = known.location ?? locate(facts, ranges);
  const workload = inferWorkload(facts);
  const diagnosis = diagnose(facts, location);
  return {
    risk: assessRisk(facts, location, { lastSeenAgainst }),
    diagnosis,
    location,
    workload,
    remediation: remediate(facts, diagnosis, location, workload),
  };
}
