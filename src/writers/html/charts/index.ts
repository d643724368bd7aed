import { h, type Markup } from '../element.js';
import { describeClient } from '../../../clients/client-key.js';
import type { Report } from '../../../report/schema.js';
import { RISK_TIERS } from '../../../clients/advice.js';
import { riskMeaning, riskName } from '../../risk.js';
import { barChart } from './bars.js';
import { dayChart } from './days.js';

/** Where people would rather look than read. Drawn here: the page needs no script to show it. */
export function charts({ findings }: Report): Markup {
  if (findings.length === 0) return null;
  return h('section', { 'aria-labelledby': 'charts' }, [
    h('h2', { id: 'charts' }, 'Calls'),
    legend(),
    dayChart(findings),
    h('div', { class: 'pair' }, [
      barChart('Calls by account', findings, ({ accountId }) => accountId || 'unknown account'),
      barChart('Calls by client', findings, ({ client }) => describeClient(client)),
    ]),
  ]);
}

function legend(): Markup {
  return h(
    'ul',
    { class: 'legend', 'aria-label': 'Colours' },
    RISK_TIERS.map((tier) =>
      h('li', { title: riskMeaning(tier) }, [
        h('span', { class: `swatch ${tier}`, 'aria-hidden': 'true' }),
        riskName(tier),
      ]),
    ),
  );
}
