/**
 * What the commands have in common: gather or take a report, add to it, write it, choose the code.
 */
import { loadAnnotations } from '../annotate.js';
import { audit } from '../audit.js';
import { systemContext } from '../context.js';
import type { Source, Window } from '../contracts.js';
import { deliver } from '../deliver.js';
import type { Io } from '../main.js';
import { expectAsked } from '../expected-accounts.js';
import { readAddressRanges } from '../inputs.js';
import type { OutputOptions } from '../options.js';
import { prepareFolder } from '../output.js';
import { ProgressBar } from '../progress-bar.js';
import type { Report } from '../report/schema.js';
import { endingOf } from './ending.js';

export interface Gathering {
  readonly sources: readonly Source[];
  readonly window: Window;
  readonly output: OutputOptions;
  /** Accounts that were asked for by name. */
  readonly accounts: readonly string[];
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
  { sources, window, ipRanges, accounts, progress }: Omit<Gathering, 'output'>,
  io: Io,
): Promise<Report> {
  // A mistake in the file must cost no audit.
  const ranges = ipRanges === null ? null : await readAddressRanges(ipRanges);
  const bar = progress ? new ProgressBar(io.stderr, Date.now) : null;
  const context = systemContext(io.interruption, (step) => bar?.update(step));
  const report = await audit({ sources, window, context, ...(ranges && { ranges }) }).finally(() =>
    bar?.clear(),
  );
  return expectAsked(report, accounts);
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
  const { aborted } = io.interruption;
  const { code, reasons } = endingOf(report, output.failOn, aborted);
  for (const reason of reasons) io.stderr(`legacy-endpoint-audit: ${reason}\n`);
  if (!aborted) await remember(report);
  return code;
}
