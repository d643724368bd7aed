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

/** What a query is about. */
export interface Asked {
  readonly fields: Fields;
  /** Of the time when events were logged. */
  readonly window: Bounded;
  /** Of the time when they happened. */
  readonly events: Bounded;
}

export function evidenceQuery({ fields, window, events }: Asked, limit: number): string {
  return render('insights/evidence.txt', {
    sts_events: STS_EVENTS[fields],
    ...logged(window),
    from: insightsTime(events.from),
    to: insightsTime(events.to),
    limit: wholeNumber(limit),
  });
}

export function callsQuery({ fields, window }: Omit<Asked, 'events'>, limit: number): string {
  return render('insights/calls.txt', {
    sts_events: STS_EVENTS[fields],
    ...logged(window),
    limit: wholeNumber(limit),
  });
}

/**
 * Events are logged by the millisecond, and a query's time range is one of seconds. Whether its last
 * second is inside as a whole is not documented, so pieces are cut in the text of the query.
 */
function logged({ from, to }: Bounded): Readonly<Record<string, QueryToken>> {
  return { logged_from: wholeNumber(from * 1000), logged_to: wholeNumber(to * 1000) };
}

/** For people, at the console. */
export function callersQuery(): string {
  return render('insights/callers.txt', { sts_events: STS_EVENTS.discovered });
}
