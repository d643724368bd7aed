/**
 * The table of findings, with its filters.
 */
import type { Finding } from '../../report/finding-schema.js';
import type { Report } from '../../report/schema.js';
import { RISK_TIERS } from '../../clients/advice.js';
import { meaning, STATUSES } from '../changes.js';
import { number } from '../numbers.js';
import { riskName, tierOf } from '../risk.js';
import { h, type Markup } from './element.js';
import { MOST_ROWS } from './limits.js';
import { type Column, columns, findingRows } from './rows.js';

export function findingsSection({ findings, changes }: Report, linksFiles: boolean): Markup {
  if (findings.length === 0) return null;
  const shown = findings.slice(0, MOST_ROWS);
  const shape = {
    owners: shown.some(({ owner }) => owner !== undefined),
    changes: changes !== undefined,
  };
  return h('section', { 'aria-labelledby': 'findings' }, [
    h('h2', { id: 'findings' }, 'Findings'),
    findings.length > shown.length ? cut(shown.length, findings.length, linksFiles) : null,
    filters(shown, shape.changes),
    h('div', { class: 'table' }, h('table', { class: 'findings', id: 'table' }, [
      h('caption', { class: 'hidden-text' }, 'Findings. The button of a row opens what to do.'),
      h('thead', null, h('tr', null, [
        h('th', { scope: 'col', class: 'opener' }, h('span', { class: 'hidden-text' }, 'Details')),
        columns(shape).map(header),
      ])),
      shown.map((finding) => findingRows(finding, shape)),
    ])),
    h('p', { class: 'none', id: 'none', hidden: true }, 'No finding fits the filter.'),
  ]);
} // prettier-ignore

function cut(shown: number, all: number, linksFiles: boolean): Markup {
  return h('p', { class: 'callout bad' }, [
    `This page shows the first ${number(shown)} of ${number(all)} findings. `,
    linksFiles
      ? [
          'All of them are in ',
          h('a', { href: 'report.csv' }, 'report.csv'),
          ', which --out writes beside this page.',
        ]
      : '--format csv writes all of them.',
    ' Search, sorting and filters know only what is shown; the numbers and drawings above count all.',
  ]);
}

function header({ title, numeric }: Pick<Column, 'title' | 'numeric'>, index: number): Markup {
  const button = h('button', { type: 'button', class: 'sort', 'data-column': index + 1 }, title);
  return h('th', { scope: 'col', class: numeric === true ? 'num' : undefined, 'data-label': title, 'aria-sort': 'none' }, button); // prettier-ignore
}

function filters(findings: readonly Finding[], withChanges: boolean): Markup {
  const accounts = findings.map(({ accountId }) => accountId);
  const owners = findings.map(({ owner }) => owner?.team ?? '');
  const endpoints = findings.map(({ vpcEndpointId }) => vpcEndpointId ?? '');
  const risks = RISK_TIERS.filter((tier) => findings.some((finding) => tierOf(finding) === tier));
  const statuses = STATUSES.filter((status) =>
    findings.some(({ change }) => change?.status === status),
  );
  return h('form', { class: 'filters', role: 'search', id: 'filters' }, [
    h('label', { class: 'wide' }, [
      'Search',
      h('input', { type: 'search', name: 'search', placeholder: 'principal, client, account, …', autocomplete: 'off' }), // prettier-ignore
    ]),
    select('risk', 'Risk', risks.map((tier) => [tier, riskName(tier)])),
    select('account', 'Account', distinct(accounts)),
    select('endpoint', 'VPC endpoint', distinct(endpoints)),
    select('owner', 'Owner', distinct(owners)),
    withChanges ? select('change', 'Change', statuses.map((status) => [status, meaning(status)])) : null,
    select('ignored', 'Ignored', ignoredOptions(findings)),
    h('p', { class: 'count', role: 'status', id: 'count' }, `${number(findings.length)} shown`),
  ]);
} // prettier-ignore

type Option = readonly [value: string, text: string];

/** One choice is no choice. */
function select(name: string, label: string, options: readonly Option[]): Markup {
  if (options.length < 2) return null;
  return h('label', null, [
    label,
    h('select', { name }, [
      h('option', { value: '' }, 'all'),
      options.map(([value, text]) => h('option', { value }, text)),
    ]),
  ]);
}

function distinct(values: readonly string[]): Option[] {
  const texts = [...new Set(values)].toSorted();
  return texts.map((text) => [text === '' ? '-' : text, text === '' ? 'none' : text]);
}

function ignoredOptions(findings: readonly Finding[]): Option[] {
  const ignored = findings.filter((finding) => finding.ignored?.expired === false).length;
  if (ignored === 0) return [];
  return [
    ['no', 'not ignored'],
    ['yes', 'ignored'],
  ];
}
