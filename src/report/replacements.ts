/**
 * Updates (addendum UPDATED_DATA) and what they replace. An update may be updated in turn, an
 * original may be missing, and nothing keeps broken logs from naming each other in a circle, so
 * whatever hangs together is one call: one row of it counts. Rows are hits: an update that no longer
 * shows the endpoint takes nothing away, since its original did.
 */

/** `row` replaces `original`: a row too, or an event id that no row has. */
export interface Replacement {
  readonly row: number;
  readonly original: number | string;
}

/** Rows that are one call: it counts as one of the candidates, and the others do not count. */
export interface UpdatedCall {
  readonly candidates: readonly number[];
  readonly others: readonly number[];
}

/** The candidates are the rows that nothing replaces, or all rows of a circle. */
export function callsOfUpdates(replacements: readonly Replacement[]): UpdatedCall[] {
  const members = new Map<number | string, Set<number | string>>();
  const replaced = new Set<number | string>();
  for (const { row, original } of replacements) {
    join(members, row, original);
    if (row !== original) replaced.add(original);
  }
  return [...new Set(members.values())].map((set) => {
    const rows = [...set].filter((member) => typeof member === 'number');
    const last = rows.filter((row) => !replaced.has(row));
    if (last.length === 0) return { candidates: rows, others: [] };
    return { candidates: last, others: rows.filter((row) => replaced.has(row)) };
  });
}

/** Merges the sets of two members; the larger one takes the other in. */
function join<T>(members: Map<T, Set<T>>, one: T, other: T): void {
  const [a, b] = [members.get(one) ?? new Set([one]), members.get(other) ?? new Set([other])];
  const [large, small] = a.size >= b.size ? [a, b] : [b, a];
  for (const member of small) large.add(member);
  for (const member of [one, other, ...small]) members.set(member, large);
}
