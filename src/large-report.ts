/**
 * A saved report that is longer than a string can be. The JSON writer gives each finding a line of
 * its own; the rest is small.
 */
import { messageOf, UserError } from './errors.js';

const START = '  "findings": [';
const END = /^ {2}\],?$/;

/** The report as JSON.parse would give it, unchecked. Throws a UserError. */
export async function readLargeReport(input: AsyncIterable<string>): Promise<unknown> {
  const findings: unknown[] = [];
  const rest: string[] = [];
  let within = false;
  try {
    for await (const line of linesOf(input)) {
      if (within && END.test(line)) within = false;
      if (within) findings.push(JSON.parse(line.replace(/,$/, '')));
      else rest.push(line);
      if (line === START) within = true;
    }
    const report: unknown = JSON.parse(rest.join('\n'));
    return Object.assign({}, report, { findings });
  } catch (error) {
    throw new UserError(`cannot read so large a report: ${messageOf(error)}`, {
      hint: 'it must be as the tool wrote it, with one finding on each line',
      cause: error,
    });
  }
}

/** In characters; a string ends at some 500 million. */
const LONGEST_LINE = 250_000_000;

/** Node's own reader of lines throws outside the reach of whoever reads when one is too long. */
async function* linesOf(input: AsyncIterable<string>): AsyncGenerator<string> {
  let pieces: string[] = [];
  let length = 0;
  for await (const chunk of input) {
    const [first = '', ...others] = chunk.split('\n');
    pieces.push(first);
    length += first.length;
    if (length > LONGEST_LINE) throw new Error('a line of it is too long');
    for (const next of others) {
      yield withoutReturn(pieces.join(''));
      pieces = [next];
      length = next.length;
    }
  }
  if (length > 0) yield withoutReturn(pieces.join(''));
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}
