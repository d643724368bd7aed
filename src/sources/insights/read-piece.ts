/**
 * One piece of time of some log groups: how many events there are, then the calls among them.
 */
import { CallError } from '../../aws/call.js';
import { sentenceOf, toUserError } from '../../aws/failure.js';
import { LostPages } from '../../aws/tokens.js';
import { Collector } from '../../cloudtrail/collector.js';
import { formatTime } from '../../cloudtrail/event-time.js';
import type { Batch, Context } from '../../contracts.js';
import type { GapCode } from '../../gap-codes.js';
import type { Bounded } from '../bounded.js';
import type { CoverageNotes } from '../coverage.js';
import { countEvidence } from './evidence.js';
import { split } from './pieces.js';
import { type Asked, callsQuery, evidenceQuery } from './queries.js';
import { isTooOld, QueryFailed, type Result, type Row, type Session } from './session.js';
import { counted } from '../../counted.js';

export interface Piece extends Asked {
  readonly groupIds: readonly string[];
}

/** Calls are not spread evenly over time: parts are planned to be a little less than full. */
const FULL = 0.8;

/** Each took an hour. Parts of a fourth of a day that are too much will not do in an eighth. */
const MOST_TIMEOUTS = 3;

export class PieceReader {
  readonly #session: Session;
  readonly #piece: Piece;
  readonly #coverage: CoverageNotes;
  readonly #context: Context;
  /** Calls of the window that were read since they were counted. */
  #hits = 0;
  /** Whether it is known why some were not. */
  #troubled = false;
  #timeouts = 0;

  constructor(session: Session, piece: Piece, coverage: CoverageNotes, context: Context) {
    this.#session = session;
    this.#piece = piece;
    this.#coverage = coverage;
    this.#context = context;
  }

  async *read(): AsyncGenerator<Batch, void> {
    yield* this.#count(this.#piece);
  }

  async *#count(piece: Piece): AsyncGenerator<Batch, void> {
    const result = await this.#run(piece, (limit) => evidenceQuery(piece, limit));
    if (result === null) return;
    if (result === 'too-old') {
      for (const alone of apart(piece)) yield* this.#count(alone);
      return;
    }
    const rows = result === 'too-long' ? [] : await this.#all(result, piece);
    if (result === 'too-long' || rows.length >= result.limit) {
      for (const part of this.#parts(piece, 2)) yield* this.#count(part);
      return;
    }
    const { seen, calls, untimedCalls, untimedOthers, records } = countEvidence(rows);
    if (records !== result.matched) this.#incomplete(piece, records, result.matched);
    if (untimedOthers > 0) this.#coverage.reject({ 'unreadable-event-time': untimedOthers });
    yield this.#coverage.took({ hits: [], seen });
    const wanted = calls + untimedCalls;
    if (wanted === 0) return;
    this.#hits = 0;
    this.#troubled = false;
    yield* this.#fetch(piece, Math.ceil(wanted / (result.limit * FULL)));
    if (this.#hits < calls && !this.#troubled) this.#incomplete(piece, this.#hits, calls);
  }

  async *#fetch(piece: Piece, parts: number): AsyncGenerator<Batch, void> {
    for (const part of this.#parts(piece, parts)) yield* this.#fetchPart(part);
  }

  /** Too many calls for one result are seen before a row is read. */
  async *#fetchPart(piece: Piece): AsyncGenerator<Batch, void> {
    const result = await this.#run(piece, (limit) => callsQuery(piece, limit));
    if (result === null) return;
    if (result === 'too-old') {
      for (const alone of apart(piece)) yield* this.#fetchPart(alone);
      return;
    }
    if (result === 'too-long') {
      yield* this.#fetch(piece, 2);
      return;
    }
    const { matched, limit } = result;
    if (matched !== null && matched > limit && isDivisible(piece.window)) {
      yield* this.#fetch(piece, Math.max(2, Math.ceil(matched / (limit * FULL))));
      return;
    }
    let read = 0;
    for await (const rows of this.#pages(result, piece)) {
      read += rows.length;
      yield this.#coverage.took(this.#collect(rows));
    }
    if (read !== result.matched) this.#incomplete(piece, read, result.matched);
  }

  /** Events were counted already, so only hits are taken. */
  #collect(rows: readonly Row[]): Batch {
    const collector = new Collector(this.#piece.events);
    const records = rows.map((row) => parse(row['@message']));
    for (const record of records) collector.add(record);
    const cut = records.filter((record) => record === null).length;
    if (cut > 0)
      this.#gap(
        'unreadable-records',
        `${counted(cut, 'record is', 'records are')} cut or not JSON.`,
      );
    this.#coverage.reject(collector.rejections.byReason);
    this.#coverage.lost(collector.rejections.lostCalls, subjectOf(this.#piece));
    const { hits } = collector.drain();
    this.#hits += hits.length;
    const seen = { classes: [], identified: new Uint32Array(), counted: [], spans: [] };
    return { hits, seen };
  }

  #parts(piece: Piece, count: number): Piece[] {
    if (count > 1 && !isDivisible(piece.window)) {
      this.#gap('truncated', 'One second holds more events than a query returns.', piece);
      return [];
    }
    return Array.from(split(piece.window, count), (window) => ({ ...piece, window }));
  }

  /**
   * Null when the query failed and that was noted; `too-long` when less time may help, `too-old` when
   * one of its log groups holds nothing of that time.
   */
  async #run(
    piece: Piece,
    text: (limit: number) => string,
  ): Promise<Result | 'too-long' | 'too-old' | null> {
    try {
      const result = await this.#session.run({ ...piece, text }, this.#context);
      this.#coverage.figure('queries', 1);
      this.#coverage.figure('bytes_scanned', result.bytesScanned);
      this.#coverage.figure('records_scanned', result.recordsScanned);
      return result;
    } catch (error) {
      if (this.#context.signal.aborted) return null;
      if (error instanceof QueryFailed && error.status === 'Timeout' && isDivisible(piece.window)) {
        this.#timeouts += 1;
        if (this.#timeouts <= MOST_TIMEOUTS) return 'too-long';
      }
      if (isTooOld(error) && piece.groupIds.length > 1) return 'too-old';
      this.#failed(error, piece);
      return null;
    }
  }

  /** The pages before one that could not be read. */
  async *#pages(result: Result, piece: Piece): AsyncGenerator<readonly Row[], void> {
    try {
      for await (const rows of result.pages) {
        this.#coverage.figure('rows', rows.length);
        yield rows;
      }
    } catch (error) {
      if (!this.#context.signal.aborted) this.#failed(error, piece);
    }
  }

  /** All rows of the query that counts, which are few. */
  async #all(result: Result, piece: Piece): Promise<readonly Row[]> {
    const rows: Row[] = [];
    for await (const page of this.#pages(result, piece)) rows.push(...page);
    return rows;
  }

  #failed(error: unknown, piece: Piece): void {
    if (isTooOld(error)) {
      // Nothing that the other query counted is missing: there is nothing.
      this.#coverage.gap('before-log-group', subjectOf(piece), NOTHING_HELD);
    } else if (error instanceof CallError) {
      if (!this.#session.hasStarted) throw toUserError(error.failure, error);
      this.#gap(error.failure.code, sentenceOf(error.failure), piece);
    } else if (error instanceof QueryFailed) {
      const text =
        error.status === 'Lost' ? 'did not end within an hour' : `ended as ${error.status}`;
      this.#gap('query-failed', `The query ${text}.`, piece);
    } else if (error instanceof LostPages) {
      this.#gap('rows-missing', `Rows are missing: ${error.message}.`, piece);
    } else {
      throw error;
    }
  }

  #incomplete(piece: Piece, read: number, matched: number | null): void {
    if (this.#context.signal.aborted) return;
    const message =
      matched === null
        ? 'The service did not say how many events matched, so rows may be missing.'
        : `${counted(matched, 'event')} matched, but ${read} came back.`;
    this.#gap('rows-missing', message, piece);
  }

  #gap(code: GapCode, message: string, piece = this.#piece): void {
    this.#troubled = true;
    this.#coverage.gap(code, subjectOf(piece), message);
  }
}

const NOTHING_HELD = 'The log group began later, or no longer keeps that time.';

function subjectOf({ groupIds: [first = '', ...others], window: { from, to } }: Piece): string {
  const groups = others.length === 0 ? first : `${first} and ${others.length} more`;
  return `${groups}, ${formatTime(from)} to ${formatTime(to)}`;
}

function apart(piece: Piece): Piece[] {
  return Array.from(piece.groupIds, (id) => ({ ...piece, groupIds: [id] }));
}

function isDivisible({ from, to }: Bounded): boolean {
  return to - from > 1;
}

function parse(message: string | undefined): unknown {
  try {
    return JSON.parse(message ?? 'null');
  } catch {
    return null;
  }
}
