/**
 * A saved report that is longer than a string can be. The JSON writer gives each finding a line of
 * its own; the rest is small.
 */
import type { Readable } from 'node:stream';
import { createInterface } from 'node:readline';
import { messageOf, UserError } from './errors.js';

const START = '  "findings": [';
const END = /^ {2}\],?$/;

/** The report as JSON.parse would give it, unchecked. Throws a UserError. */
export async function readLargeReport(input: Readable): Promise<unknown> {
  const findings: unknown[] = [];
  const rest: string[] = [];
  let within = false;
  try {
    for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
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
