/**
 * Why a query ended without a result.
 * https://docs.aws.amazon.com/athena/latest/ug/error-reference.html
 */
import type { QueryExecutionStatus } from '@aws-sdk/client-athena';

/** `too-large` may succeed for less time; `retryable` as it is; `user` never. */
export type Ending = 'too-large' | 'retryable' | 'user' | 'scan-limit' | 'cancelled' | 'failed';

/** Error types: resources exhausted at this scale, and timeouts. */
const EXHAUSTED = 8;
const TIMEOUTS: ReadonlySet<number> = new Set([206, 210]);
const USER_ERROR = 2;

export class QueryEnded extends Error {
  readonly ending: Ending;

  constructor(status: QueryExecutionStatus | 'max-scan' | 'deadline' | undefined) {
    super(messageFor(status));
    this.name = 'QueryEnded';
    this.ending = endingOf(status);
  }
}

function endingOf(status: QueryExecutionStatus | 'max-scan' | 'deadline' | undefined): Ending {
  if (status === 'max-scan') return 'scan-limit';
  if (status === 'deadline') return 'failed';
  const reason = status?.StateChangeReason ?? '';
  if (/bytes scanned limit/i.test(reason)) return 'scan-limit';
  if (status?.State === 'CANCELLED') return 'cancelled';
  const { ErrorType: type, ErrorCategory: category, Retryable } = status?.AthenaError ?? {};
  if (type !== undefined && (type <= EXHAUSTED || TIMEOUTS.has(type))) return 'too-large';
  if (Retryable === true) return 'retryable';
  return category === USER_ERROR ? 'user' : 'failed';
}

function messageFor(status: QueryExecutionStatus | 'max-scan' | 'deadline' | undefined): string {
  if (status === 'max-scan') return 'the limit of --max-scan was passed, and the rest was not read';
  if (status === 'deadline') return 'the query did not end within five hours';
  const said = status?.AthenaError?.ErrorMessage ?? status?.StateChangeReason;
  return `the query ended as ${status?.State ?? 'unknown'}${said === undefined ? '' : `: ${said}`}`;
}
