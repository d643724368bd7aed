/**
 * The index of a report's parts: for scripts that open tickets, and for people.
 */
import type { Report } from '../report/schema.js';
import type { Split } from '../report/split.js';
import { changeCounts } from './changes.js';
import { jsonText } from './escape.js';
import { code, prose } from './markdown/escape.js';
import { number } from './numbers.js';

export interface PartEntry {
  readonly part: Report;
  /** Relative to the index. */
  readonly files: readonly string[];
}

export function indexJson(entries: readonly PartEntry[], by: Split): string {
  const parts = entries.map(({ part, files }) => ({
    name: part.slice?.name ?? '',
    contact: contactOf(part)?.contact,
    ticketProject: contactOf(part)?.ticketProject,
    calls: part.totals.calls,
    findings: part.totals.findings,
    ignored: part.ignoreList?.findings,
    changes: part.changes?.lineages,
    files,
  }));
  return `${jsonText({ by, parts }, 2)}\n`;
}

interface Column {
  readonly title: string;
  readonly numeric?: boolean;
  readonly cell: (entry: PartEntry) => string;
}

/** Only those of which the report knows something. */
function columnsOf({ changes, ignoreList }: Report, by: Split): readonly Column[] {
  return [
    { title: by, cell: ({ part }) => code(part.slice?.name ?? '') },
    ...(by === 'owner' ? CONTACT : []),
    { title: 'findings', numeric: true, cell: ({ part }) => number(part.totals.findings) },
    ...(ignoreList === undefined ? [] : [IGNORED]),
    { title: 'calls', numeric: true, cell: ({ part }) => number(part.totals.calls) },
    ...(changes === undefined ? [] : [CHANGES]),
    { title: 'files', cell: ({ files }) => files.map(link).join(' ') },
  ];
}

const CONTACT: readonly Column[] = [
  { title: 'contact', cell: ({ part }) => code(contactOf(part)?.contact ?? '') },
  { title: 'ticket project', cell: ({ part }) => code(contactOf(part)?.ticketProject ?? '') },
];
const IGNORED: Column = {
  title: 'ignored',
  numeric: true,
  cell: ({ part }) => number(part.ignoreList?.findings ?? 0),
};
const CHANGES: Column = {
  title: 'callers since the baseline',
  cell: ({ part }) => prose(changeCounts(part) ?? ''),
};

function link(file: string): string {
  return `[${file.slice(file.lastIndexOf('.') + 1)}](${file})`;
}

export function indexMarkdown(report: Report, entries: readonly PartEntry[], by: Split): string {
  const columns = columnsOf(report, by);
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const table = [
    row(columns.map(({ title }) => title)),
    row(columns.map(({ numeric }) => (numeric === true ? '---:' : '---'))),
    ...entries.map((entry) => row(columns.map(({ cell }) => cell(entry)))),
  ];
  const evidence = report.coverage.complete ? 'complete' : '**incomplete**';
  const none = 'There is no finding to divide.';
  return [
    `# Calls to the legacy global STS endpoint, by ${by}`,
    `Report of ${report.generatedAt}; evidence ${evidence}.`,
    entries.length === 0 ? none : table.join('\n'),
  ].join('\n\n').concat('\n'); // prettier-ignore
}

function contactOf({ slice, findings, changes }: Report): Report['findings'][number]['owner'] {
  if (slice?.by !== 'owner') return undefined;
  const { gone = [], quiet = [], unconfirmed = [] } = changes ?? {};
  return [...findings, ...gone, ...quiet, ...unconfirmed][0]?.owner;
}
