/**
 * How a caller that is not listed may still have called: in records that do not say which endpoint
 * they reached, or under the name that its own account's logs give it.
 */
import { counted } from '../../counted.js';
import type { Absent } from '../annotation-schema.js';
import type { Report } from '../schema.js';
import { accountSpan } from './evidence.js';

type Caller = Pick<
  Absent,
  'accountId' | 'principalType' | 'principalAccountId' | 'longestSilenceDays'
>;

const DAY_MS = 86_400_000;

/** A clause; null when there is no such place. `baseline` is null to judge a report by itself. */
export function hidingPlace(
  report: Report,
  baseline: Report | null,
  caller: Caller,
): string | null {
  return amongUnknown(report, caller) ?? amongOwn(report, baseline, caller);
}

/**
 * The most days from one call to the next that the days with calls allow: with none between them,
 * two days hold calls that are nearly two days apart.
 */
export function turnOf({ longestSilenceDays }: Pick<Absent, 'longestSilenceDays'>): number {
  return longestSilenceDays + 2;
}

/** One call without details for every turn that was missed is enough to be all of them. */
function amongUnknown(report: Report, caller: Caller): string | null {
  const seen = report.coverage.accounts.find(({ accountId }) => accountId === caller.accountId);
  if (seen === undefined) return null;
  const unknown = seen.notAssessable - seen.notAssessableByAwsServices;
  const [start, end] = accountSpan(report, caller.accountId) ?? [0, 0];
  const turns = Math.max(1, Math.floor((end - start) / DAY_MS / turnOf(caller)));
  if (unknown < turns) return null;
  return `of ${counted(unknown, 'call')} in the account it is not known which endpoint ${unknown === 1 ? 'it' : 'they'} reached, and its own may be among them`;
}

/** Whoever lists a call by the account that was called knows the caller's account only. */
function amongOwn(report: Report, baseline: Report | null, caller: Caller): string | null {
  const { principalType, principalAccountId: own } = caller;
  if (principalType !== 'external-account' || own === null) return null;
  const unsettled = (baseline?.history ?? []).filter(({ status }) => status !== 'gone');
  const isListed =
    [...report.findings, ...(baseline?.findings ?? [])].some(
      ({ principal }) => principal.accountId === own && principal.type !== 'external-account',
    ) ||
    unsettled.some(
      (one) => one.principalAccountId === own && one.principalType !== 'external-account',
    );
  return isListed
    ? `logs of account ${own} itself were read, where its calls are listed by the principals that made them`
    : null;
}
