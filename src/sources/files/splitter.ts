/**
 * The thorough way: cuts a stream of bytes into JSON values of the size of a record, whatever
 * holds them: one document or many, arrays, `{"Records":[…]}`, lines, values with commas between.
 * Damage is reported and passed over; reading goes on at the next place that looks like a record.
 */
import { OPEN_BRACE, OPEN_BRACKET, QUOTE, endOfValue, type ValueState } from './json-value.js';
import { Finder } from './finder.js';

export const DAMAGES = [
  'not-json',
  'unreadable-event',
  'torn-record',
  'cut-short',
  'record-too-large',
  'abandoned',
] as const;
export type Damage = (typeof DAMAGES)[number];

/** CloudTrail events are at most 256 KB; wrappers that hold more than this are opened. */
const LARGEST_VALUE = 16 * 1024 * 1024;
/** Damaged text is read again from where it may go on, in all at most this often. */
const MOST_READINGS = 8;
/** Objects whose first key is one of these are opened instead of being read whole. */
const CONTAINER = /^\{\s*"(?:Records|Events|records|events)"\s*:\s*\[/;
/** Enough to see {@link CONTAINER} however a file is indented. */
const LOOKAHEAD = 128;
const RECORD_START = Buffer.from('{"eventVersion"');
/** Where reading can go on: at the next line, record, or event that LookupEvents gives. */
const STARTS = [Buffer.from('\n'), RECORD_START, Buffer.from('{"EventId"')];
const LONGEST_START = Math.max(...STARTS.map(({ length }) => length));
const LITERAL = /^(?:true|false|null|-?\d[\d.eE+-]*)$/;
/** CloudWatch Logs puts the time before each event that it exports to a bucket. */
const EXPORT_STAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z /;

/** By byte: looked up for every one of what may be megabytes of white space. */
const PUNCTUATION = Uint8Array.from({ length: 256 }, (_, byte) =>
  Buffer.from(' \n\r\t,\uFEFF').includes(byte) ? 1 : 0,
);
const COLON = 0x3a;
const CLOSE_BRACE = 0x7d;
const CLOSE_BRACKET = 0x5d;

export class Splitter {
  readonly #onValue: (bytes: Buffer) => boolean;
  readonly #onDamage: (damage: Damage) => void;
  #pending: Buffer = Buffer.alloc(0);
  /** What `#pending` is a part of, once pieces were joined. */
  #store: Buffer = Buffer.alloc(0);
  /** Bytes that came before `#pending`. */
  #before = 0;
  readonly #starts = STARTS.map((start) => new Finder(start));
  #at = 0;
  /** Behind damage, until there is a place to go on. */
  #isLost = false;
  /** Where the value that is being read began, or -1 between values. */
  #start = -1;
  #state: ValueState = { depth: 0, inString: false, torn: false, tooDeep: false };
  /** The closing brackets that are still to come for what has been opened. */
  readonly #closers: number[] = [];
  #received = 0;
  #readAgain = 0;
  #opened: 'array' | 'container' | null = null;

  /** `onValue` says whether the value could be read. */
  constructor(onValue: (bytes: Buffer) => boolean, onDamage: (damage: Damage) => void) {
    this.#onValue = onValue;
    this.#onDamage = onDamage;
  }

  /** What was opened, be it empty: an array, or an object that is known to hold records. */
  get opened(): 'array' | 'container' | null {
    return this.#opened;
  }

  push(chunk: Buffer): void {
    this.#received += chunk.length;
    this.#pending = this.#pending.length === 0 ? chunk : this.#joined(chunk);
    this.#run(false);
    while (this.#start >= 0 && this.#pending.length - this.#start > LARGEST_VALUE) {
      this.#open();
      this.#run(false);
    }
    this.#forgetWhatWasRead();
  }

  /** To be called once, after the last chunk. */
  end(): void {
    this.#run(true);
    while (this.#start >= 0) {
      this.#restart('cut-short');
      this.#run(true);
    }
    if (this.#closers.length > 0) this.#onDamage('cut-short');
  }

  #run(last: boolean): void {
    while (this.#at < this.#pending.length) {
      if (this.#isLost && !this.#findPlace(last)) return;
      if (this.#start >= 0) this.#readValue();
      else if (!this.#readBetween(last)) return;
    }
  }

  #readValue(): void {
    this.#at = endOfValue(this.#pending, this.#at, this.#state);
    if (this.#state.torn) {
      this.#restart('torn-record');
    } else if (this.#state.tooDeep) {
      this.#restart('record-too-large');
    } else if (this.#state.depth > 0 || this.#state.inString) {
      return;
    } else if (this.#at - this.#start > LARGEST_VALUE) {
      this.#open();
    } else if (this.#onValue(this.#pending.subarray(this.#start, this.#at))) {
      this.#start = -1;
    } else {
      // Where a bracket is missing, what looks like one value is a record and all that follow.
      this.#restart('not-json', this.#at);
    }
  }

  /** Reads what stands between values. False when more bytes are needed. */
  #readBetween(last: boolean): boolean {
    const byte = this.#pending[this.#at];
    switch (byte) {
      case OPEN_BRACE:
        return this.#openObject(last);
      case OPEN_BRACKET:
        this.#opened ??= 'array';
        this.#closers.push(CLOSE_BRACKET);
        break;
      case CLOSE_BRACE:
      case CLOSE_BRACKET:
        if (this.#closers.pop() !== byte) this.#onDamage('not-json');
        break;
      case QUOTE:
        this.#startValue();
        return true;
      default:
        if (!this.#isPunctuation(byte)) return this.#readLiteral(last);
    }
    this.#at += 1;
    return true;
  }

  #openObject(last: boolean): boolean {
    if (!last && this.#pending.length - this.#at < LOOKAHEAD) return false;
    const ahead = this.#ahead();
    const container = CONTAINER.exec(ahead)?.[0];
    if (container === undefined) {
      this.#startValue();
    } else {
      this.#opened = 'container';
      this.#closers.push(CLOSE_BRACE, CLOSE_BRACKET);
      this.#at += container.length;
    }
    return true;
  }

  #startValue(): void {
    this.#start = this.#at;
    this.#state = { depth: 0, inString: false, torn: false, tooDeep: false };
  }

  /** White space, commas, the colons of an opened object's other keys, and a byte order mark. */
  #isPunctuation(byte: number | undefined): boolean {
    if (byte === COLON) return this.#closers.at(-1) === CLOSE_BRACE;
    return byte !== undefined && PUNCTUATION[byte] === 1;
  }

  #readLiteral(last: boolean): boolean {
    const ahead = this.#ahead();
    if (!last && this.#pending.length - this.#at < LOOKAHEAD) return false;
    const word = /^[\w.+-]*/.exec(ahead)?.[0] ?? '';
    const literal = LITERAL.test(word) ? word : EXPORT_STAMP.exec(ahead)?.[0];
    if (literal === undefined) this.#passOver('not-json');
    else this.#at += literal.length;
    return true;
  }

  /** A wrapper that is too large to be read whole is read part by part. */
  #open(): void {
    const from = this.#start;
    const isObject = this.#pending[from] === OPEN_BRACE;
    const isRecord = this.#pending.subarray(from, from + RECORD_START.length).equals(RECORD_START);
    this.#readAgain += this.#at - from;
    const isHopeless = this.#readAgain > MOST_READINGS * this.#received;
    if (isRecord || isHopeless || (!isObject && this.#pending[from] !== OPEN_BRACKET)) {
      this.#restart('record-too-large');
      return;
    }
    this.#start = -1;
    this.#at = from + 1;
    this.#closers.push(isObject ? CLOSE_BRACE : CLOSE_BRACKET);
  }

  #ahead(): string {
    return this.#pending.toString('latin1', this.#at, this.#at + LOOKAHEAD);
  }

  /** Gives up the value that is being read and looks for records inside it, or from `end` on. */
  #restart(damage: Damage, end?: number): void {
    const from = this.#start;
    this.#start = -1;
    this.#readAgain += this.#at - from;
    if (this.#readAgain > MOST_READINGS * this.#received) {
      this.#onDamage('abandoned');
      this.#at = this.#pending.length;
    } else {
      this.#at = from;
      this.#passOver(damage);
      if (end !== undefined) this.#at = Math.min(end, this.#nextStart());
      this.#isLost = end === undefined;
    }
  }

  #passOver(damage: Damage): void {
    this.#onDamage(damage);
    this.#at += 1;
    this.#isLost = true;
  }

  /** False when more bytes are needed. What may be half of a start is looked at again with them. */
  #findPlace(last: boolean): boolean {
    const { length } = this.#pending;
    const next = this.#nextStart();
    const isFound = next < length;
    this.#isLost = !isFound;
    this.#at = isFound || last ? next : Math.max(this.#at, length - LONGEST_START + 1);
    return isFound || last;
  }

  /** Where reading can go on; the end of what there is when nowhere. */
  #nextStart(): number {
    const places = this.#starts.map((start) => start.find(this.#pending, this.#at, this.#before));
    return Math.min(...places);
  }

  /** Grows by doubling: a value may come in many pieces, and must not be copied for each of them. */
  #joined(chunk: Buffer): Buffer {
    const { byteOffset, length } = this.#pending;
    const end = byteOffset + length;
    if (this.#pending.buffer !== this.#store.buffer || end + chunk.length > this.#store.length) {
      this.#store = Buffer.from(new ArrayBuffer(2 * (length + chunk.length)));
      this.#pending.copy(this.#store);
      chunk.copy(this.#store, length);
      return this.#store.subarray(0, length + chunk.length);
    }
    chunk.copy(this.#store, end);
    return this.#store.subarray(byteOffset, end + chunk.length);
  }

  #forgetWhatWasRead(): void {
    const read = this.#start >= 0 ? this.#start : this.#at;
    this.#pending = this.#pending.subarray(read);
    this.#before += read;
    this.#at -= read;
    if (this.#start >= 0) this.#start = 0;
  }
}
