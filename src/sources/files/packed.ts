/**
 * How files were read, small enough to go between threads: nearly all are read without remark, and
 * of those two sizes say everything. Objects would cost as much as looking for calls in them.
 */
import type { FileOutcome } from './read-file.js';
import { UNREMARKABLE } from './scan.js';

export interface Packed {
  /** Bytes on disk and bytes inflated, file by file. */
  readonly sizes: Float64Array<ArrayBuffer>;
  /** The outcomes that say more, by the place of the file. */
  readonly remarkable: readonly (readonly [place: number, outcome: FileOutcome])[];
}

export function pack(outcomes: readonly FileOutcome[]): Packed {
  return {
    sizes: Float64Array.from(
      outcomes.flatMap(({ bytes, inflatedBytes }) => [bytes, inflatedBytes]),
    ),
    remarkable: [...outcomes.entries()].filter(([, outcome]) => !isUnremarkable(outcome)),
  };
}

/** The outcomes that were packed; `paths` are those of their files in the same order. */
export function unpack(paths: readonly string[], { sizes, remarkable }: Packed): FileOutcome[] {
  const outcomes = paths.map((path, place): FileOutcome => ({
    path,
    result: UNREMARKABLE,
    gaps: [],
    bytes: sizes[2 * place] ?? 0,
    inflatedBytes: sizes[2 * place + 1] ?? 0,
  }));
  for (const [place, outcome] of remarkable) outcomes[place] = outcome;
  return outcomes;
}

function isUnremarkable({ result, gaps }: FileOutcome): boolean {
  return result === UNREMARKABLE && gaps.length === 0;
}
