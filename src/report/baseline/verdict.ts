/**
 * What became of a caller that an earlier report had and this one has not.
 */
import type { Absent } from '../annotation-schema.js';
import type { Report } from '../schema.js';
import { doubtAbout, evidenceSpan, quietDays } from './evidence.js';

type Verdict = Pick<Absent, 'status' | 'because' | 'quietDays'>;

/** The part of a lineage that decides. */
export interface Silent {
  readonly accountId: string;
  readonly lastSeen: string;
  readonly longestSilenceDays: number;
}

export function verdictOn(report: Report, silent: Silent): Verdict {
  const quiet = quietDays(report, silent.lastSeen);
  const doubt = doubtAbout(report, silent.accountId) ?? endsTooEarly(report, silent.lastSeen);
  if (doubt !== null) {
    return { status: 'unconfirmed', because: `Not seen, but ${doubt}.`, quietDays: quiet };
  }
  const known = silent.longestSilenceDays;
  if (known > 0 && quiet <= known) {
    const because = `No call for ${days(quiet)}, but it was silent for ${days(known)} before and came back.`;
    return { status: 'quiet', because, quietDays: quiet };
  }
  const because = `No call for ${days(quiet)} in complete evidence.`;
  return { status: 'gone', because, quietDays: quiet };
}

function endsTooEarly(report: Report, lastSeen: string): string | null {
  const [, end] = evidenceSpan(report) ?? [0, 0];
  return end < Date.parse(lastSeen) ? 'the evidence ends before the last call known' : null;
}

function days(count: number): string {
  return count === 1 ? '1 day' : `${count} days`;
}
