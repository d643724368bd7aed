/**
 * From the report to its readers: files in a folder, or one format on standard output.
 */
import type { Io } from './main.js';
import type { OutputOptions } from './options.js';
import { type OutputFile, writeFiles } from './output.js';
import type { Report } from './report/schema.js';
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
  const whole = rendered(report, [...writers, ...(await referredTo(report, writers))], '');
  await writeFiles(folder, whole);
  if (splitBy !== null) {
    const { deliverParts } = await import('./deliver-parts.js');
    const render = (part: Report, path: string): OutputFile[] => rendered(part, writers, path);
    await deliverParts(report, splitBy, { folder, render });
  }
  if (!output.summary) return;
  const { render } = await writer('text');
  const names = whole.map(({ name }) => name).join(', ');
  const parts = splitBy === null ? '' : ` and the parts to ${folder}/by-${splitBy}`;
  io.stdout(`${render(report, view)}\nWritten to ${folder}: ${names}${parts}\n`);
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

function rendered(report: Report, writers: readonly Writer[], path: string): OutputFile[] {
  return writers.map(({ extension, render, chunks }) => ({
    name: `${path}report.${extension}`,
    content: chunks?.(report) ?? render(report),
  }));
}
