/**
 * Log files as CloudTrail names them. What is not full is kept, up to a bound on all together.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { randomFrom } from './random.mjs';

const MOST_KEPT = 128 * 2 ** 20;

export class LogFiles {
  #folder;
  #options;
  #random;
  /** Files that are not full yet, by folder; a second copy of an event never shares a file. */
  #open = new Map();
  #kept = 0;
  #totals = { events: 0, stsEvents: 0, calls: 0, files: 0, bytes: 0, gzipBytes: 0 };

  constructor(folder, options) {
    this.#folder = folder;
    this.#options = options;
    this.#random = randomFrom(options.seed ^ 0x5eed);
  }

  add({ record, accountId, region, deliveredAt, copy, isNewCall }) {
    const day = new Date(deliveredAt).toISOString().slice(0, 10).replaceAll('-', '/');
    const place = `AWSLogs/o-exampleorg/${accountId}/CloudTrail/${region}/${day}`;
    const key = `${place} ${copy}`;
    const file = this.#open.get(key) ?? { place, accountId, region, texts: [], deliveredAt };
    this.#open.set(key, file);
    const text = JSON.stringify(record);
    file.texts.push(text);
    file.deliveredAt = Math.max(file.deliveredAt, deliveredAt);
    this.#kept += text.length;
    this.#totals.events += 1;
    if (isNewCall) this.#totals.calls += 1;
    if (isStsHere(record, region) && copy === 0) this.#totals.stsEvents += 1;
    if (file.texts.length >= this.#options.fileRecords) this.#write(key);
    if (this.#kept > MOST_KEPT) this.#writeAll();
  }

  /**
   * Writes the rest. Returns what an audit of all of it has to find, `stsEvents` and `calls` to the
   * global endpoint, and totals: events with their copies, files, bytes of JSON and on disk.
   */
  close() {
    this.#writeAll();
    return this.#totals;
  }

  #writeAll() {
    for (const key of this.#open.keys()) this.#write(key);
  }

  #write(key) {
    const { place, accountId, region, texts, deliveredAt } = this.#open.get(key);
    this.#open.delete(key);
    const stamp = new Date(deliveredAt).toISOString().replaceAll(/[-:]/g, '').slice(0, 13);
    const text = `{"Records":[${texts.join(',')}]}`;
    const body = this.#options.plain ? text : gzipSync(text);
    const suffix = this.#options.plain ? 'json' : 'json.gz';
    const name = `${accountId}_CloudTrail_${region}_${stamp}Z_${this.#random.hex(16)}.${suffix}`;
    mkdirSync(join(this.#folder, place), { recursive: true });
    writeFileSync(join(this.#folder, place, name), body);
    this.#kept -= texts.reduce((sum, { length }) => sum + length, 0);
    this.#totals.files += 1;
    this.#totals.bytes += Buffer.byteLength(text);
    this.#totals.gzipBytes += body.length;
  }
}

function isStsHere({ eventSource }, region) {
  return eventSource === 'sts.amazonaws.com' && region === 'us-east-1';
}
