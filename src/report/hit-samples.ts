import type { Hit } from '../contracts.js';
import type { SampleKind } from '../samples.js';

/** The values of one kind, in one shape for all kinds. */
export function valuesOf(hit: Hit, kind: SampleKind): readonly string[] {
  return kind === 'userAgents' ? [hit.userAgent] : hit[kind];
}

/** Of a cell; null stands for calls without a value. What is only listed was in one call or more. */
export function callsBySample(hit: Hit, kind: SampleKind): (readonly [string | null, number])[] {
  if (kind === 'userAgents') return [[hit.userAgent, hit.count]];
  if (hit.cell === null || (kind !== 'sessionNames' && kind !== 'issuedTo'))
    return valuesOf(hit, kind).map((value) => [value, 1]);
  return [...hit.cell[kind]].map(([value, calls]) => [value === '' ? null : value, calls]);
}
