/**
 * The index of a report's parts: for scripts that open tickets, and for people.
 */
import type { Report } from '../report/schema.js';
import type { Split } from '../report/split.js';
import { jsonText } from './escape.js';
import { code } from './markdown/escape.js';

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

export function indexMarkdown(report: Report, entries: readonly PartEntry[], by: Split): string {
  const rows = entries.map(({ part, files }) => {
    const links = files.map((file) => `[${file.slice(file.lastIndexOf('.') + 1)}](${file})`);
    const { calls, findings } = part.totals;
    return `| ${code(part.slice?.name ?? '')} | ${findings} | ${calls} | ${links.join(' ')} |`;
  });
  const evidence = report.coverage.complete ? 'complete' : '**incomplete**';
  const table = [`| ${by} | findings | calls | files |`, '| --- | ---: | ---: | --- |', ...rows];
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
