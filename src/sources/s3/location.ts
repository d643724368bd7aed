import { UserError } from '../../errors.js';

/** A bucket, and a folder or object in it. */
export interface Location {
  readonly bucket: string;
  /** Empty for the whole bucket. */
  readonly key: string;
}

const LOCATION = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/s;

/** Reads `s3://bucket/prefix`. Throws a UserError. */
export function parseLocation(text: string): Location {
  const [, bucket, key = ''] = LOCATION.exec(text) ?? [];
  if (bucket !== undefined) return { bucket, key };
  throw new UserError(`not a place in S3: ${text}`, {
    hint: 'write s3://bucket or s3://bucket/prefix',
  });
}
