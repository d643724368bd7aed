import { scaleLinear } from 'd3-scale';
import { h, type Markup } from '../element.js';
import type { Finding } from '../../../report/finding-schema.js';
import { RISK_TIERS, type RiskTier } from '../../../clients/advice.js';
import { counted, number } from '../../numbers.js';
import { riskName, tierOf } from '../../risk.js';
import { type CallsByTier, emptyTiers, sumOf } from './buckets.js';

const BARS = 8;

interface Row {
  readonly name: string;
  readonly calls: CallsByTier;
}

/** Calls by whatever `nameOf` tells, the most first, stacked by risk. */
export function barChart(
  title: string,
  findings: readonly Finding[],
  nameOf: (finding: Finding) => string,
): Markup {
  const rows = rowsOf(findings, nameOf);
  const most = Math.max(...rows.map(({ calls }) => sumOf(calls)));
  const x = scaleLinear([0, most], [0, 100]);
  return h('figure', { class: 'chart' }, [
    h('figcaption', null, title),
    h('ol', { class: 'bars' }, rows.map((row) => bar(row, x))),
  ]); // prettier-ignore
}

function rowsOf(findings: readonly Finding[], nameOf: (finding: Finding) => string): Row[] {
  const groups = new Map<string, Record<RiskTier, number>>();
  for (const finding of findings) {
    const name = nameOf(finding);
    const calls = groups.get(name) ?? emptyTiers();
    calls[tierOf(finding)] += finding.calls;
    groups.set(name, calls);
  }
  const rows = [...groups].map(([name, calls]) => ({ name, calls })).toSorted(byCalls);
  if (rows.length <= BARS) return rows;
  const rest = emptyTiers();
  for (const { calls } of rows.slice(BARS - 1)) {
    for (const tier of RISK_TIERS) rest[tier] += calls[tier];
  }
  const name = counted(rows.length - BARS + 1, 'other');
  return [...rows.slice(0, BARS - 1), { name, calls: rest }];
}

function byCalls(a: Row, b: Row): number {
  return sumOf(b.calls) - sumOf(a.calls) || (a.name < b.name ? -1 : 1);
}

function bar({ name, calls }: Row, x: (calls: number) => number): Markup {
  return h('li', null, [
    h('span', { class: 'name' }, name),
    h('span', { class: 'num' }, number(sumOf(calls))),
    stackedBar(
      RISK_TIERS.map((tier) => ({ tone: tier, name: riskName(tier), calls: calls[tier] })),
      x,
      10,
    ),
  ]);
}

/** Some of the calls, and what they have in common. */
export interface Part {
  /** A risk has one colour on the whole page, so what is no risk has another. */
  readonly tone: RiskTier | 'by-north-virginia' | 'by-unknown' | 'by-others';
  readonly name: string;
  readonly calls: number;
}

/** Parts side by side; `x` gives percents of the width. */
export function stackedBar(
  parts: readonly Part[],
  x: (calls: number) => number,
  height: number,
): Markup {
  let before = 0;
  const shown = parts
    .filter(({ calls }) => calls > 0)
    .map(({ tone, name, calls }) => {
      const start = before;
      before += calls;
      const title = h('title', null, `${counted(calls, 'call')}, ${name}`);
      const place = { x: `${x(start)}%`, width: `${x(before) - x(start)}%`, y: 0, height };
      return h('rect', { class: tone, ...place }, title);
    });
  return h('svg', { width: '100%', height, 'aria-hidden': 'true' }, shown);
}
