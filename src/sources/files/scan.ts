/**
 * Reads the bytes of one log, whole or in pieces, into what the audit counts.
 */
import type { Collector } from '../../cloudtrail/collector.js';
import { type Fields, fieldsOf, textOf } from '../../cloudtrail/fields.js';
import { parseLogPath } from '../../cloudtrail/log-path.js';
import { normalise, type Normalised } from '../../cloudtrail/normalise.js';
import { Rejections } from '../../cloudtrail/rejections.js';
import { readDelivered } from './delivered.js';
import { Payloads } from './inflate.js';
import { isDigest, isManagementRead, isOwnReport, recordsIn, type Unwrapping } from './shapes.js';
import type { Damage } from './damage.js';
import { Splitter } from './splitter.js';

/** What a log was like, beside the events in it. */
export interface ScanResult {
  readonly rejected: Readonly<Record<string, number>>;
  /** Records that reached the global endpoint but cannot be used. */
  readonly lostCalls: number;
  /** How often each kind of damage was met. */
  readonly damage: Readonly<Partial<Record<Damage, number>>>;
  /** Whether its trail logs management events, those that read too, as most STS events do. */
  readonly showsTrail: boolean;
  /** Whether its path names an account of which it has no record, but records of others. */
  readonly isMisnamed: boolean;
  /** `digest` is a file that CloudTrail writes beside its logs; `foreign` holds no record. */
  readonly content: 'log' | 'digest' | 'own-report' | 'foreign';
}

export interface Limits {
  /** Most bytes that one compressed log may inflate to: a guard against gzip bombs. */
  readonly maxInflatedBytes: number;
  /** Most bytes that are read or inflated at once; what has more is read in pieces. */
  readonly wholeBytes: number;
}

/** What all logs of a run, or of a thread, are read with. */
export interface Reading {
  /** Takes the events of all of them. Whoever reads the logs empties it. */
  readonly collector: Collector;
  readonly limits: Limits;
}

/** One object for nearly all logs. */
export const UNREMARKABLE: ScanResult = {
  rejected: {},
  lostCalls: 0,
  damage: {},
  showsTrail: true,
  isMisnamed: false,
  content: 'log',
};

const ACCOUNT_KEY = '"recipientAccountId":"';

export class Scan {
  readonly #reading: Reading;
  /** The account that the path names; null when it names none. */
  readonly #account: string | null;
  readonly #rejections = new Rejections();
  readonly #damage: Partial<Record<Damage, number>> = {};
  #values = 0;
  #objects = 0;
  #records = 0;
  #other: 'digest' | 'own-report' | null = null;
  #isDelivered = false;
  #showsTrail = false;
  #hasOwn = false;
  #hasOthers = false;
  /** Null until something has to be read the thorough way. */
  #splitter: Splitter | null = null;

  constructor(reading: Reading, path: string) {
    this.#reading = reading;
    this.#account = parseLogPath(path).accountId;
  }

  /**
   * Reads a whole log. The fast path looks at few of its bytes, so it is taken only when something
   * else vouches for the rest, as the checksum of gzip does.
   */
  whole(bytes: Buffer, isChecked: boolean): void {
    const delivered = isChecked ? readDelivered(bytes) : null;
    if (delivered === null) {
      this.piece(bytes);
      this.end();
    } else {
      this.#isDelivered = true;
      this.#showsTrail = delivered.showsTrail;
      this.#hasOwn = this.#account !== null && bytes.includes(`${ACCOUNT_KEY}${this.#account}"`);
      this.#hasOthers = !this.#hasOwn && bytes.includes(ACCOUNT_KEY);
      for (const record of delivered.records) this.#take(record);
    }
  }

  /** Reads the next piece of a log that is too large to be read whole. */
  piece(bytes: Buffer): void {
    this.#splitter ??= this.#split();
    this.#splitter.push(bytes);
  }

  /** Ends a log that was read in pieces. */
  end(): void {
    this.#splitter?.end();
  }

  result(): ScanResult {
    const isMisnamed = this.#account !== null && this.#hasOthers && !this.#hasOwn;
    if (this.#isDelivered && this.#showsTrail && !isMisnamed && this.#rejections.isEmpty) {
      return UNREMARKABLE;
    }
    return {
      rejected: this.#rejections.byReason,
      lostCalls: this.#rejections.lostCalls,
      damage: this.#damage,
      showsTrail: this.#showsTrail,
      isMisnamed,
      content: this.#content(),
    };
  }

  #content(): ScanResult['content'] {
    if (this.#records > 0 || this.#isDelivered) return 'log';
    const opened = this.#splitter?.opened ?? null;
    if (this.#objects === 0 && opened === 'container') return 'log';
    if (this.#values === 0 && opened === 'array') return 'log';
    return this.#other ?? 'foreign';
  }

  #split(): Splitter {
    const payloads = new Payloads(this.#reading.limits.maxInflatedBytes);
    const unwrapping = {
      inflate: (base64: string) => payloads.inflate(base64),
      lost: (damage: Damage) => this.#addDamage(damage),
    };
    return new Splitter(
      (bytes) => this.#addValue(bytes, unwrapping),
      (damage) => this.#addDamage(damage),
    );
  }

  /** False when the bytes are no JSON. */
  #addValue(bytes: Buffer, unwrapping: Unwrapping): boolean {
    let value: unknown;
    try {
      value = JSON.parse(bytes.toString('utf8'));
    } catch {
      return false;
    }
    this.#values += 1;
    if (typeof value === 'object') this.#objects += 1;
    if (isDigest(value)) this.#other = 'digest';
    if (isOwnReport(value)) this.#other = 'own-report';
    for (const record of recordsIn(value, unwrapping)) {
      this.#records += 1;
      this.#look(fieldsOf(record));
      this.#take(normalise(record));
    }
    return true;
  }

  #look(record: Fields): void {
    const account = textOf(record['recipientAccountId']);
    if (account !== null && account !== this.#account) this.#hasOthers = true;
    if (account === this.#account) this.#hasOwn = true;
    this.#showsTrail ||= isManagementRead(record);
  }

  #take(result: Normalised): void {
    if (result.kind === 'event') this.#reading.collector.addEvent(result.event);
    if (result.kind === 'rejected') this.#rejections.add(result.rejection);
  }

  #addDamage(damage: Damage): void {
    this.#damage[damage] = (this.#damage[damage] ?? 0) + 1;
  }
}
