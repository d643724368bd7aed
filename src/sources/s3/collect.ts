/**
 * The run: objects are listed and read side by side, and never held all at once.
 */
import type { S3Client } from '@aws-sdk/client-s3';
import { Collector } from '../../cloudtrail/collector.js';
import type { Selection } from '../../cloudtrail/log-path.js';
import { CallError } from '../../aws/call.js';
import { type FailureCode, toGap } from '../../aws/failure.js';
import { LostPages } from '../../aws/tokens.js';
import { together } from '../../together.js';
import type { Batch, Context, Coverage, Gap, Window } from '../../contracts.js';
import { FilesCoverage } from '../files/coverage.js';
import type { S3Options } from './index.js';
import { checkPlace } from './check-place.js';
import { listLogs, type Listing, type LogObject } from './list.js';
import type { Location } from './location.js';
import { readObject } from './read-object.js';

const OBJECTS_AT_A_TIME = 16;
/** So many failures in a row, none of them the object's own, are not the last. */
const HOPELESS = 2 * OBJECTS_AT_A_TIME;
const DEFAULT_LIMIT = 1024 * 1024 * 1024;
/** Objects are downloaded side by side, but inflated one at a time. */
const WHOLE_BYTES = 32 * 1024 * 1024;

export interface S3Run {
  readonly places: readonly string[];
  readonly locations: readonly Location[];
  readonly options: S3Options;
  readonly window: Window;
}

export async function* collectS3(
  client: S3Client,
  run: S3Run,
  context: Context,
): AsyncGenerator<Batch, Coverage, void> {
  const { options, window } = run;
  const coverage = new FilesCoverage(run.places, selectionOf(run));
  const { maxInflatedBytes = DEFAULT_LIMIT } = options;
  const limits = { maxInflatedBytes, wholeBytes: WHOLE_BYTES };
  const collector = new Collector(window);
  const requesterPays = options.requesterPays ?? false;
  for (const location of run.locations) await checkPlace(client, location, requesterPays, context);
  for (const location of run.locations) {
    let failures = 0;
    const reading = { bucket: location.bucket, collector, limits, requesterPays };
    const read = async function* (
      object: LogObject,
      signal: AbortSignal,
    ): AsyncGenerator<Batch, void> {
      const own = { ...context, signal: AbortSignal.any([context.signal, signal]) };
      try {
        const outcome = yield* readObject(client, object, reading, own);
        coverage.add(outcome);
        failures = outcome.gaps.some(({ code }) => WIDER.has(code)) ? failures + 1 : 0;
        yield collector.drain();
        context.progress({ ...coverage.progress(), unit: 'objects' });
      } catch (error) {
        if (!own.signal.aborted) throw error;
      }
    };
    const objects = listLogs(client, location, listingOf(run, coverage, context), context);
    const tried = async function* (): AsyncGenerator<LogObject, void> {
      for await (const object of objects) {
        if (failures >= HOPELESS) {
          coverage.gap(givenUp(location));
          return;
        }
        yield object;
      }
    };
    yield* together(tried(), OBJECTS_AT_A_TIME, read);
  }
  return coverage.result(context.signal.aborted);
}

/** Codes of failures that other objects will meet as well. */
const WIDER: ReadonlySet<string> = new Set<FailureCode>([
  'no-credentials',
  'credentials-expired',
  'wrong-clock',
  'access-denied',
  'throttled',
  'unreachable',
  'no-such-host',
  'service-error',
  'foreign-answer',
]);

function givenUp({ bucket, key }: Location): Gap {
  const message = 'Reading was given up: no further object was tried.';
  return { code: 'given-up', subject: `s3://${bucket}/${key}`, message };
}

function selectionOf({ options, window }: S3Run): Selection {
  return {
    window,
    allRegions: options.allRegions ?? false,
    accounts: options.accounts ?? [],
    deliveredUntil: options.deliveredUntil,
  };
}

function listingOf({ options }: S3Run, coverage: FilesCoverage, context: Context): Listing {
  return {
    selection: coverage.selection,
    requesterPays: options.requesterPays ?? false,
    skipped: (reason, path) => coverage.skipped(reason, path),
    failed: (error, folder) => {
      if (context.signal.aborted) return;
      if (error instanceof LostPages) {
        coverage.gap({ code: 'list-incomplete', subject: folder, message: `Objects are missing: ${error.message}.` }); // prettier-ignore
      } else if (error instanceof CallError) coverage.gap(toGap(error.failure, folder));
      else throw error;
    },
  };
}
