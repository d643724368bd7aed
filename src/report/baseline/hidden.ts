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
  if (principalType !== EXTERNAL || own === null) return null;
  const isListed =
    ownAccounts(report).present.has(own) ||
    (baseline !== null &&
      (ownAccounts(baseline).present.has(own) || ownAccounts(baseline).unsettled.has(own)));
  return isListed
    ? `logs of account ${own} itself were read, where its calls are listed by the principals that made them`
    : null;
}

const EXTERNAL = 'external-account';

/** Accounts of principals that their own logs name. */
interface OwnAccounts {
  readonly present: ReadonlySet<string | null>;
  /** Of callers that earlier reports had and that are not surely gone. */
  readonly unsettled: ReadonlySet<string | null>;
}

/** Asked for every caller that is left: going through all findings each time would take minutes. */
const known = new WeakMap<Report, OwnAccounts>();

function ownAccounts(report: Report): OwnAccounts {
  const before = known.get(report);
  if (before !== undefined) return before;
  const principals = report.findings.map(({ principal }) => principal);
  const own = {
    present: new Set(
      principals.filter(({ type }) => type !== EXTERNAL).map(({ accountId }) => accountId),
    ),
    unsettled: new Set(
      (report.history ?? [])
        .filter(({ status, principalType }) => status !== 'gone' && principalType !== EXTERNAL)
        .map(({ principalAccountId }) => principalAccountId),
    ),
  };
  known.set(report, own);
  return own;
}
