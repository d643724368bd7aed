/**
 * Reads one object into the scanner that local files go through.
 */
import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { Readable } from 'node:stream';
import { call, CallError } from '../../aws/call.js';
import { sentenceOf } from '../../aws/failure.js';
import type { Context } from '../../contracts.js';
import type { GapCode } from '../../gap-codes.js';
import {
  type FileOutcome,
  type FileReading,
  readContent,
  readPieces,
  toReading,
} from '../files/read-file.js';
import type { Reading } from '../files/scan.js';
import { ARCHIVES, type LogObject } from './list.js';

export interface ObjectReading extends Reading {
  readonly bucket: string;
  readonly requesterPays: boolean;
}

/** CloudTrail's objects are smaller; others are read in pieces, without a second attempt. */
const READ_WHOLE = 16 * 1024 * 1024;

/** Whatever is wrong with the object becomes a gap; interruptions and bugs are thrown. */
export async function* readObject(
  client: S3Client,
  { key, size, storageClass, isRestored }: LogObject,
  reading: ObjectReading,
  context: Context,
): FileReading {
  const { bucket } = reading;
  const name = `s3://${bucket}/${key}`;
  if (ARCHIVES.has(storageClass) && !isRestored)
    return unread(name, 'archived', archived(storageClass));
  const attempt = { action: 's3:GetObject', resource: `arn:aws:s3:::${bucket}/${key}` };
  const command = new GetObjectCommand({
    Bucket: bucket,
    Key: key,
    ...(reading.requesterPays ? { RequestPayer: 'requester' as const } : {}),
  });
  try {
    if (size !== null && size > READ_WHOLE) {
      const { Body } = await call(context, attempt, async (options) =>
        client.send(command, options),
      );
      const pieces = counted(Body instanceof Readable ? Body : Readable.from([]));
      return whole(yield* readPieces(name, pieces, reading), pieces.bytes, size);
    }
    const content = await call(context, attempt, async (options) => {
      const { Body } = await client.send(command, options);
      return Buffer.from((await Body?.transformToByteArray()) ?? []);
    });
    const outcome = yield* toReading(readContent(name, content, reading));
    return whole(outcome, content.length, size);
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    return failed(name, error);
  }
}

/** Trails write an object once: another size than that of the list is a cut, or another object. */
function whole(outcome: FileOutcome, came: number, listed: number | null): FileOutcome {
  // Reading ends early where something else is wrong.
  if (listed === null || came === listed || outcome.gaps.length > 0) return outcome;
  const message = `The list states ${listed} bytes, but ${came} came.`;
  return { ...outcome, gaps: [{ code: 'size-differs', subject: outcome.path, message }] };
}

/** The pieces of an object, and how many bytes of them have come. */
function counted(body: Readable): AsyncIterable<Buffer> & { readonly bytes: number } {
  let bytes = 0;
  return {
    get bytes() {
      return bytes;
    },
    async *[Symbol.asyncIterator]() {
      for await (const piece of body as AsyncIterable<Buffer>) {
        bytes += piece.length;
        yield piece;
      }
    },
  };
}

function failed(name: string, { failure }: CallError): FileOutcome {
  const { name: kind, code } = failure;
  if (kind === 'NoSuchKey') {
    return unread(name, 'vanished', 'The object was deleted after it was listed.');
  }
  if (kind === 'InvalidObjectState') return unread(name, 'archived', archived('an archive tier'));
  return unread(name, code, sentenceOf(failure));
}

function archived(where: string): string {
  return `The object is in ${where} and has to be restored before it can be read.`;
}

function unread(path: string, code: GapCode, message: string): FileOutcome {
  return {
    path,
    result: {
      rejected: {},
      lostCalls: 0,
      damage: {},
      showsTrail: false,
      isMisnamed: false,
      content: 'log',
    },
    gaps: [{ code, subject: path, message }],
    bytes: 0,
    inflatedBytes: 0,
  };
}
