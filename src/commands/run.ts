/**
 * The scheduled job: what the config says, since the last successful run.
 */
import { join } from 'node:path';
import type { Flags, Invocation } from '../args.js';
import { formatTime, parseEventTime } from '../cloudtrail/event-time.js';
import { UserError } from '../errors.js';
import { chainOf } from '../job/chain.js';
import { readConfig } from '../job/config.js';
import type { Config } from '../job/config-schema.js';
import { expectAccounts } from '../expected-accounts.js';
import type { SourceConfig } from '../job/source-schema.js';
import { jobSources } from '../job/sources.js';
import { type Progress, readCounted, readState, type State, writeState } from '../job/state.js';
import { isTooSoon, jobWindow, lateUntil } from '../job/window.js';
import { lock } from '../lock.js';
import { EXIT, type Io } from '../main.js';
import { accountIdsOf, type OutputOptions, viewOf } from '../options.js';
import { prepareFolder } from '../output.js';
import type { Report } from '../report/schema.js';
import { VERSION } from '../version.js';
import { collect, finish } from './report.js';

export async function runConfig({ operands, flags }: Invocation, io: Io): Promise<number> {
  const [path, ...rest] = operands;
  if (rest.length > 0) throw new UserError('run takes one config file');
  const config = await readConfig(path);
  await prepareFolder(config.state);
  const release = await lock(join(config.state, 'run'), {
    name: `the state ${config.state}`,
    otherwise: 'give the other config a state of its own',
  });
  try {
    return await runLocked(config, flags, io);
  } finally {
    await release();
  }
}

async function runLocked(config: Config, flags: Flags, io: Io): Promise<number> {
  const before = await readState(config.state);
  const now = Math.floor(Date.now() / 1000);
  const window = jobWindow(config.window, secondsOf(before?.coveredTo), now);
  if (before !== null && window.from !== null && isTooSoon(config.window, window)) {
    io.stderr(`legacy-endpoint-audit: nothing to do yet: everything to ${formatTime(window.from)} has been read, and the next window starts there and is an hour long at least\n`); // prettier-ignore
    return EXIT.done;
  }
  const quiet = flags['quiet'] === true;
  const output = outputOf(config, before, { quiet, view: viewOf(io.columns) });
  const progress = io.isTerminal && !quiet;
  const ipRanges = config.ipRanges ?? null;
  const chain = await chainOf(config.window, window, {
    state: before,
    folder: config.state,
    sources: kindsOf(config),
  });
  const gather = async (): Promise<Report> => {
    const all = await jobSources(config.sources);
    const scannedUntil = lateUntil(config.window, window.from ?? now);
    const delivery = { deliveredUntil: now, scannedUntil: Math.min(now, scannedUntil) };
    const again = chain && (await jobSources(config.sources.map(afresh), delivery));
    const sources = chain?.sources(all, again ?? []) ?? all;
    const accounts = askedAccounts(config.sources, config.accounts);
    const report = await collect({ sources, window, ipRanges, accounts, progress }, io);
    await refuseSecondRun(config, before);
    return expectAccounts(chain?.describe(report) ?? report, config.accounts);
  };
  return finish(gather, output, io, async (report) => {
    // After incomplete evidence the next run reads the window again, unless the config accepts it.
    if (!report.coverage.complete && config.incomplete === 'retry') return;
    const coveredTo = window.to === null ? report.generatedAt : formatTime(window.to);
    const follows = {
      coveredTo,
      tool: VERSION,
      sources: kindsOf(config),
      counted: chain?.forNext() ?? null,
    };
    const next = chain === null && before !== null ? await asBefore(config.state, before) : follows;
    await writeState(config.state, { report, ...next });
  });
}

/** What `account` of the sources names, less what is expected anyway. */
function askedAccounts(sources: readonly SourceConfig[], expected: readonly string[]): string[] {
  const asked = sources.flatMap(({ account }) => accountIdsOf({ account: [account ?? []].flat().map(String) }));
  return asked.filter((account) => !expected.includes(account));
} // prettier-ignore

/** The file of `resume` belongs to the reading of the window. */
function afresh(source: SourceConfig): SourceConfig {
  return { ...source, resume: undefined };
}

/** A run whose window stands for itself must not move where the others go on. */
async function asBefore(folder: string, before: State): Promise<Omit<Progress, 'report'>> {
  const { coveredTo, tool, sources } = before;
  if (before.counted === null) return { coveredTo, tool, sources, counted: null };
  const { from } = before.counted;
  const lines = (await readCounted(folder, before)).lines(secondsOf(from) ?? 0);
  return { coveredTo, tool, sources, counted: { from, lines } };
}

function kindsOf({ sources }: Config): string[] {
  return [...new Set(sources.map(({ source }) => source))].toSorted();
}

function secondsOf(time: string | undefined): number | null {
  return time === undefined ? null : parseEventTime(time);
}

function outputOf(
  config: Config,
  before: State | null,
  screen: { readonly quiet: boolean; readonly view: OutputOptions['view'] },
): OutputOptions {
  const { output, ignore, owners, failOn } = config;
  const last = before === null ? null : join(config.state, before.report);
  return {
    formats: output.formats,
    folder: output.folder,
    summary: !screen.quiet,
    warnings: false,
    failOn: failOn ?? null,
    splitBy: output.splitBy ?? null,
    annotations: {
      baseline: config.baseline === 'last-run' ? last : config.baseline,
      ignore: ignore ?? null,
      owners: owners ?? null,
    },
    view: screen.view,
  };
}

/** Two runs at a time would both be written; the later one must not undo what the other covered. */
async function refuseSecondRun(config: Config, before: State | null): Promise<void> {
  const now = await readState(config.state);
  if (now?.coveredTo === before?.coveredTo && now?.report === before?.report) return;
  throw new UserError('another run has finished in the meantime; nothing was written');
}
