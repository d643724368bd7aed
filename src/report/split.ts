/**
 * One report for each account, owner or principal, so that each reader gets what is theirs.
 */
import type { Absent, Changes, IgnoreListStatus, Slice } from './annotation-schema.js';
import { summaryOf } from './baseline/summary.js';
import { totalsOf } from './build.js';
import type { Finding } from './finding-schema.js';
import type { Report } from './schema.js';

export const SPLITS = ['account', 'owner', 'principal'] as const satisfies Slice['by'][];
export type Split = (typeof SPLITS)[number];

export function isSplit(text: string): text is Split {
  return SPLITS.some((known) => known === text);
}

/** What a part is called when nobody owns its findings, or no account logged them. */
const NOBODY = 'no owner';
const NO_ACCOUNT = 'unknown account';

/**
 * Parts in the order of their names. A caller that is no longer seen keeps its part, so that its
 * owner's ticket says so. The evidence is that of the whole report.
 */
export function split(report: Report, by: Split): readonly Report[] {
  const findings = grouped(report.findings, (finding) => nameOf(finding, by));
  const { gone = [], quiet = [], unconfirmed = [] } = report.changes ?? {};
  const left = [...gone, ...quiet, ...unconfirmed].map((absent) => nameOfAbsent(absent, by));
  const names = [...new Set([...findings.keys(), ...left])].toSorted();
  return names.map((name) => part(report, { by, name }, findings.get(name) ?? []));
}

function part(report: Report, slice: Slice, findings: readonly Finding[]): Report {
  const { coverage, changes, history, ignoreList } = report;
  const isOwn = (absent: Absent): boolean => nameOfAbsent(absent, slice.by) === slice.name;
  const awsManaged = report.awsManaged.filter(
    ({ accountId }) => slice.by === 'account' && accountId === slice.name,
  );
  const disagreements = findings.reduce((sum, finding) => sum + finding.disagreements, 0);
  return {
    ...report,
    coverage: { ...coverage, disagreements },
    totals: totalsOf(findings, awsManaged),
    findings,
    awsManaged,
    changes: changes && partOfChanges(changes, findings, isOwn),
    history: history?.filter(isOwn),
    ownersMap: undefined,
    ignoreList: ignoreList && partOfIgnoreList(ignoreList, findings),
    slice,
  };
}

function partOfChanges(
  changes: Changes,
  findings: readonly Finding[],
  isOwn: (absent: Absent) => boolean,
): Changes {
  const { generatedAt, window, complete } = changes.baseline;
  const left = [...changes.gone, ...changes.quiet, ...changes.unconfirmed].filter(isOwn);
  const baseline = { generatedAt, window, complete };
  return { baseline, ...summaryOf(findings, left), notes: changes.notes };
}

/** Entries belong to the list as a whole; a finding says itself which of them fits it. */
function partOfIgnoreList(list: IgnoreListStatus, findings: readonly Finding[]): IgnoreListStatus {
  const without = findings.filter(({ ignored }) => ignored?.expired === false);
  const calls = without.reduce((sum, finding) => sum + finding.calls, 0);
  return { entries: list.entries, findings: without.length, calls, expired: [], unused: [] };
}

function nameOf({ accountId, owner, principal }: Finding, by: Split): string {
  return nameFrom({ accountId, team: owner?.team, principal: principal.id }, by);
}

function nameOfAbsent({ accountId, owner, principal }: Absent, by: Split): string {
  return nameFrom({ accountId, team: owner?.team, principal }, by);
}

interface Names {
  readonly accountId: string;
  readonly team: string | undefined;
  readonly principal: string;
}

function nameFrom({ accountId, team, principal }: Names, by: Split): string {
  if (by === 'account') return accountId === '' ? NO_ACCOUNT : accountId;
  return by === 'owner' ? (team ?? NOBODY) : principal;
}

function grouped<T>(things: readonly T[], nameOfThing: (thing: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const thing of things) {
    const name = nameOfThing(thing);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [thing]);
    else group.push(thing);
  }
  return groups;
}
