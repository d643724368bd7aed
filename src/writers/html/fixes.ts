/**
 * The steps. Many findings share them, so they stand in the page once; a row that opens shows a
 * copy of its own.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Finding } from '../../report/finding-schema.js';
import type { Report } from '../../report/schema.js';
import type { Note, Remediation, Snippet } from '../../clients/advice.js';
import { counted, number } from '../numbers.js';
import { leadTitle, stepsIntroduction } from '../steps.js';
import { shortName } from '../../principals/short-name.js';
import { h, type Markup } from './element.js';
import { MOST_ROWS } from './limits.js';

/** The id of the element that holds the finding's steps. */
export function fixId(finding: Finding): string {
  const { remediation } = finding;
  return `fix-${bytesToHex(sha256(utf8ToBytes(JSON.stringify(remediation)))).slice(0, 16)}`;
}

interface Fix {
  readonly remediation: Remediation;
  /** Names of those who need it, in the order of the findings. */
  readonly names: Set<string>;
}

export function fixesSection({ findings }: Report): Markup {
  if (findings.length === 0) return null;
  const fixes = new Map<string, Fix>();
  for (const finding of findings.slice(0, MOST_ROWS)) {
    const { remediation, principal } = finding;
    const fix = fixes.get(fixId(finding)) ?? { remediation, names: new Set<string>() };
    fix.names.add(shortName(principal.id));
    fixes.set(fixId(finding), fix);
  }
  return h('section', { 'aria-labelledby': 'fixes' }, [
    h('h2', { id: 'fixes' }, 'All steps'),
    h('details', { class: 'fixes' }, [
      h('summary', null, `${counted(fixes.size, 'way')} to move a caller, as the rows above show them`),
      [...fixes].map(([id, fix]) => article(id, fix)),
    ]),
  ]);
} // prettier-ignore

/** The rest is in the table. */
const NAMED = 3;

function article(id: string, { remediation: { steps, mayBreak, verify }, names }: Fix): Markup {
  const more = names.size - NAMED;
  const named = [...names].slice(0, NAMED).join(', ');
  const introduction = stepsIntroduction(steps);
  return h('article', { id, class: 'fix' }, [
    h('h3', null, `For ${named}${more > 0 ? ` and ${number(more)} more` : ''}`),
    introduction === null ? null : h('p', null, introduction),
    h('ol', null, steps.map((step, index) => {
      const title = leadTitle(step, steps.slice(0, index));
      return h('li', null, noteMarkup({ ...step, title }));
    })),
    mayBreak.length === 0
      ? null
      : h('div', { class: 'callout' }, [
          h('strong', null, 'May break'),
          h('ul', null, mayBreak.map((text) => h('li', null, text))),
        ]),
    verify.map((step) => h('div', { class: 'verify' }, noteMarkup(step))),
  ]);
} // prettier-ignore

function noteMarkup({ title, detail, snippets, sources }: Note): Markup {
  return [
    h('h4', null, title),
    h('p', null, [detail, sources.filter(isPublicPage).map(link)]),
    snippets.map(snippet),
  ];
}

function snippet({ label, code }: Snippet): Markup {
  return h('figure', { class: 'snippet' }, [
    h('figcaption', null, [
      label,
      h('button', { type: 'button', class: 'copy' }, [
        'Copy',
        h('span', { class: 'hidden-text' }, ` ${label}`),
      ]),
    ]),
    // A tab would be shown as what it is in text of callers: an escape.
    h('pre', { tabIndex: 0 }, h('code', null, code.replaceAll('\t', '    '))),
  ]);
}

/** Links come from the tool's own knowledge; anything else stays out of the page. */
function isPublicPage(source: string): boolean {
  return /^https:\/\/[\w.-]+(?:\/|$)/.test(source);
}

function link(href: string): Markup {
  return [' ', h('a', { href, rel: 'noreferrer noopener', title: href }, shortUrl(href))];
}

const LONGEST_LINK = 44;

/** `docs.aws.amazon.com/…/feature-sts-regionalized-endpoints.html`, cut to a line's part. */
function shortUrl(href: string): string {
  const text = href.replace('https://', '');
  if (text.length <= LONGEST_LINK) return text;
  return `${text.slice(0, LONGEST_LINK - 1)}…`;
}
