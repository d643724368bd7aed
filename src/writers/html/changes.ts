import type { Absent } from '../../report/annotation-schema.js';
import type { Finding } from '../../report/finding-schema.js';
import type { Report } from '../../report/schema.js';
import { counting } from '../answer.js';
import { changeCounts, describeChange, since } from '../changes.js';
import { number } from '../numbers.js';
import { inStableOrder } from '../order.js';
import { breakable, h, type Markup } from './element.js';

/** More than these are in the table below, or in the JSON report. */
const LISTED = 50;

/** What changed since the baseline; nothing without one. */
export function changesSection(report: Report): Markup {
  const { changes } = report;
  if (changes === undefined) return null;
  const findings = inStableOrder(counting(report));
  const now = (status: string): Item[] =>
    findings.filter(({ change }) => change?.status === status).map(toItem);
  return h('section', { 'aria-labelledby': 'changes' }, [
    h('h2', { id: 'changes' }, `Changes ${since(report)}`),
    h('p', null, `${changeCounts(report)}.`),
    h('div', { class: 'changes' }, [
      list('Came back', 'bad', now('regressed')),
      list('New', 'bad', now('new')),
      list('Changed', '', now('changed')),
      list('Gone', 'good', changes.gone.map(fromAbsent)),
      list('Quiet, not surely gone', '', changes.quiet.map(fromAbsent)),
      list('Not seen, evidence does not suffice', '', changes.unconfirmed.map(fromAbsent)),
    ]),
    changes.notes.map((note) => h('p', { class: 'callout' }, note)),
  ]);
}

interface Item {
  readonly principal: string;
  readonly client: string;
  readonly note: string;
  readonly href?: string;
}

function toItem(finding: Finding): Item {
  const { id, principal, client, change } = finding;
  const note = change?.status === 'new' ? '' : describeChange(finding);
  return { principal: principal.id, client: client.product, note, href: `#f-${id}` };
}

function fromAbsent({ principal, client, because }: Absent): Item {
  return { principal, client, note: because };
}

function list(title: string, mood: string, items: readonly Item[]): Markup {
  if (items.length === 0) return null;
  const more = items.length - LISTED;
  return h('div', { class: `change ${mood}` }, [
    h('h3', null, `${title} (${number(items.length)})`),
    h('ul', null, [
      items.slice(0, LISTED).map(listItem),
      more > 0 ? h('li', null, `and ${number(more)} more`) : null,
    ]),
  ]);
}

function listItem({ principal, client, note, href }: Item): Markup {
  const name = h('code', null, breakable(principal));
  return h('li', null, [
    href === undefined ? name : h('a', { href }, name),
    ` with ${client}`,
    note === '' ? null : h('span', { class: 'note' }, note),
  ]);
}
