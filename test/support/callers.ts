/**
 * Reports of callers that a test names: who called on which days, and what the evidence was worth.
 */
import { audit } from '../../src/audit.js';
import type { Gap } from '../../src/contracts.js';
import type { Report } from '../../src/report/schema.js';
import { emptyCoverage, recordsSource } from './audit.js';
import { ACCOUNT, globalCall, type Json, regionalCall } from './records.js';

const DAY = 86_400;

export interface Caller {
  readonly role: string;
  /** Days after the window's start; all of them by default. */
  readonly days?: readonly number[];
  readonly perDay?: number;
  readonly userAgent?: string;
  readonly account?: string;
}

export interface Evidence {
  /** `2026-01-05` by default. */
  readonly from?: string;
  readonly days?: number;
  readonly gaps?: readonly Gap[];
  /** Accounts whose logs were read; that of every caller by default. */
  readonly accounts?: readonly string[];
  readonly regions?: readonly string[];
}

export const GAP: Gap = { code: 'unreadable', subject: 'a file', message: 'It cannot be read.' };

/** The report of the callers over some days, made when the window ended. */
export async function reportOf(
  callers: readonly Caller[],
  { from = '2026-01-05', days = 7, gaps = [], accounts, regions = [] }: Evidence = {},
): Promise<Report> {
  const start = Date.parse(from) / 1000;
  const read = accounts ?? [...new Set([ACCOUNT, ...callers.map(({ account = ACCOUNT }) => account)])];
  const records = [
    ...callers.flatMap((caller) => callsOf(caller, start, days)),
    ...read.flatMap((account) => regionalOf(account, start, days)),
  ];
  const source = recordsSource(records);
  return audit({
    sources: [
      {
        name: 'records',
        collect: async function* (window, context) {
          yield* source.collect(window, context);
          return emptyCoverage({ gaps, accounts: read, regions });
        },
      },
    ],
    window: { from: start, to: start + days * DAY },
    context: {
      now: () => (start + days * DAY) * 1000,
      sleep: async () => undefined,
      signal: new AbortController().signal,
      progress: () => undefined,
    },
  });
} // prettier-ignore

function callsOf(caller: Caller, start: number, length: number): Json[] {
  const { role, perDay = 4, account = ACCOUNT } = caller;
  const arn = `arn:aws:iam::${account}:role/${role}`;
  const days = caller.days ?? Array.from({ length }, (_, day) => day);
  return days.flatMap((day) =>
    Array.from({ length: perDay }, (_, index) =>
      globalCall({
        eventTime: timeOf(start + day * DAY + index * 60),
        recipientAccountId: account,
        userIdentity: {
          type: 'AssumedRole',
          accountId: account,
          sessionContext: { sessionIssuer: { type: 'Role', arn, accountId: account } },
        },
        ...(caller.userAgent === undefined ? {} : { userAgent: caller.userAgent }),
      }),
    ),
  );
}

/** One Regional call at the start and one at the end of every day: what healthy callers log. */
function regionalOf(account: string, start: number, length: number): Json[] {
  return Array.from({ length }, (_, day) => [start + day * DAY, start + (day + 1) * DAY - 1])
    .flat()
    .map((time) => regionalCall({ eventTime: timeOf(time), recipientAccountId: account }));
}

function timeOf(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`;
}
