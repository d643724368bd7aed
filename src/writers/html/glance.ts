/**
 * The answer in one glance, at the top of the page.
 */
import { stackedBar } from './charts/bars.js';
import { h, type Markup } from './element.js';
import type { Report } from '../../report/schema.js';
import { amounts, headline, span } from '../answer.js';
import { changeCounts, since } from '../changes.js';
import { counted, number } from '../numbers.js';
import { callsByService, dependence } from '../risk.js';

export function glance(report: Report): Markup {
  const { slice } = report;
  const when = span(report);
  return h('header', { class: 'glance' }, [
    h('p', { class: 'eyebrow' }, 'Legacy AWS STS endpoint audit'),
    h('h1', null, headline(report)),
    h('p', { class: 'lede' }, [
      slice === undefined ? null : [`For ${slice.by} `, h('strong', null, slice.name), ': '],
      amounts(report),
      when === null ? '' : `, ${when}`,
      '.',
    ]),
    h('ul', { class: 'tiles' }, [
      findingsTile(report),
      callsTile(report),
      dependenceTile(report),
      changeTile(report),
      evidenceTile(report),
    ]),
  ]);
}

interface Tile {
  readonly label: Markup;
  readonly value: Markup;
  readonly note: string;
  /** What the colour says, beside the words. */
  readonly mood?: 'good' | 'bad' | undefined;
  readonly picture?: Markup;
}

function tile({ label, value, note, mood, picture }: Tile): Markup {
  return h('li', { class: mood === undefined ? 'tile' : `tile ${mood}` }, [
    h('span', { class: 'label' }, label),
    h('span', { class: 'value' }, value),
    picture,
    h('span', { class: 'note' }, note),
  ]);
}

function findingsTile({ totals, findings, ignoreList }: Report): Markup {
  const accounts = new Set(findings.map(({ accountId }) => accountId)).size;
  const ignored = ignoreList === undefined ? '' : `; ${number(ignoreList.findings)} ignored`;
  const note = `${counted(totals.principals, 'principal')} in ${counted(accounts, 'account')}${ignored}`;
  return tile({ label: 'Findings', value: number(totals.findings), note });
}

function callsTile({ totals, changes }: Report): Markup {
  const before = changes?.baseline.calls;
  const note =
    before === undefined ? 'to the global endpoint' : `${number(before)} in the baseline`;
  return tile({ label: 'Calls', value: number(totals.calls), note });
}

function dependenceTile({ findings }: Report): Markup {
  const calls = callsByService(findings);
  const share = dependence(calls);
  const label = ['Depends on ', h('span', { class: 'term' }, 'us-east-1')];
  if (share === null) return tile({ label, value: '–', note: 'no calls' });
  const note =
    share.unknown === '0%' ? 'of the calls' : `of the calls; of ${share.unknown} it is not known`;
  const total = calls.northVirginia + calls.unknown + calls.elsewhere;
  const parts = [
    { tone: 'by-north-virginia', name: 'served by us-east-1', calls: calls.northVirginia },
    { tone: 'by-unknown', name: 'not known', calls: calls.unknown },
    { tone: 'by-others', name: 'served by other Regions', calls: calls.elsewhere },
  ] as const;
  const picture = stackedBar(parts, (count) => (count / total) * 100, 6);
  return tile({ label, value: share.share, note, picture });
}

function changeTile(report: Report): Markup {
  const { changes } = report;
  const label = 'Since the baseline';
  if (changes === undefined) return tile({ label, value: '–', note: 'no baseline was given' });
  const { gone, ...lineages } = changes.lineages;
  const more = lineages.new + lineages.regressed;
  const note = `${changeCounts(report)}, ${since(report)}`;
  const value = [signed('+', more, 'bad'), ' ', signed('−', gone, 'good')];
  return tile({ label, value, note });
}

function signed(sign: string, count: number, mood: 'good' | 'bad'): Markup {
  return h('span', { class: count > 0 ? mood : undefined }, sign + number(count));
}

function evidenceTile({ coverage }: Report): Markup {
  const seen = `${counted(coverage.stsEvents, 'STS event')} seen`;
  return coverage.complete
    ? tile({ label: 'Evidence', value: 'Complete', note: seen, mood: 'good' })
    : tile({
        label: 'Evidence',
        value: 'Incomplete',
        note: `${counted(coverage.gaps.length, 'problem')}; ${seen}`,
        mood: 'bad',
      });
}
