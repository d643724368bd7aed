import type { Workload } from '../clients/advice.js';
import type { FindingFacts } from '../contracts.js';
import type { OptionalKind } from '../samples.js';

import { shareOf, shareText } from '../clients/evidence.js';

/** One name, or the first of several with their number; of some of the samples, of those alone. */
export function nameOf(facts: FindingFacts, kind: OptionalKind, values: readonly string[]): string {
  const [first = ''] = values;
  const shown = facts.samples[kind].length;
  const { count, atLeast } = facts.distinct[kind];
  const isOpen = atLeast && values.length === shown;
  const unseen = values.length === shown ? Math.max(0, count - shown) : 0;
  const more = new Set(values).size + unseen - 1;
  if (more === 0 && !isOpen) return first;
  return `${first} and ${more}${isOpen ? ' or more' : ''} ${more === 1 && !isOpen ? 'other' : 'others'}`;
}

export interface Found {
  readonly workload: Workload;
  readonly calls: number;
}

/** What the fitting samples say: of some calls only, it is a guess. */
export function ofSamples(
  facts: FindingFacts,
  kind: OptionalKind,
  fits: (value: string) => boolean,
  workload: Workload,
): Found {
  const share = shareOf(facts, kind, fits);
  if (share.isAll) return { workload, calls: share.calls };
  const text = `${workload.text} (${shareText(share, facts)})`;
  return { workload: { ...workload, text, confidence: 'low' }, calls: share.calls };
}

/** That of most calls, in words that name all. */
export function together(all: readonly Found[]): Workload | null {
  const sorted = all.toSorted((a, b) => b.calls - a.calls).map(({ workload }) => workload);
  const [first] = sorted;
  return first === undefined ? null : { ...first, text: sorted.map(({ text }) => text).join('; ') };
}
