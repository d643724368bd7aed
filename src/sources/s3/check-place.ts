/**
 * Looks at a place before the run, so that a wrong name or a missing permission is said at once.
 */
import { ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';
import { call, CallError } from '../../aws/call.js';
import { toUserError } from '../../aws/failure.js';
import type { Context } from '../../contracts.js';
import { UserError } from '../../errors.js';
import type { Location } from './location.js';

/** Throws a UserError when there is nothing, or it cannot be listed. */
export async function checkPlace(
  client: S3Client,
  { bucket, key }: Location,
  requesterPays: boolean,
  context: Context,
): Promise<void> {
  const attempt = { action: 's3:ListBucket', resource: `arn:aws:s3:::${bucket}` };
  const payer = requesterPays ? { RequestPayer: 'requester' as const } : {};
  const command = new ListObjectsV2Command({ Bucket: bucket, Prefix: key, MaxKeys: 1, ...payer });
  const { KeyCount } = await call(context, attempt, async (options) =>
    client.send(command, options),
  ).catch((error: unknown) => {
    throw error instanceof CallError ? placeError(error, bucket) : error;
  });
  if (KeyCount === undefined) {
    throw new UserError('what answered s3:ListBucket does not speak the protocol of S3', {
      hint: 'check --endpoint-url, and proxies on the way',
    });
  }
  if (KeyCount > 0) return;
  throw new UserError(`nothing is stored under s3://${bucket}/${key}`, {
    hint: 'logs are below AWSLogs/; doctor shows where trails write',
  });
}

function placeError(error: CallError, bucket: string): UserError {
  if (error.failure.name !== 'NoSuchBucket') return toUserError(error.failure, error);
  return new UserError(`no such bucket: ${bucket}`, {
    hint: 'doctor shows where trails write',
    cause: error,
  });
}
