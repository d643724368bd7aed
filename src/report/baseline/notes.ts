/**
 * What a reader of a comparison must know before believing it.
 */
import { counted } from '../../counted.js';
import type { Finding } from '../finding-schema.js';
import type { Report } from '../schema.js';
import { doubtAbout, evidenceSpan } from './evidence.js';

const DAY_MS = 86_400_000;
const LISTED = 10;

export function notesOn(
  report: Report,
  baseline: Report,
  findings: readonly Finding[],
): readonly string[] {
  return [
    ...order(report, baseline),
    ...versions(report, baseline),
    ...older(baseline, findings),
    ...accounts(baseline, findings),
  ];
}

function order(report: Report, baseline: Report): string[] {
  const now = evidenceSpan(report);
  const before = evidenceSpan(baseline);
  if (now === null || before === null) return [];
  if (before[1] > now[1]) {
    return ["The baseline's evidence ends after this report's: the two may be swapped."];
  }
  if (now[0] - before[1] <= DAY_MS) return [];
  const [end, start] = [before[1], now[0]].map((time) => new Date(time).toISOString().slice(0, 10));
  if (abut(report, baseline)) {
    return [`The window of this report follows that of the baseline without a hole, but no STS event between ${end} and ${start} was seen: check that the logs of those days were read.`]; // prettier-ignore
  }
  return [`Calls between ${end} and ${start} are in neither report.`];
}

function abut({ window: now }: Report, { window: before }: Report): boolean {
  return before.to !== null && now.from !== null && Date.parse(now.from) <= Date.parse(before.to);
}

function versions(report: Report, baseline: Report): string[] {
  if (report.tool.version === baseline.tool.version) return [];
  return [
    `The baseline was made by version ${baseline.tool.version} of the tool: a client that the two versions name differently shows as gone and as new.`,
  ];
}

/** A report that reaches further back than its baseline has callers of which that could not know. */
function older(baseline: Report, findings: readonly Finding[]): string[] {
  const [start] = evidenceSpan(baseline) ?? [];
  if (start === undefined) return [];
  const before = findings.filter(
    ({ change, firstSeen }) => change?.status === 'new' && Date.parse(firstSeen) < start,
  );
  if (before.length === 0) return [];
  const day = new Date(start).toISOString().slice(0, 10);
  return [
    `${counted(before.length, 'finding is', 'findings are')} new to the reports only: calls before ${day}, when the evidence of the baseline starts, could not be in it.`,
  ];
}

/** What is new to the reports need not be new. */
function accounts(baseline: Report, findings: readonly Finding[]): string[] {
  const fresh = findings.filter(({ change }) => change?.status === 'new');
  const unsure = [...new Set(fresh.map(({ accountId }) => accountId))]
    .toSorted()
    .flatMap((accountId) => {
      const doubt = doubtAbout(baseline, accountId);
      return doubt === null ? [] : [`Account ${accountId}: new findings may be older, since in the baseline ${doubt}.`]; // prettier-ignore
    });
  if (unsure.length <= LISTED) return unsure;
  const more = `The same holds for ${counted(unsure.length - LISTED, 'more account')}.`;
  return [...unsure.slice(0, LISTED), more];
}
