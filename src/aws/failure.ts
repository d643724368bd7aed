/**
 * What went wrong at AWS, in words that say what to do. Whatever is not a failure of AWS, of the
 * network or of credentials is a bug, and passes through.
 */
import type { Gap } from '../contracts.js';
import { messageOf, Unavailable, UserError } from '../errors.js';

/** What was attempted: the IAM action, and the resource it acts on. */
export interface Attempt {
  /** Such as `logs:StartQuery`. */
  readonly action: string;
  /** An ARN, or a name where the ARN is not known. */
  readonly resource: string;
}

export type FailureCode =
  | 'no-credentials'
  | 'credentials-expired'
  | 'wrong-clock'
  | 'access-denied'
  | 'throttled'
  | 'unreachable'
  | 'service-error'
  | 'foreign-answer'
  | 'refused';

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
    transient: code === 'throttled' || code === 'unreachable' || code === 'service-error',
  };
}

/** For a source that cannot start: wrong settings are the user's, everything else is not. */
export function toUserError(failure: Failure, cause?: unknown): UserError {
  const hint = failure.hint === null ? {} : { hint: failure.hint };
  const Kind = failure.transient ? Unavailable : UserError;
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

const EXPIRED: ReadonlySet<string> = new Set([
  'ExpiredToken',
  'ExpiredTokenException',
  'TokenRefreshRequired',
  'InvalidClientTokenId',
  'InvalidAccessKeyId',
  'UnrecognizedClientException',
  'InvalidSignatureException',
  'SignatureDoesNotMatch',
]);
const DENIED: ReadonlySet<string> = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'UnauthorizedOperation',
  'NotAuthorized',
]);
const THROTTLED: ReadonlySet<string> = new Set([
  'Throttling',
  'ThrottlingException',
  'ThrottledException',
  'RequestThrottled',
  'RequestLimitExceeded',
  'TooManyRequestsException',
  'SlowDown',
  // Too many queries at a time: Logs Insights, and Lake.
  'LimitExceededException',
  'MaxConcurrentQueriesException',
]);
const NETWORK: ReadonlySet<string> = new Set([
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EPROTO',
]);
/** Of TLS, such as the certificate of a proxy, and of what is no HTTP. */
const BROKEN_PROTOCOL =
  /^(?:HPE_|ERR_TLS_|ERR_SSL_|CERT_|SELF_SIGNED_|DEPTH_ZERO_|UNABLE_TO_(?:GET|VERIFY)_)/;

/** Of some services the names stand for other trouble as well, which only the message tells. */
const WRONG_CLOCK: ReadonlySet<string> = new Set([
  'RequestTimeTooSkewed',
  'RequestInTheFuture',
  'RequestExpired',
]);

function isWrongClock(error: Error): boolean {
  return (
    WRONG_CLOCK.has(error.name) || /^Signature (?:expired|not yet current)/.test(error.message)
  );
}

function codeOf(error: Error): FailureCode | null {
  const status = statusOf(error);
  if (error.name === 'CredentialsProviderError' || error.name === 'TokenProviderError') {
    return 'no-credentials';
  }
  if (isWrongClock(error)) return 'wrong-clock';
  if (EXPIRED.has(error.name)) return 'credentials-expired';
  if (THROTTLED.has(error.name) || status === 429) return 'throttled';
  if (status !== null && status < 500 && isPage(error)) return 'foreign-answer';
  if (DENIED.has(error.name) || status === 403) return 'access-denied';
  if (status !== null && status >= 500) return 'service-error';
  // A success that cannot be read broke off on the way, or is none of the service's.
  if (isNetwork(error) || (status !== null && status < 300)) return 'unreachable';
  return status === null ? null : 'refused';
}

function isNetwork(error: Error): boolean {
  const code = 'code' in error ? String(error.code) : '';
  return (
    NETWORK.has(code) ||
    BROKEN_PROTOCOL.test(code) ||
    error.name === 'TimeoutError' ||
    (error instanceof SyntaxError && '$response' in error) ||
    error.message === 'aborted'
  );
}

/** A page for people, such as that of a proxy or of another server: no service answers with one. */
function isPage(error: Error): boolean {
  return /^text\/(?:html|plain)/.test(contentTypeOf(error));
}

function contentTypeOf(error: Error): string {
  const response = '$response' in error ? error.$response : null;
  if (typeof response !== 'object' || response === null || !('headers' in response)) return '';
  const { headers } = response;
  const isRecord = typeof headers === 'object' && headers !== null && 'content-type' in headers;
  return isRecord ? String(headers['content-type']) : '';
}

/** What the SDK adds is for programmers, and a page says nothing of use. */
function saidBy(error: Error): string {
  if (isPage(error)) return `HTTP ${statusOf(error)}, ${contentTypeOf(error)}`;
  return messageOf(error).replace(/ Deserialization error: .*/, '');
}

function statusOf(error: Error): number | null {
  const metadata = '$metadata' in error ? error.$metadata : null;
  if (typeof metadata !== 'object' || metadata === null) return null;
  const status = 'httpStatusCode' in metadata ? metadata.httpStatusCode : null;
  return typeof status === 'number' ? status : null;
}
