import type { IgnoreEntryStatus } from '../../report/annotation-schema.js';
import type { Report } from '../../report/schema.js';
import { counted, number } from '../numbers.js';
import { code } from './escape.js';
import { listOf } from './list.js';

/** Entries of the ignore list that need somebody's attention; '' when there are none. */
export function ignoreSection({ ignoreList }: Report): string {
  if (ignoreList === undefined) return '';
  const expired = ignoreList.expired.map(
    (entry) => `expired on ${entry.until}, so ${counted(entry.findings, 'finding counts', 'findings count')} again: ${describe(entry)}`,
  );
  const unused = ignoreList.unused.map((entry) => `fits no finding: ${describe(entry)}`);
  const lines = [...expired, ...unused];
  if (lines.length === 0) return '';
  return `## Ignore list\n\n${listOf(lines, (count) => `and ${number(count)} more`)}`;
} // prettier-ignore

function describe({ matches, reason, ticket }: IgnoreEntryStatus): string {
  const where = ticket === undefined ? '' : `, ${code(ticket)}`;
  return `${code(matches)} (${code(reason)}${where})`;
}
