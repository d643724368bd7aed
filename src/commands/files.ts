import type { Invocation } from '../args.js';
import { UserError } from '../errors.js';
import type { Io } from '../main.js';
import { filesOptionsOf, outputOf, windowOf } from '../options.js';
import { files } from '../sources/files/index.js';
import { gather } from './report.js';

export async function runFiles({ operands, flags }: Invocation, io: Io): Promise<number> {
  if (operands.length === 0) {
    throw new UserError('no path given', {
      hint: 'name log files or folders, or - for standard input',
    });
  }
  const progress = io.isTerminal && flags['quiet'] !== true;
  const options = { ...filesOptionsOf(flags), stdin: io.stdin, countAhead: progress };
  return gather(
    {
      sources: [files(operands, options)],
      window: windowOf(flags, Date.now()),
      output: outputOf(flags, io.columns),
      progress,
    },
    io,
  );
}
