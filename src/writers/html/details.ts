/**
 * What a row opens to: what to do, and what was seen.
 */
import { SAMPLE_KINDS, type SampleKind, sampleValues } from '../../samples.js';
import type { Finding } from '../../report/finding-schema.js';
import { describeChange } from '../changes.js';
import { counted, number } from '../numbers.js';
import { fixInShort } from '../steps.js';
import { h, type Markup } from './element.js';
import { fixId } from './fixes.js';

/** All samples are in the JSON report. */
const SAMPLES = 3;

export function details(finding: Finding): Markup {
  const { remediation } = finding;
  const fix = fixId(finding);
  return h('div', { class: 'details' }, [
    h('div', { class: 'do', 'data-fix': fix }, [
      h('h3', null, 'What to do'),
      h('p', null, h('a', { href: `#${fix}` }, fixInShort(remediation.steps) || 'Steps')),
    ]),
    h('div', { class: 'seen' }, [h('h3', null, 'What was seen'), h('dl', null, facts(finding))]),
  ]);
}

function facts(finding: Finding): Markup {
  const { risk, diagnosis, workload, location } = finding;
  const { owner, ignored, principal, signals, errors, longestSessionSeconds } = finding;
  return [
    fact('Risk', risk.explanation),
    fact('Cause', diagnosis.explanation),
    fact('Runs as', workload?.text),
    fact('Runs where', location.explanation),
    fact('Change', describeChange(finding)),
    fact('Owner', owner && [owner.team, owner.contact, owner.ticketProject].filter(Boolean).join(', ')),
    fact('Ignored', ignored && `${ignored.reason} (${ignored.ticket ?? 'no ticket'}, until ${ignored.until})`),
    fact('Principal', `${principal.type} ${principal.id}`),
    fact('VPC endpoint', finding.vpcEndpointId ?? 'none'),
    fact('Seen', `${finding.firstSeen} to ${finding.lastSeen}`),
    fact('Operations', counts(finding.operations)),
    fact('Failed', counts(errors)),
    fact('Served by', counts(finding.servingRegions)),
    fact('TLS', counts(finding.tlsVersions)),
    fact('Signals', counts(signals)),
    fact('Longest session', longestSessionSeconds === null ? undefined : `${number(longestSessionSeconds)} s`),
    SAMPLE_KINDS.map((kind) => samples(finding, kind)),
    fact('Finding', `${finding.id}, lineage ${finding.lineage}`),
  ];
} // prettier-ignore

function fact(name: string, value: string | undefined): Markup {
  if (value === undefined || value.trim() === '') return null;
  return [h('dt', null, name), h('dd', null, value)];
}

function counts(numbers: Readonly<Record<string, number>>): string {
  const present = Object.entries(numbers).filter(([, count]) => count > 0);
  return present.map(([name, count]) => `${name} ${number(count)}`).join(', ');
}

const SAMPLE_NAMES: Readonly<Record<SampleKind, string>> = {
  userAgents: 'User agents',
  sourceAddresses: 'Source addresses',
  sessionNames: 'Sessions',
  requestedSessionNames: 'Requested session names',
  targetRoles: 'Target roles',
  issuedTo: 'Issued to',
};

function samples(finding: Finding, kind: SampleKind): Markup {
  const values = sampleValues(finding.samples, kind);
  const { count, atLeast } = finding.distinct[kind];
  if (values.length === 0) return null;
  const shown = values.slice(0, SAMPLES);
  const more = `${atLeast ? 'at least ' : ''}${counted(count, 'value')} in all`;
  return [
    h('dt', null, SAMPLE_NAMES[kind]),
    shown.map((value) => h('dd', null, h('code', null, value))),
    count > shown.length ? h('dd', { class: 'sub' }, more) : null,
  ];
}
