/**
 * From the report to its readers: files in a folder, or one format on standard output.
 */
import type { Io } from './main.js';
import type { OutputOptions } from './options.js';
import { leftOvers } from './left-over.js';
import { type OutputFile, writeFiles } from './output.js';
import type { Report } from './report/schema.js';
import type { Split } from './report/split.js';
import { isFormat, writer } from './writers/index.js';
import type { Writer } from './writers/writer.js';

/** Writes the report in all formats, whole and in parts. Throws a UserError when it cannot. */
export async function deliver(report: Report, output: OutputOptions, io: Io): Promise<void> {
  const { folder, formats, splitBy, view } = output;
  const writers = await Promise.all(formats.map((format) => writer(format)));
  if (folder === null) {
    for (const { render, chunks } of writers) {
      for (const piece of chunks?.(report) ?? [render(report, view)]) io.stdout(piece);
    }
    if (output.warnings) io.stderr(await warningsOf(report));
    return;
  }
  const whole = [...writers, ...(await referredTo(report, writers))];
  const written = whole.map(({ extension }) => `report.${extension}`);
  const parts = splitBy === null ? [] : [`by-${splitBy}`];
  const left = await leftOvers(folder, report, [...written, ...parts]);
  if (splitBy === null) await writeFiles(folder, rendered(report, whole, ''));
  else await writeSplit(report, { folder, splitBy, writers, whole });
  if (left.length > 0) io.stderr(`legacy-endpoint-audit: not written now, and perhaps of another report: ${left.join(', ')} in ${folder}\n`); // prettier-ignore
  if (!output.summary) return;
  const { render } = await writer('text');
  const places = [written.join(', '), ...parts.map((part) => `the parts to ${folder}/${part}`)];
  io.stdout(`${render(report, view)}\nWritten to ${folder}: ${places.join(' and ')}\n`);
}

interface Splitting {
  readonly folder: string;
  readonly splitBy: Split;
  readonly writers: readonly Writer[];
  readonly whole: readonly Writer[];
}

/** The whole report and its parts are put in place together. */
async function writeSplit(report: Report, splitting: Splitting): Promise<void> {
  const { folder, splitBy, writers, whole } = splitting;
  const { filesOfParts, partsBefore, removeStaleParts } = await import('./deliver-parts.js');
  const before = await partsBefore(folder, splitBy);
  const parts = filesOfParts(report, splitBy, (part, path) => {
    const referred = new Set(writers.flatMap(({ refersTo }) => refersTo?.(part) ?? []));
    const own = whole.filter((one) => writers.includes(one) || referred.has(one.name));
    return [...rendered(part, own, path)];
  });
  await writeFiles(
    folder,
    (function* all() {
      yield* rendered(report, whole, '');
      yield* parts;
    })(),
  );
  await removeStaleParts(folder, splitBy, before);
}

/** Formats that nobody asked for, but that one of the others links to. */
async function referredTo(report: Report, writers: readonly Writer[]): Promise<Writer[]> {
  const names = new Set(writers.flatMap(({ refersTo }) => refersTo?.(report) ?? []));
  const missing = [...names].filter((name) => !writers.some((one) => one.name === name));
  return Promise.all(missing.filter(isFormat).map(async (name) => writer(name)));
}

/** What the summary would have said about the settings files. */
async function warningsOf(report: Report): Promise<string> {
  const { warnings } = await import('./writers/warnings.js');
  return warnings(report).map((line) => `legacy-endpoint-audit: ${line}\n`).join(''); // prettier-ignore
}

function* rendered(report: Report, writers: readonly Writer[], path: string): Generator<OutputFile> {
  for (const { extension, render, chunks } of writers) {
    yield { name: `${path}report.${extension}`, content: chunks?.(report) ?? render(report) };
  }
} // prettier-ignore
