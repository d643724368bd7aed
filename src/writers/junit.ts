/**
 * For pipelines that show test results: one test for each caller, named by its lineage so that its
 * history carries on through upgrades, and one for the evidence.
 */
import type { Absent } from '../report/annotation-schema.js';
import { type Lineage, lineagesOf } from '../report/baseline/lineages.js';
import { counts } from '../report/gate.js';
import type { Report } from '../report/schema.js';
import { amounts, evidence, headline } from './answer.js';
import { describeChange } from './changes.js';
import { printable } from './escape.js';
import { counted, moment } from './numbers.js';
import { riskMeaning } from './risk.js';
import { leadTitle } from './steps.js';
import type { Writer } from './writer.js';
import { element, xmlDocument, type XmlElement } from './xml.js';

export const junit: Writer = {
  name: 'junit',
  extension: 'junit.xml',
  render: (report) => xmlDocument(toSuites(report)),
};

/** GitLab takes 30 MB, and nobody reads more than this. */
const MOST_CASES = 5000;

function toSuites(report: Report): XmlElement {
  const all = [...lineagesOf(report).values()];
  const lineages = all.slice(0, MOST_CASES);
  const gone = (report.changes?.gone ?? []).slice(0, MOST_CASES);
  const leftOut = all.length - lineages.length + (report.changes?.gone ?? []).length - gone.length;
  const failures = lineages.filter(isFailure).length;
  const cut = leftOut > 0 ? [toCutCase(leftOut)] : [];
  const totals = {
    tests: lineages.length + gone.length + cut.length + 1,
    failures,
    errors: report.coverage.complete ? 0 : 1,
    skipped: lineages.length - failures + cut.length,
  };
  const suite = element(
    'testsuite',
    { name: 'legacy-endpoint-audit', timestamp: report.generatedAt.slice(0, 19), time: 0, ...totals },
    toEvidenceCase(report),
    ...cut,
    ...lineages.map(toCase),
    ...gone.map(toGoneCase),
  );
  // The schema of Jenkins's xUnit plugin knows no `skipped` there.
  const { skipped: _, ...sums } = totals;
  return element('testsuites', { name: `${headline(report)}: ${amounts(report)}`, ...sums }, suite);
} // prettier-ignore

function isFailure({ findings }: Lineage): boolean {
  return findings.some(counts);
}

function toEvidenceCase(report: Report): XmlElement {
  const attributes = { classname: 'evidence', name: 'the evidence is complete', time: 0 };
  const { complete, gaps } = report.coverage;
  if (complete) return element('testcase', attributes);
  const lines = gaps.map(({ subject, message }) => `${subject}: ${message}`);
  const error = { type: 'incomplete', message: headline(report) };
  return element(
    'testcase',
    attributes,
    element('error', error, [...evidence(report), ...lines.map(printable)].join('\n')),
  );
}

/** Test results have no place for remarks, but people read why a test was skipped. */
function toCutCase(leftOut: number): XmlElement {
  const message = `${counted(leftOut, 'more caller')} left out: --format csv writes all of them`;
  const attributes = { classname: 'evidence', name: 'all callers are shown here', time: 0 };
  return element('testcase', attributes, element('skipped', { message }));
}

function toCase(lineage: Lineage): XmlElement {
  const [finding] = lineage.findings;
  const ignored = lineage.findings.find((one) => one.ignored !== undefined)?.ignored;
  const verdict = isFailure(lineage)
    ? element('failure', { type: finding.risk.tier, message: summaryOf(lineage) }, detailsOf(lineage)) // prettier-ignore
    : element('skipped', { message: `ignored until ${ignored?.until}: ${ignored?.reason}` });
  return element('testcase', nameOf(lineage.lineage, finding.accountId, finding.principal.id), verdict); // prettier-ignore
}

/** A caller that is gone passes: this is how a pipeline shows that a fix worked. */
function toGoneCase({ lineage, accountId, principal }: Absent): XmlElement {
  return element('testcase', nameOf(lineage, accountId, principal));
}

/** Reports of test results match tests by these two. */
function nameOf(
  lineage: string,
  accountId: string,
  principal: string,
): Record<string, string | number> {
  return { classname: `account ${accountId}`, name: `${principal} [${lineage}]`, time: 0 };
}

function summaryOf({ calls, clients, lastSeen }: Lineage): string {
  return `${counted(calls, 'call')} to the legacy global STS endpoint by ${clients.join(', ')}, last on ${moment(lastSeen)}`;
}

function detailsOf({ findings }: Lineage): string {
  const [first] = findings;
  const { diagnosis, remediation, risk } = first;
  const { owner, vpcEndpointId } = first;
  const lines = [
    owner === undefined ? '' : `Owner: ${[owner.team, owner.contact].filter(Boolean).join(', ')}`,
    `Findings: ${findings.map(({ id }) => id).join(', ')}`,
    `VPC endpoint: ${vpcEndpointId ?? 'none'}`,
    `Risk: ${riskMeaning(risk.tier)}`,
    `Cause: ${diagnosis.explanation}`,
    ...remediation.steps.map((step, index) => `${index + 1}. ${leadTitle(step, remediation.steps.slice(0, index))}: ${step.detail}`), // prettier-ignore
    first.change === undefined ? '' : `Since the baseline: ${describeChange(first)}`,
  ];
  return lines
    .filter((line) => line !== '')
    .map(printable)
    .join('\n');
}
