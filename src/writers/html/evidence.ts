/**
 * What was looked at. In a report without findings this is the finding.
 */
import type { IgnoreEntryStatus } from '../../report/annotation-schema.js';
import type { Report } from '../../report/schema.js';
import { evidence, managed, span } from '../answer.js';
import { counted, moment, number } from '../numbers.js';
import { h, type Markup } from './element.js';

/** The rest is in the JSON report. */
const LISTED = 100;

export function evidenceSection(report: Report): Markup {
  const [first = '', ...rest] = evidence(report);
  const services = managed(report);
  return h('section', { 'aria-labelledby': 'evidence' }, [
    h('h2', { id: 'evidence' }, 'Evidence'),
    h('p', { class: `callout ${report.coverage.complete ? 'good' : 'bad'}` }, [h('strong', null, first), ` ${rest.join(' ')}`]),
    gaps(report),
    h('dl', { class: 'facts' }, [
      fact('Window', span(report) ?? 'whatever the input held'),
      fact('STS events seen', report.coverage.firstEvent === null ? 'none' : `${report.coverage.firstEvent} to ${report.coverage.lastEvent}`),
      fact('Accounts', list(report.coverage.accounts.map(({ accountId, stsEvents }) => `${accountId || 'unknown'} (${number(stsEvents)})`))),
      report.sources.map(source),
      fact('AWS services', services ?? ''),
    ]),
    ignoreList(report),
    merged(report),
  ]);
} // prettier-ignore

function gaps({ coverage }: Report): Markup {
  if (coverage.complete) return null;
  return items(
    coverage.gaps.map(({ subject, message }) => [h('code', null, subject), ` ${message}`]),
  );
}

function source({ name, targets, regions, notes, figures }: Report['sources'][number]): Markup {
  const counts = Object.entries(figures).map(([what, count]) => `${what.replaceAll('_', ' ')} ${number(count)}`); // prettier-ignore
  const parts = [
    list(targets),
    regions.length === 0 ? '' : `Regions ${list(regions)}`,
    counts.join(', '),
    ...notes,
  ];
  return fact(`Source ${name}`, parts.filter((part) => part !== '').join('. '));
}

function ignoreList({ ignoreList: status }: Report): Markup {
  if (status === undefined) return null;
  const { entries, findings, calls, expired, unused } = status;
  return [
    h('h3', null, 'Ignore list'),
    h('p', null, `${counted(entries, 'entry', 'entries')}; ${counted(findings, 'finding')} with ${counted(calls, 'call')} ${findings === 1 ? 'does' : 'do'} not count.`),
    items([
      ...expired.map((entry) => [`expired on ${entry.until}, so ${counted(entry.findings, 'finding counts', 'findings count')} again: `, describe(entry)]),
      ...unused.map((entry) => ['fits no finding: ', describe(entry)]),
    ]),
  ];
} // prettier-ignore

function items(all: readonly Markup[]): Markup {
  const more = all.length - LISTED;
  return h('ul', { class: 'gaps' }, [
    all.slice(0, LISTED).map((item) => h('li', null, item)),
    more > 0 ? h('li', null, `and ${number(more)} more, in the JSON report`) : null,
  ]);
}

function describe({ matches, reason, ticket }: IgnoreEntryStatus): Markup {
  return [h('code', null, matches), ` (${reason}${ticket === undefined ? '' : `, ${ticket}`})`];
}

function merged({ merged: parts }: Report): Markup {
  if (parts === undefined) return null;
  const lines = parts.reports.map(({ generatedAt, accounts, calls, complete }) => {
    const state = complete ? 'complete' : 'incomplete';
    return `report of ${moment(generatedAt)}: ${counted(accounts.length, 'account')}, ${counted(calls, 'call')}, ${state}`;
  });
  const overlaps = parts.overlaps.map(({ accountId, from, to, calls, callsIfDistinct }) =>
    `account ${accountId}, ${from} to ${to}: ${counted(calls, 'call')} counted, ${number(callsIfDistinct)} if no call were in two reports`,
  );
  return [
    h('h3', null, 'Merged from'),
    items([...lines, ...overlaps, ...parts.notes]),
  ];
} // prettier-ignore

function fact(name: string, value: string): Markup {
  return value === '' ? null : [h('dt', null, name), h('dd', null, value)];
}

function list(values: readonly string[]): string {
  const more = values.length - LISTED;
  return [...values.slice(0, LISTED), ...(more > 0 ? [`and ${number(more)} more`] : [])].join(', ');
}
