/**
 * The two queries, for both classes of log groups.
 */
import { insightsTime, query, type QueryToken, render, wholeNumber } from '../../queries.js';
import type { Bounded } from '../bounded.js';

/** Whether field names may be used: Infrequent Access groups may not discover them. */
export type Fields = 'discovered' | 'not-discovered';

/** Plain equalities come first: where an index of these fields exists, less is scanned. */
const STS_EVENTS: Readonly<Record<Fields, QueryToken>> = {
  discovered: query`eventSource = "sts.amazonaws.com" and awsRegion in ["us-east-1", "global"]`,
  'not-discovered': query`@message like /"eventSource"\s*:\s*"sts\.amazonaws\.com"/ and @message like /"awsRegion"\s*:\s*"(us-east-1|global)"/`,
};

export function evidenceQuery(fields: Fields, window: Bounded, limit: number): string {
  return render('insights/evidence.txt', {
    sts_events: STS_EVENTS[fields],
    from: insightsTime(window.from),
    to: insightsTime(window.to),
    limit: wholeNumber(limit),
  });
}

export function callsQuery(fields: Fields, limit: number): string {
  return render('insights/calls.txt', {
    sts_events: STS_EVENTS[fields],
    limit: wholeNumber(limit),
  });
}

/** For people, at the console. */
export function callersQuery(): string {
  return render('insights/callers.txt', { sts_events: STS_EVENTS.discovered });
}
