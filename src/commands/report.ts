/**
 * What the commands that gather have in common: run the audit, write the report, choose the code.
 */
import { audit } from '../audit.js';
import { systemContext } from '../context.js';
import type { Source, Window } from '../contracts.js';
import { EXIT, type Io } from '../main.js';
import type { OutputOptions } from '../options.js';
import { prepareFolder, writeFiles } from '../output.js';
import { ProgressBar } from '../progress-bar.js';
import type { Report } from '../report/schema.js';
import { writer } from '../writers/index.js';

export interface Gathering {
  readonly sources: readonly Source[];
  readonly window: Window;
  readonly output: OutputOptions;
  /** Draw progress, where there is a terminal to draw it on. */
  readonly progress: boolean;
}

/** Gathers, writes and returns the exit code. */
export async function gather(gathering: Gathering, io: Io): Promise<number> {
  const { sources, window, output } = gathering;
  if (output.folder !== null) await prepareFolder(output.folder);
  const bar = gathering.progress ? new ProgressBar(io.stderr, Date.now) : null;
  const context = systemContext(io.interruption, (step) => bar?.update(step));
  const report = await audit({ sources, window, context }).finally(() => bar?.clear());
  await deliver(report, output, io);
  return exitCode(report, output, io.interruption.aborted);
}

async function deliver(report: Report, output: OutputOptions, io: Io): Promise<void> {
  const { folder, formats } = output;
  const writers = await Promise.all(formats.map((format) => writer(format)));
  if (folder === null) {
    for (const { render } of writers) io.stdout(render(report));
    return;
  }
  const files = writers.map(({ extension, render }) => ({
    name: `report.${extension}`,
    content: render(report),
  }));
  await writeFiles(folder, files);
  if (!output.summary) return;
  const names = files.map(({ name }) => name).join(', ');
  io.stdout(`${(await writer('text')).render(report)}\nWritten to ${folder}: ${names}\n`);
}

/** More evidence cannot take a finding away, so findings come before gaps. */
function exitCode(report: Report, output: OutputOptions, interrupted: boolean): number {
  if (interrupted) return EXIT.interrupted;
  if (output.failOn === 'any' && report.totals.findings > 0) return EXIT.findings;
  return report.coverage.complete ? EXIT.done : EXIT.incomplete;
}
