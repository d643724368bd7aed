/**
 * What the commands have in common: gather or take a report, add to it, write it, choose the code.
 */
import { loadAnnotations } from '../annotate.js';
import { audit } from '../audit.js';
import { systemContext } from '../context.js';
import type { Source, Window } from '../contracts.js';
import { deliver } from '../deliver.js';
import { EXIT, type Io } from '../main.js';
import { readAddressRanges } from '../inputs.js';
import type { OutputOptions } from '../options.js';
import { prepareFolder } from '../output.js';
import { ProgressBar } from '../progress-bar.js';
import { type Gate, stopping } from '../report/gate.js';
import type { Report } from '../report/schema.js';
import { printable } from '../writers/escape.js';
import { counted } from '../writers/numbers.js';

export interface Gathering {
  readonly sources: readonly Source[];
  readonly window: Window;
  readonly output: OutputOptions;
  /** The file with AWS's addresses, or null. */
  readonly ipRanges: string | null;
  /** Draw progress, where there is a terminal to draw it on. */
  readonly progress: boolean;
}

/** Gathers, writes and returns the exit code. */
export async function gather(gathering: Gathering, io: Io): Promise<number> {
  return finish(async () => collect(gathering, io), gathering.output, io);
}

/** Reads the evidence, with progress. */
export async function collect(
  { sources, window, ipRanges, progress }: Omit<Gathering, 'output'>,
  io: Io,
): Promise<Report> {
  // A mistake in the file must cost no audit.
  const ranges = ipRanges === null ? null : await readAddressRanges(ipRanges);
  const bar = progress ? new ProgressBar(io.stderr, Date.now) : null;
  const context = systemContext(io.interruption, (step) => bar?.update(step));
  return audit({ sources, window, context, ...(ranges && { ranges }) }).finally(() => bar?.clear());
}

/**
 * Adds what the files of the options say, writes the report and returns the exit code. The report
 * is asked for when everything else that can fail has been tried, and remembered when all of it
 * is written.
 */
export async function finish(
  obtain: () => Promise<Report>,
  output: OutputOptions,
  io: Io,
  remember: (report: Report) => Promise<void> = async () => undefined,
): Promise<number> {
  const annotate = await loadAnnotations(output.annotations);
  if (output.folder !== null) await prepareFolder(output.folder);
  const report = annotate(await obtain());
  await deliver(report, output, io);
  if (!report.coverage.complete) io.stderr(incomplete(report));
  if (!io.interruption.aborted) await remember(report);
  return exitCode(report, output.failOn, io.interruption.aborted);
}

/** The reason for the exit code, also where nobody sees a summary. */
function incomplete({ coverage: { gaps } }: Report): string {
  const [first] = gaps;
  const more = gaps.length > 1 ? `; and ${counted(gaps.length - 1, 'more gap')}` : '';
  const reason = first === undefined ? '' : `: ${first.subject}: ${first.message}`;
  return `legacy-endpoint-audit: ${printable(`the evidence is incomplete${reason}${more}`)}\n`;
}

/** More evidence cannot take a finding away, so findings come before gaps. */
function exitCode(report: Report, failOn: Gate | null, interrupted: boolean): number {
  if (interrupted) return EXIT.interrupted;
  if (failOn !== null && stopping(report, failOn).length > 0) return EXIT.findings;
  return report.coverage.complete ? EXIT.done : EXIT.incomplete;
}
