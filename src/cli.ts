#!/usr/bin/env node
/**
 * The program: connects the process to main. It never calls process.exit, which would cut what a
 * pipe has not taken yet.
 */
import { COMMANDS } from './command-table.js';
import { main } from './main.js';

// The SDK's notice about versions of Node.js is for those who build with it, not for its users.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

const interruption = new AbortController();
// Work on saved reports has nothing to hand over when it is cut short, and while it computes no
// handler would run: there a signal ends the process by itself. Schedulers send SIGTERM.
if (!COMMANDS.some(({ name, worksOnSaved }) => worksOnSaved === true && name === process.argv[2])) {
  // Once: a second one ends the process at once, as usual.
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => interruption.abort());
}

// What cannot be said is no reason to give up: the exit code says it, too.
process.stderr.on('error', () => undefined);

// A reader that has seen enough, such as head, closes the pipe: that is not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') return;
  process.stderr.write(
    `legacy-endpoint-audit: cannot write to standard output: ${error.message}\n`,
  );
  process.exitCode = 2;
});

const code = await main(process.argv.slice(2), {
  stdin: process.stdin,
  stdout: (text) => process.stdout.write(text),
  stderr: (text) => process.stderr.write(text),
  isTerminal: process.stderr.isTTY,
  ...(process.stdout.isTTY ? { columns: process.stdout.columns } : {}),
  interruption: interruption.signal,
});
process.exitCode ??= code;
