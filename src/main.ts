/**
 * The command line as a function: arguments and streams in, exit code out.
 */
import type { Readable } from 'node:stream';
import { parseArguments, type Invocation } from './args.js';
import { UserError } from './errors.js';
import { VERSION } from './version.js';

/** The streams and signals of the process, or a test's. */
export interface Io {
  readonly stdin: Readable;
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  /** Whether standard error is a terminal: progress is drawn only there. */
  readonly isTerminal: boolean;
  /** The width of standard output; absent when it is not a terminal. */
  readonly columns?: number;
  /** Fires when the user interrupts. */
  readonly interruption: AbortSignal;
}

export const EXIT = {
  done: 0,
  findings: 1,
  usage: 2,
  incomplete: 3,
  bug: 70,
  interrupted: 130,
} as const;

export async function main(argv: readonly string[], io: Io): Promise<number> {
  try {
    return await run(argv, io);
  } catch (error) {
    return explain(error, io);
  }
}

async function run(argv: readonly string[], io: Io): Promise<number> {
  const args = parseArguments(argv);
  if (args.kind === 'version') {
    io.stdout(`${VERSION}\n`);
  } else if (args.kind === 'help') {
    const { commandHelp, generalHelp } = await import('./help.js');
    io.stdout(args.command === null ? generalHelp() : commandHelp(args.command));
  } else {
    return runCommand(args, io);
  }
  return EXIT.done;
}

/** Commands are loaded when they are asked for, so that each starts quickly. */
async function runCommand(invocation: Invocation, io: Io): Promise<number> {
  switch (invocation.command.name) {
    case 'files':
      return (await import('./commands/files.js')).runFiles(invocation, io);
    case 'insights':
      return (await import('./commands/insights.js')).runInsights(invocation, io);
    case 'athena':
      return (await import('./commands/athena.js')).runAthena(invocation, io);
    case 'lookup':
      return (await import('./commands/lookup.js')).runLookup(invocation, io);
    case 'lake':
      return (await import('./commands/lake.js')).runLake(invocation, io);
    case 'query':
      return (await import('./commands/query.js')).runQuery(invocation, io);
    case 'doctor':
      return (await import('./commands/doctor.js')).runDoctor(invocation, io);
    case 'schema':
      return (await import('./commands/schema.js')).runSchema(invocation, io);
    case 'render':
    case 'diff':
    case 'merge':
      return (await import('./commands/saved.js')).runSaved(invocation, io);
    case 'run':
      return (await import('./commands/run.js')).runConfig(invocation, io);
    default:
      throw new Error(`no code for the command ${invocation.command.name}`);
  }
}

/** Known trouble is one line and a hint; a bug shows where it happened. */
function explain(error: unknown, io: Io): number {
  if (io.interruption.aborted && error === io.interruption.reason) {
    io.stderr('legacy-endpoint-audit: interrupted\n');
    return EXIT.interrupted;
  }
  if (error instanceof UserError) {
    const hint = error.hint === null ? '' : ` (${error.hint})`;
    io.stderr(`legacy-endpoint-audit: ${error.message}${hint}\n`);
    return EXIT.usage;
  }
  const stack = error instanceof Error ? error.stack : String(error);
  io.stderr(`legacy-endpoint-audit: this is a bug, please report it\n${stack}\n`);
  return EXIT.bug;
}
