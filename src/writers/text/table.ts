import { describeClient } from '../../clients/client-key.js';
import type { Finding } from '../../report/finding-schema.js';
import { describeChange } from '../changes.js';
import { printable } from '../escape.js';
import { number } from '../numbers.js';
import { riskName, tierOf } from '../risk.js';
import type { View } from '../writer.js';
import type { Paint } from './paint.js';
import { fit, widthOf } from './width.js';

const LISTED = 20;
const GAP = '  ';

interface Column {
  readonly title: string;
  readonly cell: (finding: Finding) => string;
  readonly paint?: (finding: Finding, text: string) => string;
  /** Which end of a long value says more. */
  readonly keep?: 'start' | 'end';
  readonly numeric?: boolean;
  /** Narrow screens leave it out; the widest number goes first. */
  readonly from?: number;
  /** Least width, when the column may be cut. */
  readonly least?: number;
}

/** The first findings, one line each; no line is wider than the view. */
export function findingsTable(findings: readonly Finding[], view: View, paint: Paint): string {
  if (findings.length === 0) return '';
  const shown = findings.slice(0, LISTED);
  const columns = columnsOf(shown, paint).filter(({ from = 0 }) => view.width >= from);
  const widths = widthsOf(columns, shown, view.width);
  const head = columns.map(({ title, numeric }, at) =>
    padded(title, widths[at] ?? 0, { keep: undefined, numeric }),
  );
  const rows = shown.map((finding) =>
    columns.map(({ cell, paint: color, keep, numeric }, at) => {
      const text = padded(printable(cell(finding)), widths[at] ?? 0, { keep, numeric });
      return color === undefined ? text : color(finding, text);
    }),
  );
  const more = findings.length - shown.length;
  return [
    paint.dim(head.join(GAP).trimEnd()),
    ...rows.map((cells) => cells.join(GAP).trimEnd()),
    ...(more > 0 ? [paint.dim(`and ${number(more)} more: --out DIR writes all of them`)] : []),
  ].join('\n');
}

function columnsOf(findings: readonly Finding[], paint: Paint): readonly Column[] {
  const owned = findings.some(({ owner }) => owner !== undefined);
  const compared = findings.some(({ change }) => change !== undefined);
  return [
    { title: 'calls', cell: ({ calls }) => number(calls), numeric: true },
    { title: 'last seen', cell: ({ lastSeen }) => lastSeen.slice(0, 10), from: 60 },
    {
      title: 'risk',
      cell: (finding) => riskName(tierOf(finding)),
      paint: (finding, text) => paint.tier(tierOf(finding), text),
      from: 80,
    },
    { title: 'principal', cell: ({ principal }) => principal.id, keep: 'end', least: 16 },
    { title: 'client', cell: ({ client }) => describeClient(client), least: 10 },
    ...(owned ? [{ title: 'owner', cell: ownerCell, least: 8, from: 100 }] : []),
    ...(compared ? [{ title: 'change', cell: describeChange, least: 9, from: 110 }] : []),
  ];
}

function ownerCell({ owner }: Finding): string {
  return owner?.team ?? '';
}

/** What a column wants, less what the widest ones must give up. */
function widthsOf(columns: readonly Column[], findings: readonly Finding[], width: number): number[] {
  const widths = columns.map(({ title, cell }) =>
    Math.max(title.length, ...findings.map((finding) => widthOf(printable(cell(finding))))),
  );
  const room = width - GAP.length * (columns.length - 1);
  for (let over = sum(widths) - room; over > 0; over -= 1) {
    const at = widest(columns, widths);
    if (at < 0) break;
    widths[at] = (widths[at] ?? 0) - 1;
  }
  return widths;
} // prettier-ignore

/** The widest column that may still give something up; -1 when none may. */
function widest(columns: readonly Column[], widths: readonly number[]): number {
  const spare = columns.map(({ least }, at) => {
    const own = widths[at] ?? 0;
    return least !== undefined && own > least ? own : 0;
  });
  const most = Math.max(...spare);
  return most === 0 ? -1 : spare.indexOf(most);
}

function padded(
  text: string,
  width: number,
  { keep, numeric }: { keep: Column['keep'] | undefined; numeric: boolean | undefined },
): string {
  return numeric === true ? text.padStart(width) : fit(text, width, keep);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, value) => total + value, 0);
}
