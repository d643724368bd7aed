/**
 * The sentences that every format begins with, so that all of them say the same.
 */
import { printable } from './escape.js';
import { counts } from '../report/gate.js';
import type { Report } from '../report/schema.js';
import { counted, moment, number } from './numbers.js';
import { reach } from './reach.js';

const ENDPOINT = 'the legacy global STS endpoint';

/** One sentence without its full stop. Incomplete evidence is never presented as clean. */
export function headline({ totals, coverage, slice, changes }: Report): string {
  const { quiet = [], unconfirmed = [] } = changes ?? {};
  const unsure = !coverage.complete || quiet.length > 0 || unconfirmed.length > 0;
  if (totals.findings === 0 && slice !== undefined && !unsure) return `No call to ${ENDPOINT} is left`;
  if (totals.findings === 0) return `No call to ${ENDPOINT} was found${coverage.complete ? '' : ' in what could be read'}`;
  const verb = totals.principals === 1 ? 'calls' : 'call';
  return `${counted(totals.principals, 'principal')} still ${verb} ${ENDPOINT}`;
} // prettier-ignore

/** `1,200 calls in 12 findings`, and how many of them do not count. */
export function amounts({ totals, ignoreList }: Report): string {
  const ignored = ignoreList?.findings ?? 0;
  const without = ignored === 0 ? '' : `, ${number(ignored)} of them ignored`;
  return `${counted(totals.calls, 'call')} in ${counted(totals.findings, 'finding')}${without}`;
}

/** The window, or what was seen where the window has no bound; null when neither says. */
export function span({ window, coverage }: Report): string | null {
  const from = window.from ?? coverage.firstEvent;
  const to = window.to ?? coverage.lastEvent;
  return from === null || to === null ? null : `${moment(from)} to ${moment(to)} UTC`;
}

/** What the evidence is worth, in sentences. The first says whether it is complete. */
export function evidence(report: Report): readonly string[] {
  const { coverage, late } = report;
  const { stsEvents, assessable, notAssessable, notAssessableByAwsServices } = coverage;
  const unknown = notAssessable - notAssessableByAwsServices;
  const problems = counted(coverage.gaps.length, 'problem');
  return [
    coverage.complete ? 'Evidence: complete.' : `Evidence: INCOMPLETE (${problems}).`,
    `${counted(stsEvents, 'STS event')} seen, ${number(assessable)} of them ${assessable === 1 ? 'says' : 'say'} which endpoint ${assessable === 1 ? 'it' : 'they'} reached.`,
    ...(notAssessableByAwsServices > 0
      ? [`${counted(notAssessableByAwsServices, 'was', 'were')} made by AWS services, which CloudTrail logs without TLS details.`]
      : []),
    ...(unknown > 0
      ? [`${counted(unknown, 'customer call')} without TLS details: whether global or not is unknown.`]
      : []),
    ...reach(report),
    ...((late?.calls ?? 0) > 0
      ? [`${counted(late?.calls ?? 0, 'call')} from before the window, which no earlier run had counted, ${late?.calls === 1 ? 'is' : 'are'} counted here.`]
      : []),
    ...(late?.note === undefined ? [] : [printable(late.note)]),
    ...corrections(late?.callers ?? []),
  ];
} // prettier-ignore

type Correction = NonNullable<NonNullable<Report['late']>['callers']>[number];

const LISTED = 5;

function corrections(callers: readonly Correction[]): string[] {
  const more = callers.length - LISTED;
  return [
    ...callers.slice(0, LISTED).map((caller) => printable(correction(caller))),
    ...(more > 0 ? [`${counted(more, 'more such caller')} in the JSON report.`] : []),
  ];
}

function correction({ accountId, principal, calls }: Correction): string {
  return `${counted(calls, 'call')} that an earlier run counted for the account called ${calls === 1 ? 'was' : 'were'} made by ${principal} of account ${accountId}: its own record came late.`;
}

/** Calls that AWS services made, which are nobody's to change; null when there are none. */
export function managed({ totals, awsManaged }: Report): string | null {
  if (awsManaged.length === 0) return null;
  const services = [...new Set(awsManaged.map(({ service }) => service))];
  return `AWS services made ${counted(totals.awsManagedCalls, 'further call')} (${services.join(', ')}): nothing to do.`;
}

/** Findings that are somebody's to change. */
export function counting({ findings }: Report): Report['findings'] {
  return findings.filter(counts);
}
