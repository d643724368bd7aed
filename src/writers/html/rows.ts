import { describeClient } from '../../clients/client-key.js';
import type { Finding } from '../../report/finding-schema.js';
import { RISK_TIERS } from '../../clients/advice.js';
import { shortChange } from '../changes.js';
import { number } from '../numbers.js';
import { riskMeaning, riskName, tierOf } from '../risk.js';
import { details } from './details.js';
import { shortName } from '../../principals/short-name.js';
import { breakable, h, type Markup } from './element.js';

/** Columns that only some reports have. */
export interface Shape {
  readonly owners: boolean;
  readonly changes: boolean;
}

export interface Column {
  readonly title: string;
  readonly numeric?: boolean;
  readonly cell: (finding: Finding) => Markup;
  /** What sorts the column, where it is not its text. */
  readonly sort?: (finding: Finding) => number;
}

export function columns(shape: Shape): readonly Column[] {
  return [
    { title: 'Risk', cell: risk, sort: (finding) => RISK_TIERS.indexOf(tierOf(finding)) },
    { title: 'Principal', cell: principal },
    { title: 'Account', cell: ({ accountId }) => accountId },
    { title: 'Client', cell: client },
    ...(shape.owners ? [OWNER] : []),
    { title: 'Calls', numeric: true, cell: ({ calls }) => number(calls), sort: ({ calls }) => calls },
    { title: 'Last seen', cell: ({ lastSeen }) => lastSeen.slice(0, 10) },
    ...(shape.changes ? [CHANGE] : []),
  ];
} // prettier-ignore

const OWNER: Column = { title: 'Owner', cell: ({ owner }) => owner?.team ?? '' };
const CHANGE: Column = { title: 'Change', cell: shortChange };

/** Two rows: what is always there, and what opens. */
export function findingRows(finding: Finding, shape: Shape): Markup {
  const { id, accountId, owner, change, ignored, vpcEndpointId } = finding;
  const all = columns(shape);
  return h(
    'tbody',
    {
      id: `f-${id}`,
      'data-risk': tierOf(finding),
      'data-account': accountId === '' ? '-' : accountId,
      'data-owner': owner?.team ?? '-',
      'data-endpoint': vpcEndpointId ?? '-',
      'data-change': change?.status,
      'data-ignored': ignored?.expired === false ? 'yes' : 'no',
      class: ignored?.expired === false ? 'ignored' : undefined,
    },
    [
      h('tr', { class: 'row' }, [
        h('td', { class: 'opener' }, opener(finding)),
        all.map((column) => cell(column, finding)),
      ]),
      h('tr', { class: 'detail', id: `d-${id}`, hidden: true }, [
        h('td', { colspan: all.length + 1 }, details(finding)),
      ]),
    ],
  );
}

function opener({ id, principal: { id: name } }: Finding): Markup {
  return h('button', { type: 'button', class: 'open', 'aria-expanded': 'false', 'aria-controls': `d-${id}` }, [
    h('span', { class: 'hidden-text' }, `Details of ${name}`),
  ]);
} // prettier-ignore

function cell({ title, numeric, cell: content, sort }: Column, finding: Finding): Markup {
  const attributes = {
    class: numeric === true ? 'num' : undefined,
    'data-label': title,
    'data-sort': sort?.(finding),
  };
  return h('td', attributes, content(finding));
}

function risk(finding: Finding): Markup {
  const tier = tierOf(finding);
  return h('span', { class: `badge ${tier}`, title: riskMeaning(tier) }, riskName(tier));
}

function client({ client: software, vpcEndpointId }: Finding): Markup {
  const via = vpcEndpointId === null ? null : h('span', { class: 'sub' }, `via ${vpcEndpointId}`);
  return [describeClient(software), via];
}

/** The name stands out; the whole ARN is there for who needs it. */
function principal({ principal: { id, type }, ignored }: Finding): Markup {
  const name = shortName(id);
  return [
    h('strong', null, name),
    h('span', { class: 'sub' }, name === id ? type : breakable(id)),
    ignored === undefined
      ? null
      : h('span', { class: 'sub mark' }, `${ignored.expired ? 'was ignored' : 'ignored'} until ${ignored.until}: ${ignored.reason}`), // prettier-ignore
  ];
}
