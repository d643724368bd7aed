/**
 * The run: sources yield batches, the ledger counts every call once, the report says it.
 *
 *   source ─▶ Batch ─▶ Ledger, SeenCounter ─▶ Tally ─▶ Report
 *      └────▶ Coverage ───────────────────────────────────┘
 */
import { clientKey } from './clients/client-key.js';
import { parseClient } from './clients/parse-client.js';
import { systemContext } from './context.js';
import type { Batch, Client, Context, Coverage, Source, Window } from './contracts.js';
import { messageOf, UserError } from './errors.js';
import type { AddressRanges } from './report/address-ranges.js';
import { buildReport } from './report/build.js';
import { Cells } from './report/group.js';
import { Ledger } from './report/ledger.js';
import type { Report } from './report/schema.js';
import { SeenCounter } from './report/seen-counter.js';

export interface AuditOptions {
  /** Read one after the other. */
  readonly sources: readonly Source[];
  /** Everything by default. */
  readonly window?: Window;
  /** The system's clock, no interruption and no progress by default. */
  readonly context?: Context;
  /** AWS's published address ranges (`parseAddressRanges`), to tell where callers run. */
  readonly ranges?: AddressRanges;
}

/**
 * Reads all sources and returns the report. Rejects with a UserError when the only source cannot
 * start; when one of several fails, that becomes a gap of the report.
 */
export async function audit(options: AuditOptions): Promise<Report> {
  const window = options.window ?? { from: null, to: null };
  const context = options.context ?? systemContext();
  const ledger = new Ledger(new Cells(cached(describe)));
  const seen = new SeenCounter();
  const take = ({ hits, seen: events }: Batch): void => {
    for (const hit of hits) ledger.add(hit);
    seen.add(events);
  };
  const coverages: Coverage[] = [];
  for (const source of options.sources) {
    const read = readAll(source, window, context, take);
    coverages.push(await (options.sources.length > 1 ? orGap(source, read) : read));
  }
  const { tallies, deduplication } = ledger.close();
  const counted = { tallies: tallies.values(), seen: seen.result(), deduplication };
  const generatedAt = `${new Date(context.now()).toISOString().slice(0, 19)}Z`;
  return buildReport(counted, coverages, { window, generatedAt, ranges: options.ranges });
}

async function readAll(
  source: Source,
  window: Window,
  context: Context,
  take: (batch: Batch) => void,
): Promise<Coverage> {
  const batches = source.collect(window, context);
  for (;;) {
    const next = await batches.next();
    if (next.done === true) return next.value;
    take(next.value);
  }
}

/** One source's trouble must not lose what the others found. Bugs are not caught. */
async function orGap(source: Source, coverage: Promise<Coverage>): Promise<Coverage> {
  return coverage.catch((error: unknown) => {
    if (!(error instanceof UserError)) throw error;
    const gap = { code: 'source-failed', subject: source.name, message: messageOf(error) };
    return {
      source: source.name,
      targets: [],
      accounts: [],
      regions: [],
      gaps: [gap],
      notes: [],
      rejected: {},
      figures: {},
    };
  });
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
