/**
 * Lists the logs of a bucket, folder by folder, without those that cannot matter.
 */
import {
  ListObjectsV2Command,
  type ListObjectsV2CommandOutput,
  type S3Client,
} from '@aws-sdk/client-s3';
import { call } from '../../aws/call.js';
import { LostPages, pages } from '../../aws/tokens.js';
import { together } from '../../together.js';
import { parseLogPath, type Selection, skipByPath } from '../../cloudtrail/log-path.js';
import type { Context } from '../../contracts.js';
import type { Location } from './location.js';
import { type FolderSkip, isLogName, skipFolder } from './prune.js';

export interface LogObject {
  readonly key: string;
  /** Null for an object that was named, not listed. */
  readonly size: number | null;
  readonly storageClass: string;
  /** Whether an archived object has a copy that can be read; its storage class stays. */
  readonly isRestored: boolean;
}

/** Without a restored copy, these cannot be read. */
export const ARCHIVES: ReadonlySet<string> = new Set(['GLACIER', 'DEEP_ARCHIVE']);

export interface ListedObject extends LogObject {
  readonly size: number;
}

export interface Listing {
  readonly selection: Selection;
  readonly requesterPays: boolean;
  skipped(reason: FolderSkip, path: string): void;
  /** A folder could not be listed, or not to its end. Throws what must end the listing. */
  failed(error: unknown, folder: string): void;
}

const LISTS_AT_A_TIME = 8;

/**
 * Yields the logs below a folder, level by level: all folders of one depth are listed side by side.
 */
export async function* listLogs(
  client: S3Client,
  location: Location,
  listing: Listing,
  context: Context,
): AsyncGenerator<LogObject, void> {
  const { key } = location;
  if (isLogName(key)) {
    yield { key, size: null, storageClass: 'STANDARD', isRestored: false };
    return;
  }
  for await (const object of listObjects(client, location, listing, context)) {
    if (isLogName(object.key)) yield object;
    else listing.skipped('not-a-log', object.key);
  }
}

/** The same, whatever the objects are called. */
export async function* listObjects(
  client: S3Client,
  { bucket, key }: Location,
  listing: Listing,
  context: Context,
): AsyncGenerator<ListedObject, void> {
  let level = [key === '' || key.endsWith('/') ? key : `${key}/`];
  while (level.length > 0) {
    const below: string[] = [];
    const list = (folder: string): AsyncGenerator<ListObjectsV2CommandOutput, void> =>
      listFolder(client, { bucket, folder }, listing, context);
    for await (const { CommonPrefixes = [], Contents = [] } of together(
      level,
      LISTS_AT_A_TIME,
      list,
    )) {
      for (const { Prefix = '' } of CommonPrefixes) {
        const skip = skipFolder(Prefix, listing.selection);
        if (skip === null) below.push(Prefix);
        else listing.skipped(skip, Prefix);
      }
      for (const { Key = '', Size = 0, StorageClass = 'STANDARD', RestoreStatus } of Contents) {
        const isRestored = RestoreStatus?.RestoreExpiryDate !== undefined;
        if (isChosen(Key, listing)) yield { key: Key, size: Size, storageClass: StorageClass, isRestored }; // prettier-ignore
      }
    }
    level = below;
  }
}

async function* listFolder(
  client: S3Client,
  { bucket, folder }: { bucket: string; folder: string },
  listing: Listing,
  context: Context,
): AsyncGenerator<ListObjectsV2CommandOutput, void> {
  const attempt = { action: 's3:ListBucket', resource: `arn:aws:s3:::${bucket}` };
  const input = {
    Bucket: bucket,
    Prefix: folder,
    Delimiter: '/',
    OptionalObjectAttributes: ['RestoreStatus' as const],
    ...(listing.requesterPays ? { RequestPayer: 'requester' as const } : {}),
  };
  const read = async (ContinuationToken?: string) =>
    call(context, attempt, async (options) =>
      client.send(
        new ListObjectsV2Command({ ...input, ...(ContinuationToken === undefined ? {} : { ContinuationToken }) }), // prettier-ignore
        options,
      ),
    );
  let last = '';
  try {
    for await (const page of pages(read, tokenOf)) {
      last = checkOrder(page, last);
      yield page;
    }
  } catch (error) {
    listing.failed(error, `s3://${bucket}/${folder}`);
  }
}

/** Lists are sorted, so a page that begins before the end of the last has come before. */
function checkOrder(
  { CommonPrefixes = [], Contents = [] }: ListObjectsV2CommandOutput,
  last: string,
): string {
  const names = [...CommonPrefixes.map(({ Prefix = '' }) => Prefix), ...Contents.map(({ Key = '' }) => Key)]; // prettier-ignore
  const sorted = names.toSorted(byBytes);
  if (last !== '' && sorted[0] !== undefined && byBytes(sorted[0], last) <= 0) {
    throw new LostPages('a page of the list came twice, or in another order');
  }
  return sorted.at(-1) ?? last;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html: UTF-8 binary order. */
function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

function tokenOf(page: ListObjectsV2CommandOutput): string | undefined {
  const { IsTruncated, NextContinuationToken, KeyCount, CommonPrefixes = [], Contents = [] } = page;
  const came = CommonPrefixes.length + Contents.length;
  if (KeyCount !== came) {
    throw new LostPages(
      `a page of the list states ${KeyCount ?? 'no number of'} keys and has ${came}`,
    );
  }
  if (IsTruncated === true && (NextContinuationToken ?? '') === '') {
    throw new LostPages('the list is cut and the server gave no token for the rest');
  }
  // Some servers give a token without saying that there is more.
  return NextContinuationToken;
}

function isChosen(key: string, listing: Listing): boolean {
  // Consoles make objects that stand for folders.
  if (key.endsWith('/')) return false;
  const skip = skipByPath(parseLogPath(key), listing.selection);
  if (skip !== null) listing.skipped(skip, key);
  return skip === null;
}
