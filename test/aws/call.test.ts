import { describe, expect, it } from 'vitest';
import { call, CallError } from '../../src/aws/call.js';
import { failureOf, toUserError } from '../../src/aws/failure.js';
import { Unavailable } from '../../src/errors.js';
import { testContext } from '../support/aws/context.js';

const ATTEMPT = { action: 's3:GetObject', resource: 'arn:aws:s3:::logs/a' };

/** An error as the SDK throws it. */
function serviceError(name: string, status: number, message = 'said'): Error {
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode: status } });
}

async function attempts(
  trouble: Error,
): Promise<{ made: number; sleeps: number[]; error: unknown }> {
  const context = testContext();
  let made = 0;
  const thrown: unknown = await call(context, ATTEMPT, async () => {
    made += 1;
    throw trouble;
  }).catch((caught: unknown) => caught);
  return { made, sleeps: context.sleeps, error: thrown };
}

describe('a call is made again', () => {
  it('after throttling, errors of the server and of the network, eight times in all', async () => {
    const passing = [
      serviceError('ThrottlingException', 400),
      serviceError('SlowDown', 503),
      serviceError('TooManyRequestsException', 429),
      serviceError('InternalServerException', 500),
      serviceError('Unknown', 502),
      Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }),
      Object.assign(new Error('no route'), { code: 'EHOSTUNREACH' }),
      Object.assign(new Error('self-signed certificate'), { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }),
      Object.assign(new Error('Parse Error'), { code: 'HPE_INVALID_CONSTANT' }),
      Object.assign(new Error('aborted'), {}),
      Object.assign(new Error('slow'), { name: 'TimeoutError' }),
      serviceError('Error', 200, 'unexpected end of input'),
    ];
    for (const error of passing) expect([error.name, (await attempts(error)).made]).toEqual([error.name, 8]); // prettier-ignore
  });

  it('and after nothing else', async () => {
    for (const status of [400, 401, 403, 404, 405, 409, 412, 416]) {
      const { made, error } = await attempts(serviceError('SomethingException', status));
      expect([status, made]).toEqual([status, 1]);
      expect(error).toBeInstanceOf(CallError);
    }
  });

  it('after pauses that grow, are random, and have an end', async () => {
    const { sleeps } = await attempts(serviceError('ThrottlingException', 400));
    sleeps.forEach((pause, place) => {
      const longest = Math.min(20_000, 250 * 2 ** (place + 1));
      expect(pause).toBeGreaterThanOrEqual(longest / 2);
      expect(pause).toBeLessThanOrEqual(longest);
    });
    const other = await attempts(serviceError('ThrottlingException', 400));
    expect(other.sleeps).not.toEqual(sleeps);
  });

  it('a few times where the host is not there, which is a mistake in the Region at the start', async () => {
    const missing = Object.assign(new Error('getaddrinfo ENOTFOUND logs.us-east-9.amazonaws.com'), { code: 'ENOTFOUND' }); // prettier-ignore
    const { made, error } = await attempts(missing);
    expect(made).toBe(4);
    const { failure } = error as CallError;
    expect(toUserError(failure)).toMatchObject({ message: 'there is no such host: logs.us-east-9.amazonaws.com', hint: expect.stringContaining('--region') }); // prettier-ignore
    expect(toUserError(failure)).not.toBeInstanceOf(Unavailable);
  });

  it('but a bug is a bug, at once', async () => {
    const { made, error } = await attempts(new TypeError('x is not a function'));
    expect(made).toBe(1);
    expect(error).toBeInstanceOf(TypeError);
  });

  it('and not when nobody waits any more', async () => {
    const context = testContext();
    const interrupted = call(context, ATTEMPT, async () => {
      context.interrupt();
      throw serviceError('ThrottlingException', 400);
    });
    await expect(interrupted).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('what is not about credentials is not said to be', () => {
  const clock: readonly [string, string][] = [
    ['InvalidSignatureException', 'Signature expired: 20260101T000000Z is now earlier than 20260101T001000Z'],
    ['SignatureDoesNotMatch', 'Signature not yet current: 20260101T001000Z is still later than 20260101T000500Z'],
    ['RequestTimeTooSkewed', 'The difference between the request time and the current time is too large.'],
    ['RequestExpired', 'Request has expired.'],
  ]; // prettier-ignore
  for (const [name, text] of clock) {
    it(`a wrong clock: ${name}, ${text.slice(0, 30)}`, () => {
      expect(failureOf(serviceError(name, 403, text), ATTEMPT)).toMatchObject({ code: 'wrong-clock', transient: false, message: expect.stringContaining('clock') }); // prettier-ignore
    });
  }

  it('and a key that is wrong still is', () => {
    const wrong = serviceError('InvalidSignatureException', 403, 'The request signature we calculated does not match'); // prettier-ignore
    expect(failureOf(wrong, ATTEMPT)).toMatchObject({ code: 'credentials-expired' });
  });
});

describe('a refusal names the action and the resource', () => {
  const said: readonly [string, string][] = [
    ['User: arn:aws:iam::1:user/eve is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:us-east-1:1:key/k because no identity-based policy allows it', 'not allowed: kms:Decrypt on arn:aws:kms:us-east-1:1:key/k'],
    ['User: arn:aws:iam::1:user/eve is not authorized to perform: s3:ListBucket on resource: "arn:aws:s3:::logs" because', 'not allowed: s3:ListBucket on arn:aws:s3:::logs'],
    ['You are not authorized to perform: athena:GetWorkGroup on the resource. After your AWS administrator has updated your permissions, please try again.', 'not allowed: athena:GetWorkGroup on arn:aws:s3:::logs/a'],
    ['Access Denied', 'not allowed: s3:GetObject on arn:aws:s3:::logs/a: Access Denied'],
    ['Insufficient Lake Formation permission(s): Required Select on cloudtrail', 'not allowed: s3:GetObject on arn:aws:s3:::logs/a: Insufficient Lake Formation permission(s): Required Select on cloudtrail'],
  ]; // prettier-ignore
  for (const [text, expected] of said) {
    it(`in the words of AWS: ${text.slice(0, 60)}`, () => {
      const failure = failureOf(serviceError('AccessDeniedException', 403, text), ATTEMPT);
      expect(failure).toMatchObject({ code: 'access-denied', message: expected, transient: false });
    });
  }
});
