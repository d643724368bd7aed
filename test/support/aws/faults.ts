/**
 * What can go wrong between a client and a service. A tamper takes the service's answer, which the
 * service has given and acted upon, and hands out another.
 */
import { xmlError } from './fake-s3.js';
import { type Answer, BROKEN, DENIED, EXPIRED, type Fault, jsonError, type Received, THROTTLED } from './loopback.js'; // prettier-ignore

export type Tamper = (answer: Answer) => Answer;

const isXml = ({ headers }: Answer): boolean => headers?.['content-type']?.includes('xml') === true;
/** Of an error of the JSON protocols, or the like of S3. */
const error =
  (ofJson: Answer, code: string, status: number): Tamper =>
  (answer) =>
    isXml(answer) || answer.headers === undefined ? xmlError(code, status) : ofJson;

/** Trouble that passes. */
export const PASSING: Readonly<Record<string, Tamper>> = {
  throttled: error(THROTTLED, 'SlowDown', 503),
  'too many requests': error(jsonError('TooManyRequestsException', 'slow down', 429), 'SlowDown', 503), // prettier-ignore
  'too many queries': error(jsonError('LimitExceededException', 'too many queries'), 'SlowDown', 503), // prettier-ignore
  broken: error(BROKEN, 'InternalError', 500),
  unavailable: () => ({
    status: 503,
    headers: { 'content-type': 'text/html' },
    body: '<p>503</p>',
  }),
  'reset at once': (answer) => ({ ...answer, loss: 'at once' }),
  'reset in the middle': (answer) => ({ ...answer, loss: 'midway' }),
};

/** Trouble that needs a person. */
export const LASTING: Readonly<Record<string, Tamper>> = {
  denied: error(DENIED, 'AccessDenied', 403),
  expired: error(EXPIRED, 'ExpiredToken', 400),
  'no such thing': error(jsonError('ResourceNotFoundException', 'not here'), 'NoSuchBucket', 404),
  'wrong request': error(jsonError('InvalidRequestException', 'no'), 'InvalidRequest', 400),
};

/** Answers that claim to be right. */
export const LIES: Readonly<Record<string, Tamper>> = {
  'body cut short': (answer) => ({ ...answer, loss: 'cut' }),
  'empty body': (answer) => ({ ...answer, body: '' }),
  'page of a proxy': () => ({ headers: { 'content-type': 'text/html' }, body: '<html>Sign in' }),
  'empty object': (answer) => (isXml(answer) ? withBody(answer, '<ListBucketResult/>') : withBody(answer, '{}')), // prettier-ignore
  'no page token': (answer) => edited(answer, { token: () => undefined, xml: (text) => text.replace(/<NextContinuationToken>.*?<\/NextContinuationToken>/, '') }), // prettier-ignore
  'a row too few': (answer) => edited(answer, { rows: (rows) => rows.slice(0, -1), xml: (text) => text.replace(/<(Contents|CommonPrefixes)>.*?<\/\1>/, '') }), // prettier-ignore
  'rows in another order': (answer) => edited(answer, { rows: (rows) => rows.toReversed(), xml: (text) => text }), // prettier-ignore
  'no rows': (answer) => edited(answer, { rows: () => [], xml: (text) => text.replaceAll(/<(Contents|CommonPrefixes)>.*?<\/\1>/g, '') }), // prettier-ignore
  'running again': (answer) => edited(answer, { state: 'RUNNING', rows: (rows) => rows.slice(0, 1), xml: (text) => text }), // prettier-ignore
};

/** Each page but the first comes with the token that asked for it. */
export const SAME_TOKEN: Fault = async (received, _, serve) => {
  const answer = await serve();
  const inList = received.query.get('continuation-token');
  if (inList !== null) {
    return edited(answer, { xml: (text) => text.replace(/<NextContinuationToken>.*?</, `<NextContinuationToken>${inList}<`) }); // prettier-ignore
  }
  const asked = tokenOf(received.body);
  return asked === undefined ? answer : withToken(answer, received, asked);
};

/** From the second on, two pages after each other take each other's place. */
export function swappedPages(): Fault {
  const kept = new Map<string, Answer>();
  return async (received, _, serve) => {
    const asked = tokenOf(received.body);
    if (asked === undefined) return null;
    const known = kept.get(received.body);
    if (known !== undefined) return known;
    const second = await serve();
    const next = tokenOf(String(second.body));
    if (next === undefined) return second;
    const ofNext = { ...received, body: received.body.replace(asked, next) };
    const third = await serve(ofNext);
    kept.set(ofNext.body, withToken(second, received, tokenOf(String(third.body))));
    return withToken(third, received, next);
  };
}

/** Every page that has a next one comes twice, the second time under a token of its own. */
export function repeatedPages(): Fault {
  const kept = new Map<string, Answer>();
  return async (received, number, serve) => {
    const known = kept.get(tokenOf(received.body) ?? '');
    if (known !== undefined) return known;
    const answer = await serve();
    if (tokenOf(String(answer.body)) === undefined) return answer;
    kept.set(`again-${number}`, answer);
    return withToken(answer, received, `again-${number}`);
  };
}

function withToken(answer: Answer, { operation }: Received, token: string | undefined): Answer {
  const name = operation === 'GetQueryResults' && 'results' in parsed(answer) ? 'nextToken' : 'NextToken'; // prettier-ignore
  return withBody(answer, JSON.stringify({ ...parsed(answer), [name]: token }));
}

function parsed({ body }: Answer): object {
  return JSON.parse(String(body)) as object;
}

function tokenOf(body: string): string | undefined {
  return /"nextToken":"([^"]*)"/i.exec(body)?.[1];
}

function withBody(answer: Answer, body: string): Answer {
  return { ...answer, body };
}

interface Edit {
  readonly token?: () => string | undefined;
  readonly rows?: (rows: readonly unknown[]) => readonly unknown[];
  readonly state?: string;
  readonly xml?: (text: string) => string;
}

const TOKENS = new Set(['nextToken', 'NextToken']);
const ROWS = new Set(['results', 'Rows', 'Events', 'QueryResultRows', 'logGroups']);
const STATES = new Set(['status', 'State', 'QueryStatus']);

function edited(answer: Answer, edit: Edit): Answer {
  if (isXml(answer)) return withBody(answer, (edit.xml ?? String)(String(answer.body)));
  if (answer.headers?.['content-type']?.includes('json') !== true) return answer;
  const body = JSON.stringify(JSON.parse(String(answer.body)), (key, value: unknown) => {
    if (TOKENS.has(key) && edit.token !== undefined) return edit.token();
    if (ROWS.has(key) && Array.isArray(value)) return edit.rows?.(value as unknown[]) ?? value;
    if (STATES.has(key) && edit.state !== undefined) {
      return key === 'status' ? 'Running' : edit.state;
    }
    return value;
  });
  return withBody(answer, body);
}
