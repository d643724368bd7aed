/**
 * The same events in the places where the sources look for them.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { CreateBucketCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { textAt } from '../../test/support/aws/evidence.js';
import { type Corpus, logsOf, recordsIn } from '../corpus.js';

/** A trail's bucket. Returns the number of objects. */
export async function putBucket(s3: S3Client, bucket: string, corpus: Corpus): Promise<number> {
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  const logs = logsOf(corpus.folder);
  for (const { path } of logs) {
    const body = { Bucket: bucket, Key: path, Body: readFileSync(join(corpus.folder, path)) };
    await s3.send(new PutObjectCommand(body));
  }
  return logs.length;
}

/** Seconds from an event to its arrival in the log group. */
export const DELAY = 240;

/** Of one PutLogEvents. */
const MOST_EVENTS = 500;

/**
 * A trail's log group. It gets events four minutes after they happened, or all at `loggedAt`
 * (milliseconds).
 */
export async function putLogGroup(
  logs: CloudWatchLogsClient,
  group: string,
  corpus: Corpus,
  loggedAt?: number,
): Promise<number> {
  const stream = { logGroupName: group, logStreamName: 'trail' };
  await logs.send(new CreateLogGroupCommand({ logGroupName: group }));
  await logs.send(new CreateLogStreamCommand(stream));
  const events = logsOf(corpus.folder)
    .flatMap((log) => recordsIn(corpus.folder, log))
    .map((record) => ({
      timestamp: loggedAt ?? Date.parse(textAt(record, 'eventTime') ?? '') + DELAY * 1000,
      message: JSON.stringify(record),
    }))
    .toSorted((a, b) => a.timestamp - b.timestamp);
  for (let start = 0; start < events.length; start += MOST_EVENTS) {
    const logEvents = events.slice(start, start + MOST_EVENTS);
    await logs.send(new PutLogEventsCommand({ ...stream, logEvents }));
  }
  return events.length;
}
