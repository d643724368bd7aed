/**
 * From the report to its readers: files in a folder, or one format on standard output.
 */
import type { Io } from './main.js';
import type { OutputOptions } from './options.js';
import { type OutputFile, writeFiles } from './output.js';
import type { Report } from './report/schema.js';
import { writer } from './writers/index.js';
import type { Writer } from './writers/writer.js';

/** Writes the report in all formats, whole and in parts. Throws a UserError when it cannot. */
export async function deliver(report: Report, output: OutputOptions, io: Io): Promise<void> {
  const { folder, formats, splitBy, view } = output;
  const writers = await Promise.all(formats.map((format) => writer(format)));
  if (folder === null) {
    for (const { render } of writers) io.stdout(render(report, view));
    return;
  }
  const whole = rendered(report, writers, '');
  await writeFiles(folder, whole);
  if (splitBy !== null) {
    const { deliverParts } = await import('./deliver-parts.js');
    await deliverParts(report, splitBy, {
      folder,
      render: (part, path) => rendered(part, writers, path),
    });
  }
  if (!output.summary) return;
  const { render } = await writer('text');
  const names = whole.map(({ name }) => name).join(', ');
  const parts = splitBy === null ? '' : ` and the parts to ${folder}/by-${splitBy}`;
  io.stdout(`${render(report, view)}\nWritten to ${folder}: ${names}${parts}\n`);
}

function rendered(report: Report, writers: readonly Writer[], path: string): OutputFile[] {
  return writers.map(({ extension, render }) => ({
    name: `${path}report.${extension}`,
    content: render(report),
  }));
}
