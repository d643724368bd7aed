/**
 * The summary that people read on the terminal.
 */
import type { Report } from '../report/schema.js';
import type { Finding } from '../report/finding-schema.js';
import { printable } from './escape.js';
import type { Writer } from './writer.js';

const WIDTH = 100;
const LISTED = 20;

export const text: Writer = {
  name: 'text',
  extension: 'txt',
  render: (report) =>
    [answer(report), evidence(report), table(report.findings), managed(report)]
      .filter((part) => part !== '')
      .map((part) => `${part}\n`)
      .join('\n'),
};

function answer({ totals, window, coverage }: Report): string {
  const from = window.from ?? coverage.firstEvent;
  const to = window.to ?? coverage.lastEvent;
  const span = from === null || to === null ? '' : `, ${from} to ${to}`;
  if (totals.findings === 0) {
    const doubt = coverage.complete ? '' : ' in what could be read';
    return `No call to the global endpoint sts.amazonaws.com was found${doubt}${span}.`;
  }
  return [
    `${number(totals.calls)} ${plural(totals.calls, 'call')} to the global endpoint sts.amazonaws.com${span}`,
    `${number(totals.findings)} ${plural(totals.findings, 'finding')}, ${number(totals.principals)} ${plural(totals.principals, 'principal')}`,
  ].join('\n');
}

function evidence({ coverage, sources }: Report): string {
  const { stsEvents, assessable, notAssessable, notAssessableByAwsServices } = coverage;
  const unknown = notAssessable - notAssessableByAwsServices;
  const lines = [
    `Evidence: ${coverage.complete ? 'complete' : 'INCOMPLETE'}. ${number(stsEvents)} STS events seen, ${number(assessable)} say which endpoint they reached.`,
  ];
  if (notAssessableByAwsServices > 0) {
    lines.push(
      `  ${number(notAssessableByAwsServices)} were made by AWS services, which CloudTrail logs without TLS details.`,
    );
  }
  if (unknown > 0) {
    lines.push(
      `  ${number(unknown)} customer ${plural(unknown, 'call')} without TLS details: whether global or not is unknown.`,
    );
  }
  for (const gap of coverage.gaps.slice(0, LISTED)) {
    lines.push(`  ! ${printable(gap.subject)}: ${printable(gap.message)}`);
  }
  if (coverage.gaps.length > LISTED) {
    lines.push(
      `  ! ${number(coverage.gaps.length - LISTED)} more problems are in the JSON report.`,
    );
  }
  for (const { name, notes } of sources) lines.push(...notes.map((note) => `  ${name}: ${note}`));
  return lines.join('\n');
}

function table(findings: readonly Finding[]): string {
  if (findings.length === 0) return '';
  const rows = findings.slice(0, LISTED).map((finding) => ({
    calls: number(finding.calls),
    seen: finding.lastSeen.slice(0, 10),
    who: printable(finding.principal.id),
    client: printable(finding.client.product),
  }));
  const whoWidth = Math.min(56, Math.max(9, ...rows.map(({ who }) => who.length)));
  const clientWidth = WIDTH - whoWidth - 22;
  const line = (calls: string, seen: string, who: string, client: string): string =>
    `${calls.padStart(7)}  ${seen.padEnd(10)}  ${fit(who, whoWidth)}  ${fit(client, clientWidth)}`.trimEnd();
  const more = findings.length - rows.length;
  return [
    line('calls', 'last seen', 'principal', 'client'),
    ...rows.map(({ calls, seen, who, client }) => line(calls, seen, who, client)),
    ...(more > 0 ? [`        and ${number(more)} more: --out DIR writes all of them`] : []),
  ].join('\n');
}

function managed({ totals, awsManaged }: Report): string {
  if (awsManaged.length === 0) return '';
  const services = [...new Set(awsManaged.map(({ service }) => printable(service)))];
  return `AWS services made ${number(totals.awsManagedCalls)} further calls (${services.join(', ')}): nothing to do.`;
}

/** Cut or padded to a width; the end of a name says more than its beginning. */
function fit(value: string, width: number): string {
  return value.length <= width ? value.padEnd(width) : `…${value.slice(value.length - width + 1)}`;
}

function plural(count: number, word: string): string {
  return count === 1 ? word : `${word}s`;
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}
