/**
 * The bucket of a trail, read directly: `files s3://bucket/prefix`.
 */
import type { S3Client } from '@aws-sdk/client-s3';
import { s3Client } from '../../aws/clients.js';
import type { Batch, Context, Coverage, Source, Window } from '../../contracts.js';
import { nameOf } from '../name.js';
import { parseLocation } from './location.js';

export interface S3Options {
  /** Read logs of every Region; by default only those that can hold calls to the endpoint. */
  readonly allRegions?: boolean | undefined;
  /** The account whose credentials read, where several do. */
  readonly account?: string | undefined;
  /** Only the logs of these accounts; all by default. */
  readonly accounts?: readonly string[] | undefined;
  /** Also read objects delivered after the window, up to here; in seconds. A day by default. */
  readonly deliveredUntil?: number | undefined;
  /** The bucket's owner has requesters pay. */
  readonly requesterPays?: boolean | undefined;
  /** Most bytes that one compressed object may inflate to; 1 GiB by default. */
  readonly maxInflatedBytes?: number | undefined;
  /** The SDK's own settings by default. */
  readonly client?: () => Promise<S3Client>;
}

/** Throws a UserError for what is no place in S3, and from `collect` when it cannot be listed. */
export function s3(places: readonly string[], options: S3Options = {}): Source {
  const locations = places.map(parseLocation);
  return {
    name: nameOf('files', options.account),
    collect: async function* (
      window: Window,
      context: Context,
    ): AsyncGenerator<Batch, Coverage, void> {
      const client = await (options.client ?? (() => s3Client({})))();
      const { collectS3 } = await import('./collect.js');
      return yield* collectS3(client, { places, locations, options, window }, context);
    },
  };
}
