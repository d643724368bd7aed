import type { Report } from '../report/schema.js';
import { jsonText } from './escape.js';
import type { Writer } from './writer.js';

/**
 * The record: everything else can be rendered from it again. Each finding stands on a line of its
 * own, so that a report which is too large for one string can be written and read in pieces.
 */
export const json: Writer = {
  name: 'json',
  extension: 'json',
  render: (report) => [...chunks(report)].join(''),
  chunks,
};

function* chunks(report: Report): Generator<string> {
  const entries = Object.entries(report).filter(([, value]) => value !== undefined);
  yield '{\n';
  for (const [at, [key, value]] of entries.entries()) {
    yield `  ${JSON.stringify(key)}: `;
    if (key === 'findings') yield* lines(report.findings);
    else yield jsonText(value, 2).replaceAll('\n', '\n  ');
    yield at < entries.length - 1 ? ',\n' : '\n';
  }
  yield '}\n';
}

function* lines(findings: Report['findings']): Generator<string> {
  yield '[';
  for (const [at, finding] of findings.entries()) {
    yield `${at === 0 ? '' : ','}\n    ${jsonText(finding)}`;
  }
  yield findings.length === 0 ? ']' : '\n  ]';
}
