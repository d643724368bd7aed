/**
 * What kind of failure an error of the SDK is.
 */
export type FailureCode =
  | 'no-credentials'
  | 'credentials-expired'
  | 'wrong-clock'
  | 'access-denied'
  | 'throttled'
  | 'unreachable'
  | 'no-such-host'
  | 'bad-endpoint'
  | 'service-error'
  | 'foreign-answer'
  | 'refused';

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

export function codeOf(error: Error): FailureCode | null {
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
  if ('code' in error && error.code === 'ENOTFOUND') return 'no-such-host';
  if ('code' in error && error.code === 'ERR_INVALID_URL') return 'bad-endpoint';
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
export function isPage(error: Error): boolean {
  return /^text\/(?:html|plain)/.test(contentTypeOf(error));
}

export function contentTypeOf(error: Error): string {
  const response = '$response' in error ? error.$response : null;
  if (typeof response !== 'object' || response === null || !('headers' in response)) return '';
  const { headers } = response;
  const isRecord = typeof headers === 'object' && headers !== null && 'content-type' in headers;
  return isRecord ? String(headers['content-type']) : '';
}

export function statusOf(error: Error): number | null {
  const metadata = '$metadata' in error ? error.$metadata : null;
  if (typeof metadata !== 'object' || metadata === null) return null;
  const status = 'httpStatusCode' in metadata ? metadata.httpStatusCode : null;
  return typeof status === 'number' ? status : null;
}
