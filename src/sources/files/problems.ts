/**
 * The words for what can be wrong with a file.
 */
import { lostCallsSentence } from '../../cloudtrail/rejections.js';
import type { Gap } from '../../contracts.js';
import type { ScanResult } from './scan.js';
import { type Damage, DAMAGES } from './damage.js';

/** Why a file could not be read, or not to its end. */
export type ReadProblem =
  | 'unreadable'
  | 'empty-file'
  | 'corrupt'
  | 'too-large'
  | 'unsupported-format'
  | 'not-a-file'
  | 'event-history-csv';

const READ_MESSAGES: Readonly<Record<ReadProblem, string>> = {
  unreadable: 'The file could not be read',
  'empty-file': 'The file is empty; CloudTrail never writes empty files.',
  corrupt: 'The compressed data is damaged or ends too early; what came before was read',
  'too-large': 'The file inflates to more than the limit; what came before was read.',
  'unsupported-format': 'The file is neither JSON nor gzip; it was not read.',
  'not-a-file': 'It is named like a log but is no file; it was not read.',
  'event-history-csv':
    'A CSV of the console’s Event history has no TLS details and cannot show the endpoint; download the events as JSON instead.',
};

const DAMAGE_MESSAGES: Readonly<Record<Damage, string>> = {
  'not-json': 'Some text is not JSON; the rest was read.',
  'unreadable-event':
    'Something looks like an event but has not the form in which CloudTrail logs events; the rest was read.',
  'torn-record': 'A record ends in the middle of a line; the rest was read.',
  'cut-short': 'The file ends in the middle of a record; the rest was read.',
  'record-too-large': 'A value is too large to be a CloudTrail record; the rest was read.',
  abandoned: 'The file is damaged throughout; it was not read to its end.',
};

export function readGap(problem: ReadProblem, path: string, detail?: string): Gap {
  const message = READ_MESSAGES[problem];
  return {
    code: problem,
    subject: path,
    message: detail === undefined ? message : `${message}: ${detail}`,
  };
}

/** Shared, as nearly all files have none. */
const NO_GAPS: readonly Gap[] = [];

/** What keeps a file from being complete evidence, beside a problem in reading it. */
export function scanGaps(
  result: ScanResult,
  path: string,
  problem: ReadProblem | null,
): readonly Gap[] {
  const gaps: Gap[] = DAMAGES.filter((damage) => result.damage[damage] !== undefined).map(
    (damage) => ({
      code: damage,
      subject: path,
      message: DAMAGE_MESSAGES[damage],
    }),
  );
  // Of what could not be read nobody knows what it holds.
  if (result.content === 'foreign' && problem === null) {
    const message = 'The file holds no CloudTrail record.';
    gaps.push({ code: 'no-records', subject: path, message });
  }
  if (result.lostCalls > 0) {
    const message = lostCallsSentence(result.lostCalls);
    gaps.push({ code: 'lost-calls', subject: path, message });
  }
  return gaps.length === 0 ? NO_GAPS : gaps;
}
