/**
 * Every call once. The ledger keeps one small row a hit and decides at the end which rows count:
 * duplicates, replaced events and second copies of cross-account calls do not. Because nothing is
 * decided on arrival, the result does not depend on the order of the input. A row takes about
 * 70 bytes, ids included, so ten million calls fit in well under a gigabyte.
 */
import { wordsOf } from '../cloudtrail/event-id.js';
import { IdIndex } from '../cloudtrail/id-index.js';
import { Buckets } from './buckets.js';
import { WordTable } from '../cloudtrail/word-table.js';
import type { Hit } from '../contracts.js';
import { SAMPLE_KINDS, type SampleKind } from '../samples.js';
import { digest, digestNumber } from './fingerprint.js';
import type { Cell, Cells, Group } from './group.js';
import { callsBySample, valuesOf } from './hit-samples.js';
import { callsOfUpdates, type Replacement } from './replacements.js';
import { Tally } from './tally.js';

/** Columns of a row; one for each sample kind follows. */
const CELL = 0;
const TIME = 1;
const PRINT = 2;
const DURATION = 3;
/** The number of the shared id plus one; 0 without. */
const SHARED = 4;
const SAMPLES = 5;

/** How many records were not counted, and why. */
export interface Deduplication {
  /** Further copies of an event that was already seen. */
  readonly duplicates: number;
  /** Events that a later record with reason UPDATED_DATA replaced. */
  readonly replaced: number;
  /** Second copies of calls that two accounts logged. */
  readonly crossAccountCopies: number;
}

export class Ledger {
  readonly #cells: Cells;
  readonly #rows = new WordTable(SAMPLES + SAMPLE_KINDS.length);
  readonly #ids = new IdIndex();
  readonly #rowOfId = new WordTable(1);
  readonly #sharedIds = new IdIndex();
  readonly #updates: { row: number; original: string }[] = [];
  /** Cells that an engine has counted and de-duplicated. */
  readonly #counted = new Map<Group, Hit[]>();
  #numbers = 0;
  #duplicates = 0;

  constructor(cells: Cells) {
    this.#cells = cells;
  }

  /** Takes a hit. Hits may come in any order and more than once. */
  add(hit: Hit): void {
    if (hit.cell !== null) this.#addCounted(hit);
    else if (hit.eventId === null) this.#append(hit);
    else this.#addById(hit, hit.eventId);
  }

  /**
   * Decides which rows count, and tallies them group by group as they are asked for, so that only
   * one tally is held at a time. To be called once.
   */
  close(): { tallies: Iterable<Tally>; deduplication: Deduplication } {
    const dropped = new Uint8Array(this.#rows.length);
    const replaced = this.#dropReplaced(dropped);
    const crossAccountCopies = this.#dropSecondCopies(dropped);
    return {
      tallies: this.#tallies(dropped),
      deduplication: { duplicates: this.#duplicates, replaced, crossAccountCopies },
    };
  }

  #addCounted(hit: Hit): void {
    const { group } = this.#cellOfHit(hit);
    const hits = this.#counted.get(group);
    if (hits === undefined) this.#counted.set(group, [hit]);
    else hits.push(hit);
  }

  #addById(hit: Hit, eventId: string): void {
    const words = wordsOf(eventId);
    const known = this.#ids.find(words);
    if (known < 0) {
      this.#ids.add(words);
      this.#rowOfId.push([this.#append(hit)]);
      return;
    }
    this.#duplicates += 1;
    const row = this.#rowOfId.get(known, 0);
    this.#noteUpdate(row, hit);
    const copy = this.#toRow(hit);
    if ((copy[PRINT] ?? 0) < this.#rows.get(row, PRINT)) this.#rows.set(row, copy);
  }

  #append(hit: Hit): number {
    const row = this.#rows.push(this.#toRow(hit));
    this.#noteUpdate(row, hit);
    return row;
  }

  #noteUpdate(row: number, { replacesEventId }: Hit): void {
    if (replacesEventId !== null) this.#updates.push({ row, original: replacesEventId });
  }

  #toRow(hit: Hit): number[] {
    const number = this.#cells.numberOf(hit);
    const { group, print } = this.#cells.at(number);
    const shared = hit.sharedEventId === null ? 0 : this.#sharedNumber(hit.sharedEventId) + 1;
    const duration = hit.durationSeconds ?? 0;
    const row = [number, hit.firstSeen, 0, duration, shared];
    let hash = digestNumber(digestNumber(print, hit.firstSeen), duration);
    hash = digest(hash, hit.sharedEventId ?? '');
    for (const kind of SAMPLE_KINDS) {
      const value = valuesOf(hit, kind)[0];
      row.push(value === undefined ? 0 : this.#sampleNumber(group, kind, value));
      hash = digest(hash, value ?? '');
    }
    row[PRINT] = hash;
    return row;
  }

  #sharedNumber(id: string): number {
    const words = wordsOf(id);
    const known = this.#sharedIds.find(words);
    return known < 0 ? this.#sharedIds.add(words) : known;
  }

  /** Numbers count up over all groups and kinds, so one map can hold the calls of each. */
  #sampleNumber(group: Group, kind: SampleKind, value: string): number {
    const next = this.#numbers + 1;
    const number = group.kept[kind].numberOf(value, next);
    if (number === next) this.#numbers = next;
    return number;
  }

  #dropReplaced(dropped: Uint8Array): number {
    let replaced = 0;
    for (const { candidates, others } of callsOfUpdates(this.#resolvedUpdates())) {
      const winner = candidates.reduce((best, row) => this.#better(row, best));
      const losers = [...candidates, ...others].filter((row) => row !== winner);
      this.#inheritSharedId(winner, losers);
      for (const row of losers) dropped[row] = 1;
      replaced += losers.length;
    }
    return replaced;
  }

  #resolvedUpdates(): Replacement[] {
    return this.#updates.map(({ row, original }) => {
      const known = this.#ids.find(wordsOf(original));
      return { row, original: known < 0 ? original : this.#rowOfId.get(known, 0) };
    });
  }

  /** An update may leave out that its call has a copy in another account. */
  #inheritSharedId(winner: number, losers: readonly number[]): void {
    if (this.#rows.get(winner, SHARED) !== 0) return;
    const shared = losers.filter((row) => this.#rows.get(row, SHARED) !== 0);
    if (shared.length === 0) return;
    const heir = shared.reduce((best, row) => this.#better(row, best));
    this.#rows.put(winner, SHARED, this.#rows.get(heir, SHARED));
  }

  /** Of one shared id the best copy counts, and what else its own account logged under it. */
  #dropSecondCopies(dropped: Uint8Array): number {
    const winners = this.#bestOfShared(dropped);
    let copies = 0;
    for (let row = 0; row < this.#rows.length; row += 1) {
      const winner = (winners[this.#rows.get(row, SHARED)] ?? 0) - 1;
      if (winner < 0 || dropped[row] === 1) continue;
      if (this.#cellOf(row).group.accountId === this.#cellOf(winner).group.accountId) continue;
      dropped[row] = 1;
      copies += 1;
    }
    return copies;
  }

  /** Row number plus one by number of the shared id; 0 where there is none. */
  #bestOfShared(dropped: Uint8Array): Uint32Array {
    const winners = new Uint32Array(this.#sharedIds.size + 1);
    for (let row = 0; row < this.#rows.length; row += 1) {
      const shared = this.#rows.get(row, SHARED);
      if (shared === 0 || dropped[row] === 1) continue;
      const rival = (winners[shared] ?? 0) - 1;
      winners[shared] = (rival < 0 ? row : this.#better(row, rival)) + 1;
    }
    return winners;
  }

  /** The caller's copy says who called; between equals the fingerprint decides. */
  #better(row: number, rival: number): number {
    const isCaller = (at: number): boolean => this.#cellOf(at).copy === 'caller';
    if (isCaller(row) !== isCaller(rival)) return isCaller(row) ? row : rival;
    return this.#rows.get(row, PRINT) <= this.#rows.get(rival, PRINT) ? row : rival;
  }

  #cellOf(row: number): Cell {
    return this.#cells.at(this.#rows.get(row, CELL));
  }

  *#tallies(dropped: Uint8Array): Generator<Tally, void> {
    const groupOf = (row: number): number => {
      const { group } = this.#cellOf(row);
      return dropped[row] === 1 ? -1 : (group.partOf ?? group).number;
    };
    const rows = new Buckets(this.#rows.length, this.#cells.size, groupOf);
    for (const [group, parts] of this.#cells.groups()) {
      const tally = new Tally(group, parts);
      for (const row of rows.of(group.number)) this.#tallyRow(tally, row);
      for (const hit of parts.flatMap((one) => this.#counted.get(one) ?? [])) {
        this.#tallyCounted(tally, hit);
      }
      if (tally.calls > 0) yield tally;
    }
  }

  #tallyRow(tally: Tally, row: number): void {
    const time = this.#rows.get(row, TIME);
    const durationSeconds = this.#rows.get(row, DURATION);
    tally.add(this.#cellOf(row), { count: 1, firstSeen: time, lastSeen: time, durationSeconds });
    for (const [place, kind] of SAMPLE_KINDS.entries()) {
      tally.addSample(kind, this.#rows.get(row, SAMPLES + place), 1);
    }
  }

  #tallyCounted(tally: Tally, hit: Hit): void {
    const { count, firstSeen, lastSeen } = hit;
    const durationSeconds = hit.durationSeconds ?? 0;
    tally.add(this.#cellOfHit(hit), { count, firstSeen, lastSeen, durationSeconds });
    for (const kind of SAMPLE_KINDS) {
      for (const [value, calls] of callsBySample(hit, kind)) {
        const number = value === null ? 0 : this.#sampleNumber(tally.group, kind, value);
        tally.addSample(kind, number, calls);
      }
    }
  }

  #cellOfHit(hit: Hit): Cell {
    return this.#cells.at(this.#cells.numberOf(hit));
  }
}
