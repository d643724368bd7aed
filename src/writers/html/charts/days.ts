/**
 * Calls per day, stacked by risk. Across, everything is in percent, so that the drawing fits any
 * width and its text keeps its size.
 */
import { scaleBand, scaleLinear } from 'd3-scale';
import { stack } from 'd3-shape';
import { h, type Markup } from '../element.js';
import type { Finding } from '../../../report/finding-schema.js';
import { RISK_TIERS, type RiskTier } from '../../../clients/advice.js';
import { counted, number } from '../../numbers.js';
import { riskName } from '../../risk.js';
import { type Bucket, type Buckets, inBuckets, sumOf } from './buckets.js';

const HEIGHT = 200;
/** Above it stand the unit and the numbers of the bars. */
const TOP = 28;
const LABELS = 8;

export function dayChart(findings: readonly Finding[]): Markup {
  const data = inBuckets(findings);
  const title = `Calls per ${unitOf(data)}`;
  return h('figure', { class: 'chart' }, [
    h('figcaption', null, [
      h('span', { id: 'days-title' }, title),
      h('span', { class: 'note', id: 'days-note' }, summaryOf(data)),
    ]),
    drawing(data),
    asTable(data),
  ]);
}

function drawing({ days, buckets }: Buckets): Markup {
  const most = Math.max(...buckets.map(({ calls }) => sumOf(calls)));
  const y = scaleLinear([0, most], [HEIGHT, TOP]).nice(4);
  const x = scaleBand(buckets.map(({ day }) => day), [0, 100]).paddingInner(buckets.length < 15 ? 0.45 : 0.15); // prettier-ignore
  const layers = stack<Bucket, RiskTier>()
    .keys(RISK_TIERS)
    .value(({ calls }, tier) => calls[tier])([...buckets]);
  const plot = h(
    'svg',
    { width: '100%', height: HEIGHT + 24, role: 'img', 'aria-labelledby': 'days-title days-note' },
    [
      y.ticks(4).map((tick) => h('line', { class: 'grid', x1: 0, x2: '100%', y1: y(tick), y2: y(tick) })),
      layers.map((layer) =>
        layer.map((point, index) => bar({ tier: layer.key, point, bucket: buckets[index], days }, x, y)),
      ),
      buckets.length <= TOTALLED ? totals(buckets, x, y) : null,
      dayLabels(buckets, x),
    ],
  );
  return h('div', { class: 'plot' }, [axis(y), plot]);
} // prettier-ignore

/** `952 calls on 7 days, at most 136 on one of them (2026-01-12)`. */
function summaryOf(data: Buckets): string {
  const sums = data.buckets.map(({ calls }) => sumOf(calls));
  const most = Math.max(...sums);
  const all = counted(sums.reduce((sum, calls) => sum + calls, 0), 'call');
  const when = data.buckets[sums.indexOf(most)]?.day ?? '';
  const unit = unitOf(data);
  if (sums.length === 1) return `${all}, all on ${when}`;
  return `${all} in ${counted(sums.length, unit === 'day' ? 'day' : 'bar')}, at most ${number(most)} in one, ${unit === 'day' ? 'on' : 'from'} ${when}`;
} // prettier-ignore

/** Fewer bars than this are wide enough to carry their number. */
const TOTALLED = 8;

function totals(buckets: readonly Bucket[], x: Band, y: Scale): Markup[] {
  return buckets.map(({ day, calls }) =>
    h('text', { class: 'axis total', ...middleOf(day, x), y: round(y(sumOf(calls)) - 4), 'aria-hidden': 'true' }, number(sumOf(calls))),
  );
} // prettier-ignore

function middleOf(day: string, x: Band): { x: string; 'text-anchor': string } {
  return { x: `${round((x(day) ?? 0) + x.bandwidth() / 2)}%`, 'text-anchor': 'middle' };
}

/** The numbers stand beside the plot, since across it everything is in percent. */
function axis(y: Scale): Markup {
  const format = y.tickFormat(4, '~s');
  const labels = y
    .ticks(4)
    .map((tick) => h('text', { class: 'axis', x: 34, y: y(tick) + 4, 'text-anchor': 'end' }, format(tick)));
  const unit = h('text', { class: 'axis', x: 34, y: 9, 'text-anchor': 'end' }, 'calls');
  return h('svg', { width: 40, height: HEIGHT + 24, 'aria-hidden': 'true' }, [unit, labels]);
} // prettier-ignore

type Scale = ReturnType<typeof scaleLinear<number, number>>;
type Band = ReturnType<typeof scaleBand<string>>;

interface Bar {
  readonly tier: RiskTier;
  readonly point: readonly [number, number] | readonly number[];
  readonly bucket: Bucket | undefined;
  readonly days: number;
}

function bar({ tier, point, bucket, days }: Bar, x: Band, y: Scale): Markup {
  const [from = 0, to = 0] = point;
  if (bucket === undefined || to === from) return null;
  const when = days === 1 ? bucket.day : `${days} days from ${bucket.day}`;
  return h(
    'rect',
    {
      class: tier,
      x: `${round(x(bucket.day) ?? 0)}%`,
      width: `${round(x.bandwidth())}%`,
      y: round(y(to)),
      height: round(y(from) - y(to)),
    },
    h('title', null, `${when}: ${counted(to - from, 'call')}, ${riskName(tier)}`),
  );
}

/** At the first day of a label's stretch; every second one gives way on a narrow screen. */
function dayLabels(buckets: readonly Bucket[], x: Band): Markup[] {
  const step = Math.max(1, Math.ceil(buckets.length / LABELS));
  const labelled = buckets.filter((_, index) => index % step === 0);
  return labelled.map(({ day }, index) =>
    h(
      'text',
      {
        class: index % 2 === 1 ? 'axis odd' : 'axis',
        ...(buckets.length <= TOTALLED ? middleOf(day, x) : { x: `${round(x(day) ?? 0)}%` }),
        y: HEIGHT + 18,
        'aria-hidden': 'true',
      },
      shortDay(day),
    ),
  );
}

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

function shortDay(day: string): string {
  return `${Number(day.slice(8))} ${MONTHS[Number(day.slice(5, 7)) - 1]}`;
}

/** The same for those who cannot see the drawing, or want the numbers. */
function asTable(data: Buckets): Markup {
  const head = [unitOf(data) === 'day' ? 'Day' : 'From', ...RISK_TIERS.map(riskName)];
  return h('details', { class: 'numbers' }, [
    h('summary', null, 'As a table'),
    h('div', { class: 'scroll', tabIndex: 0, role: 'group', 'aria-label': 'Calls as a table' }, [
      h('table', null, [
        h('thead', null, h('tr', null, head.map((text) => h('th', { scope: 'col' }, text)))),
        h('tbody', null, data.buckets.map(({ day, calls }) =>
          h('tr', null, [
            h('th', { scope: 'row' }, day),
            ...RISK_TIERS.map((tier) => h('td', { class: 'num' }, number(calls[tier]))),
          ]),
        )),
      ]),
    ]),
  ]);
} // prettier-ignore

function unitOf({ days }: Buckets): string {
  if (days === 1) return 'day';
  return days === 7 ? 'week' : `${days / 7} weeks`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
