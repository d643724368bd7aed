/**
 * What one run leaves for the next: how far the evidence was read, the report to compare with, and
 * which calls were counted lately.
 *
 *   state.json                 names the others; replacing it is what makes a run successful
 *   report-20260131T060000Z.json
 *   counted-20260131T060000Z.jsonl
 *
 * A run that dies before has changed nothing: the next one reads the same window again.
 */
import { createHash, type Hash } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { UserError } from '../errors.js';
import { readSettings } from '../inputs.js';
import { namesIn, readWritten, removeFiles, writeFiles } from '../output.js';
import type { Report } from '../report/schema.js';
import { Counted } from './counted.js';

const NAME = 'state.json';
const KEPT = /^(?:report-[0-9TZ]+\.json|counted-[0-9TZ]+\.jsonl)$/;

const stateSchema = z.strictObject({
  schemaVersion: z.literal(1),
  tool: z.string().describe('Version of the tool, which decides how calls are told apart.'),
  sources: z
    .array(z.string())
    .readonly()
    .describe(
      'Kinds of source, which decide whether a call is known by its id or as one of a count.',
    ),
  coveredTo: z.iso.datetime().describe('The end of the last window that was read.'),
  report: z.string().regex(KEPT),
  counted: z
    .object({
      from: z.iso.datetime(),
      file: z.string().regex(KEPT),
      sha256: z.string().describe('Of the file: calls that are missing in it would count twice.'),
    })
    .nullable()
    .describe('The calls since `from` that were counted; null when nobody will ask.'),
});

export type State = z.infer<typeof stateSchema>;

/** What a run leaves. */
export interface Progress {
  readonly report: Report;
  readonly coveredTo: string;
  readonly tool: string;
  /** Kinds of source, in order. */
  readonly sources: readonly string[];
  readonly counted: { readonly from: string; readonly lines: Iterable<string> } | null;
}

/** Null before the first run. Throws a UserError when the file is not what a run wrote. */
export async function readState(folder: string): Promise<State | null> {
  if ((await readWritten(folder, NAME)) === null) return null;
  return readSettings(join(folder, NAME), stateSchema, null);
}

/** Throws a UserError when the file that the state names is damaged. */
export async function readCounted(folder: string, { counted }: State): Promise<Counted> {
  if (counted === null) return new Counted();
  const text = await readWritten(folder, counted.file);
  try {
    if (text === null) throw new Error('it cannot be read');
    if (sha256().update(text).digest('hex') !== counted.sha256) throw new Error('it has changed');
    return Counted.parse(text);
  } catch (error) {
    const hint = 'restore it; without the whole state folder the job starts anew';
    throw new UserError(`${join(folder, counted.file)} is not what a run wrote`, { hint, cause: error }); // prettier-ignore
  }
}

/** Keeps everything, makes the run count, and only then lets go of what was before. */
export async function writeState(folder: string, progress: Progress): Promise<State> {
  const { report, coveredTo, tool, sources, counted } = progress;
  const stamp = report.generatedAt.replace(/[-:]/g, '');
  const names = { report: `report-${stamp}.json`, counted: `counted-${stamp}.jsonl` };
  const hash = sha256();
  const state = (): State => ({
    schemaVersion: 1,
    tool,
    sources,
    coveredTo,
    report: names.report,
    counted: counted && {
      from: counted.from,
      file: names.counted,
      sha256: hash.copy().digest('hex'),
    },
  });
  const { json } = await import('../writers/json.js');
  await writeFiles(folder, [
    { name: names.report, content: json.chunks?.(report) ?? json.render(report) },
    ...(counted === null ? [] : [{ name: names.counted, content: hashed(counted.lines, hash) }]),
    { name: NAME, content: textOf(state) },
  ]);
  const written = state();
  const named = new Set([NAME, written.report, written.counted?.file]);
  const old = (await namesIn(folder)).filter((name) => KEPT.test(name) && !named.has(name));
  await removeFiles(folder, old);
  return written;
}

const sha256 = (): Hash => createHash('sha256');

function* hashed(lines: Iterable<string>, hash: Hash): Generator<string> {
  for (const line of lines) {
    hash.update(line);
    yield line;
  }
}

/** Made when it is asked for: files are written in order, and the state knows those before it. */
function* textOf(state: () => State): Generator<string> {
  yield `${JSON.stringify(state(), null, 2)}\n`;
}
