/**
 * Equal advice is kept once. A trail with very many findings has few clients, so nearly all of what
 * is said about a finding is said about thousands of others, too.
 */
import type { Analysis } from '../clients/advice.js';

/** Beyond this, texts are unlike each other, and remembering them costs more than it saves. */
const MOST_KEPT = 10_000;

/** The analyses of fewer findings take a few megabytes, and comparing them much of the time. */
const WORTH_SHARING = 2000;

/**
 * Makes a function that replaces the parts of analyses by equal ones that it has met before, once
 * it is worth it.
 */
export function sharing(): (analysis: Analysis) => Analysis {
  const share = sharingParts();
  let analyses = 0;
  return (analysis) => {
    analyses += 1;
    return analyses > WORTH_SHARING ? share(analysis) : analysis;
  };
}

function sharingParts(): (analysis: Analysis) => Analysis {
  const steps = keptOnce<Analysis['remediation']['steps']>();
  const breakage = keptOnce<Analysis['remediation']['mayBreak']>();
  const check = keptOnce<Analysis['remediation']['verify'][number]>();
  const risk = keptOnce<Analysis['risk']>();
  const diagnosis = keptOnce<Analysis['diagnosis']>();
  const location = keptOnce<Analysis['location']>();
  const workload = keptOnce<Analysis['workload']>();
  return (analysis) => ({
    risk: risk(analysis.risk),
    diagnosis: diagnosis(analysis.diagnosis),
    location: location(analysis.location),
    workload: workload(analysis.workload),
    remediation: {
      steps: steps(analysis.remediation.steps),
      mayBreak: breakage(analysis.remediation.mayBreak),
      // Some of them name the principal.
      verify: analysis.remediation.verify.map(check),
    },
  });
}

function keptOnce<T>(): (part: T) => T {
  const known = new Map<string, T>();
  return (part) => {
    const text = JSON.stringify(part);
    const kept = known.get(text) ?? part;
    if (known.size >= MOST_KEPT) known.clear();
    known.set(text, kept);
    return kept;
  };
}
