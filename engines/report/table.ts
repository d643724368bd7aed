/**
 * The part of `docs/engines.md` that a run writes.
 */
import type { Evidence } from './evidence.js';

const START = '<!-- Written by the run: npm run test:engines -->';
const END = '<!-- End of what the run writes -->';

/** Of what runs here from what runs at AWS. */
export interface Difference {
  readonly what: string;
  readonly why: string;
}

/** The same over other events is one line. */
interface Line extends Omit<Evidence, 'events' | 'rows'> {
  readonly rows: readonly string[];
}

const COLUMNS: readonly (readonly [string, (line: Line) => string])[] = [
  ['engine', ({ engine }) => engine],
  ['version', ({ version }) => version],
  ['what ran', ({ ran }) => ran],
  ['rows', ({ rows }) => rows.join('; ')],
  ['equal to `files`', ({ equality }) => equality],
  ['not checked, and why', ({ unchecked }) => unchecked],
];

export function tableOf(
  evidence: readonly Evidence[],
  lists: Readonly<Record<string, readonly Difference[]>>,
): string {
  return [
    START,
    '',
    ...markdownTable(
      COLUMNS.map(([title]) => title),
      linesOf(evidence).map((line) => COLUMNS.map(([, cell]) => cell(line))),
    ),
    '',
    ...Object.entries(lists).flatMap(([title, differences]) => [
      title,
      '',
      ...markdownTable(
        ['difference', 'why'],
        differences.map(({ what, why }) => [what, why]),
      ),
      '',
    ]),
    END,
  ].join('\n');
}

function linesOf(evidence: readonly Evidence[]): Line[] {
  const lines = new Map<string, Line>();
  for (const { events, rows, ...what } of evidence) {
    const key = JSON.stringify(what);
    const number = rows.toLocaleString('en');
    const text = events === undefined ? number : `${events}: ${number}`;
    lines.set(key, { ...what, rows: [...(lines.get(key)?.rows ?? []), text] });
  }
  return [...lines.values()];
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
