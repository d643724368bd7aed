/**
 * The run: sources yield batches, the ledger counts every call once, the report says it.
 *
 *   source ─▶ Batch ─▶ Ledger, SeenCounter ─▶ Tally ─▶ Report
 *      └────▶ Coverage ───────────────────────────────────┘
 */
import { createHash } from 'node:crypto';
import { clientKey } from './clients/client-key.js';
import { parseClient } from './clients/parse-client.js';
import { systemContext } from './context.js';
import type { Batch, Client, Context, Coverage, Source, Window } from './contracts.js';
import { messageOf, Unavailable, UserError } from './errors.js';
import type { GapCode } from './gap-codes.js';
import type { AddressRanges } from './report/address-ranges.js';
import { buildReport } from './report/build.js';
import { Cells } from './report/group.js';
import { Ledger } from './report/ledger.js';
import type { Report } from './report/schema.js';
import { SeenCounter } from './report/seen-counter.js';
import { together } from './together.js';

export interface AuditOptions {
  /** A few are read at a time. */
  readonly sources: readonly Source[];
  /** Everything by default. */
  readonly window?: Window;
  /** The system's clock, no interruption and no progress by default. */
  readonly context?: Context;
  /** AWS's published address ranges (`parseAddressRanges`), to tell where callers run. */
  readonly ranges?: AddressRanges;
}

/**
 * Reads all sources and returns the report. Rejects with a UserError when the window is none, or no
 * source can start as it is set; when some of several cannot, or a service is not available, that is a gap of the report.
 */
export async function audit(options: AuditOptions): Promise<Report> {
  const window = options.window ?? { from: null, to: null };
  checkWindow(window);
  const context = options.context ?? systemContext();
  const ledger = new Ledger(new Cells(cached(describe)));
  const seen = new SeenCounter();
  const take = ({ hits, seen: events }: Batch): void => {
    for (const hit of hits) ledger.add(hit);
    seen.add(events);
  };
  const coverages: Coverage[] = [];
  const failures: UserError[] = [];
  const read = async function* ([place, source]: [number, Source]): AsyncGenerator<Batch, void> {
    try {
      coverages[place] = yield* source.collect(window, context);
    } catch (error) {
      // One source's trouble must not lose what the others found. Bugs are not caught.
      if (isInterruption(error, context)) {
        coverages[place] = nothing(source, 'interrupted', 'Reading was interrupted before it began.'); // prettier-ignore
      } else if (error instanceof UserError) {
        failures.push(error);
        coverages[place] = nothing(source, 'source-failed', sentenceOf(error));
      } else throw error;
    }
  };
  for await (const batch of together(options.sources.entries(), SOURCES_AT_A_TIME, read)) {
    take(batch);
  }
  const wrong = failures.filter((failure) => !(failure instanceof Unavailable));
  if (wrong[0] !== undefined && wrong.length === options.sources.length) throw wrong[0];
  const { tallies, deduplication } = ledger.close();
  const counted = { tallies, seen: seen.result(), deduplication };
  const generatedAt = `${new Date(context.now()).toISOString().slice(0, 19)}Z`;
  return buildReport(counted, coverages, { window, generatedAt, ranges: options.ranges, sha256 });
}

/** Times are kept in unsigned 32-bit words, up to here: 2100. */
const LATEST = 4_102_444_800;

/** In milliseconds it would lie far ahead, where nothing is found: complete, and of no use. */
function checkWindow({ from, to }: Window): void {
  for (const time of [from, to]) {
    if (time !== null && !(Number.isInteger(time) && time >= 0 && time <= LATEST)) {
      throw new UserError('a window is in whole seconds since 1970, or null for no limit');
    }
  }
  if (from !== null && to !== null && from >= to) {
    throw new UserError('the window is empty: from must come before to');
  }
}

/** Sources that have begun say themselves how far they came; those that start just end. */
function isInterruption(error: unknown, { signal }: Context): boolean {
  return signal.aborted && error === signal.reason;
}

function nothing({ name }: Source, code: GapCode, message: string): Coverage {
  return {
    source: name,
    targets: [],
    accounts: [],
    regions: [],
    gaps: [{ code, subject: name, message }],
    notes: [],
    rejected: {},
    figures: {},
  };
}

function sentenceOf(error: UserError): string {
  return `${messageOf(error)}${error.hint === null ? '' : ` (${error.hint})`}.`;
}

/** Members of an organization, as a rule: each waits for its own service most of the time. */
const SOURCES_AT_A_TIME = 4;

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function describe(userAgent: string): { client: Client; key: string } {
  const client = parseClient(userAgent);
  return { client, key: clientKey(client) };
}

/** User agents repeat; those with random parts must not fill the memory. */
const MOST_CACHED = 10_000;

function cached<T>(make: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const value = known.get(text) ?? make(text);
    if (known.size >= MOST_CACHED) known.clear();
    known.set(text, value);
    return value;
  };
}
