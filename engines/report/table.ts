/**
 * The part of `docs/engines.md` that a run writes.
 */
import type { Evidence } from './evidence.js';

const START = '<!-- Written by the run: npm run test:engines -->';
const END = '<!-- End of what the run writes -->';

const COLUMNS: readonly (readonly [string, (evidence: Evidence) => string])[] = [
  ['engine', ({ engine }) => engine],
  ['version', ({ version }) => version],
  ['what ran', ({ ran }) => ran],
  ['rows', ({ rows }) => rows.toLocaleString('en')],
  ['equal to `files`', ({ equality }) => equality],
  ['not checked, and why', ({ unchecked }) => unchecked],
];

export function tableOf(
  evidence: readonly Evidence[],
  differences: readonly { readonly what: string; readonly why: string }[],
): string {
  return [
    START,
    '',
    ...markdownTable(
      COLUMNS.map(([title]) => title),
      evidence.map((shown) => COLUMNS.map(([, cell]) => cell(shown))),
    ),
    '',
    'What Trino is given that Athena and Lake are not:',
    '',
    ...markdownTable(
      ['difference', 'why'],
      differences.map(({ what, why }) => [what, why]),
    ),
    '',
    END,
  ].join('\n');
}

function markdownTable(titles: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(titles), line(titles.map(() => '---')), ...rows.map(line)];
}

/** The document with that part replaced. Throws when it has no place for it. */
export function withTable(document: string, table: string): string {
  const [start, end] = [document.indexOf(START), document.indexOf(END)];
  if (start < 0 || end < start) throw new Error('the document has no place for the table');
  return document.slice(0, start) + table + document.slice(end + END.length);
}
