/**
 * Reports of the built program, and whether two of them tell the same.
 */
import { expect } from 'vitest';
import type { Report } from '../src/report/schema.js';
import { cli } from '../test/support/cli.js';
import type { Corpus } from './corpus.js';

export interface Told {
  readonly report: Report;
  readonly code: number | null;
  readonly stderr: string;
}

/** What the program reports for the corpus's window; throws when it reports nothing. */
export async function reportOf({ from, to }: Corpus, ...args: readonly string[]): Promise<Told> {
  const output = ['--from', from, '--to', to, '--format', 'json', '--out', '-', '--quiet'];
  const { code, stdout, stderr } = await cli([...args, ...output]);
  if (stdout === '') throw new Error(`${args[0]} ended with ${code}: ${stderr}`);
  return { report: JSON.parse(stdout) as Report, code, stderr };
}

export async function reportOfFiles(corpus: Corpus): Promise<Report> {
  return (await reportOf(corpus, 'files', corpus.folder)).report;
}

/** Findings byte for byte; of the rest, all that does not name the source or its figures. */
export function expectSame(told: Report, wanted: Report): void {
  expect(told.findings.length).toBeGreaterThan(20);
  expectSameFindings(told, wanted);
  expect(told.awsManaged).toEqual(wanted.awsManaged);
  expect(told.totals).toEqual(wanted.totals);
  expect(seenBy(told)).toEqual(seenBy(wanted));
}

/** Shows the first that differs: a difference of whole reports takes minutes to work out. */
export function expectSameFindings(told: Report, wanted: Report): void {
  const others = new Map(told.findings.map((finding) => [finding.id, finding]));
  const wrong = wanted.findings.find((finding) => JSON.stringify(finding) !== JSON.stringify(others.get(finding.id))); // prettier-ignore
  expect(others.get(wrong?.id ?? '')).toEqual(wrong);
  expect(JSON.stringify(told.findings) === JSON.stringify(wanted.findings)).toBe(true);
}

/** What a table has columns for that lacks those of functions and tasks. */
const COUNTED = ['id', 'principal', 'calls', 'firstSeen', 'lastSeen', 'signals', 'callsPerDay', 'servingRegions', 'errors'] as const; // prettier-ignore

/** Who called, how often and when. */
export function expectSameCounts(told: Report, wanted: Report): void {
  const counts = ({ findings }: Report): unknown =>
    findings
      .toSorted((a, b) => (a.id < b.id ? -1 : 1))
      .map((finding) => COUNTED.map((field) => finding[field]));
  expect(counts(told)).toEqual(counts(wanted));
  expect(told.totals).toEqual(wanted.totals);
  expect(seenBy(told)).toEqual(seenBy(wanted));
}

/** What was seen. `files` tells lost calls file by file, so of those the sum counts. */
function seenBy({ coverage }: Report): unknown {
  const { complete, gaps, accounts, firstEvent, lastEvent } = coverage;
  const { stsEvents, assessable, notAssessable, rejectedRecords } = coverage;
  const lost = gaps.filter(({ code }) => code === 'lost-calls');
  return {
    complete,
    gaps: gaps.filter((gap) => !lost.includes(gap)),
    lostCalls: lost.reduce((sum, { message }) => sum + Number.parseInt(message, 10), 0),
    accounts,
    firstEvent,
    lastEvent,
    stsEvents,
    assessable,
    notAssessable,
    rejectedRecords,
  };
}
