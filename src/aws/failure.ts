/**
 * What went wrong at AWS, in words that say what to do. Whatever is not a failure of AWS, of the
 * network or of credentials is a bug, and passes through.
 */
import type { Gap } from '../contracts.js';
import { messageOf, Unavailable, UserError } from '../errors.js';
import { codeOf, contentTypeOf, type FailureCode, isPage, statusOf } from './failure-code.js';

export type { FailureCode } from './failure-code.js';

/** What was attempted: the IAM action, and the resource it acts on. */
export interface Attempt {
  /** Such as `logs:StartQuery`. */
  readonly action: string;
  /** An ARN, or a name where the ARN is not known. */
  readonly resource: string;
}

/** A failure of AWS. */
export interface Failure {
  readonly code: FailureCode;
  /** The service's own name for it, such as `ResourceNotFoundException`. */
  readonly name: string;
  readonly message: string;
  readonly hint: string | null;
  /** Worth another attempt: throttling, an error of the server, or of the network. */
  readonly transient: boolean;
}

/** Null when the error is none of AWS's: a bug. */
export function failureOf(error: unknown, attempt: Attempt): Failure | null {
  if (!(error instanceof Error)) return null;
  const code = codeOf(error);
  if (code === null) return null;
  const said = saidBy(error);
  return {
    code,
    name: error.name,
    message: MESSAGES[code](attempt, said),
    hint: HINTS[code],
    transient: TRANSIENT.has(code),
  };
}

const TRANSIENT: ReadonlySet<FailureCode> = new Set([
  'throttled',
  'unreachable',
  'no-such-host',
  'service-error',
]);

/** For a source that cannot start: wrong settings are the user's, everything else is not. */
export function toUserError(failure: Failure, cause?: unknown): UserError {
  const hint = failure.hint === null ? {} : { hint: failure.hint };
  // A name that is not there at the start is a wrong Region, as a rule.
  const isSetting = !failure.transient || failure.code === 'no-such-host';
  const Kind = isSetting ? UserError : Unavailable;
  return new Kind(failure.message, { ...hint, cause });
}

export function toGap(failure: Failure, subject: string): Gap {
  return { code: failure.code, subject, message: sentenceOf(failure) };
}

/** What happened and what to try, for coverage. */
export function sentenceOf({ message, hint }: Failure): string {
  return hint === null ? `${message}.` : `${message} (${hint}).`;
}

const MESSAGES: Readonly<Record<FailureCode, (attempt: Attempt, said: string) => string>> = {
  'no-credentials': (_, said) => `no AWS credentials: ${said}`,
  'credentials-expired': (_, said) => `the AWS credentials are expired or not valid: ${said}`,
  'wrong-clock': (_, said) => `the clock of this machine is wrong: AWS says: ${said}`,
  'access-denied': (attempt, said) => {
    const named = denied(said);
    if (named === null) return `not allowed: ${attempt.action} on ${attempt.resource}: ${said}`;
    return `not allowed: ${named.action} on ${named.resource ?? attempt.resource}`;
  },
  throttled: ({ action }, said) => `${action} is still throttled after many attempts: ${said}`,
  'no-such-host': (_, said) =>
    `there is no such host: ${said.replace(/^getaddrinfo ENOTFOUND /, '')}`,
  'bad-endpoint': (_, said) => `an endpoint setting is not a URL: ${said}`,
  unreachable: ({ action }, said) => `${action} got no answer: ${said}`,
  'service-error': ({ action }, said) => `${action} failed at AWS: ${said}`,
  'foreign-answer': ({ action }, said) =>
    `what answered ${action} does not speak the protocol of the service: ${said}`,
  refused: ({ action }, said) => `${action} was refused: ${said}`,
};

const HINTS: Readonly<Record<FailureCode, string | null>> = {
  'no-credentials':
    'choose a profile with --profile, sign in with aws sso login, or set AWS_PROFILE',
  'credentials-expired': 'sign in again, or use a profile or role that the SDK can renew',
  'wrong-clock': 'set it, and start again: windows such as --since are measured by it, too',
  'access-denied': 'legacy-endpoint-audit query prints the policy that each source needs',
  throttled: 'try again when less else runs in the account',
  'no-such-host': 'check --region and --endpoint-url, and the network',
  'bad-endpoint': 'check AWS_ENDPOINT_URL and the like, and the profile',
  unreachable: 'check the network, --region and --endpoint-url',
  'service-error': null,
  'foreign-answer': 'check --endpoint-url, and proxies on the way',
  refused: 'check the names that were given, and --region',
};

/** AWS names the action as a rule and, for most services, the resource. */
function denied(said: string): { action: string; resource: string | null } | null {
  const [, action] = /not authorized to perform:? ([\w-]+:[\w*]+)/.exec(said) ?? [];
  const [, resource] = / on resource: "?([^\s"]+)/.exec(said) ?? [];
  return action === undefined ? null : { action, resource: resource ?? null };
}

/** What the SDK adds is for programmers, and a page says nothing of use. */
function saidBy(error: Error): string {
  if (isPage(error)) return `HTTP ${statusOf(error)}, ${contentTypeOf(error)}`;
  if ('code' in error && error.code === 'ERR_INVALID_URL' && 'input' in error)
    return String(error.input);
  return messageOf(error).replace(/ Deserialization error: .*/, '');
}
