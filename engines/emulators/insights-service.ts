/**
 * CloudWatch Logs by ministack, with what it does not have: queries that count go to the translation
 * to SQL that the tests have, and log groups are said to be old, as a trail's are.
 */
import { executeInsights } from '../../test/support/insights-ql/execute.js';
import { fakeLogs } from '../../test/support/aws/fake-logs.js';
import { json, Loopback, type Received } from '../../test/support/aws/loopback.js';
import { type Corpus, recordsOf } from '../corpus.js';
import { DELAY } from './load.js';

export interface InsightsService extends Loopback {
  /** Pointers of the events that ministack has found. */
  readonly found: ReadonlySet<string>;
}

interface Answered {
  readonly queryId?: string;
  readonly logGroups?: readonly object[];
  readonly results?: readonly (readonly { field: string; value: string }[])[];
}

export async function insightsService(
  ministack: string,
  group: string,
  corpus: Corpus,
): Promise<InsightsService> {
  const groups = { [group]: { records: [...recordsOf(corpus)] } };
  const counting = await fakeLogs({ groups, delay: DELAY, execute: executeInsights });
  const counts = new Set<string>();
  const found = new Set<string>();
  const answer = async (received: Received): Promise<Answered> => {
    const input = JSON.parse(received.body) as { queryString?: string; queryId?: string };
    if (received.operation === 'StartQuery') {
      const text = uncommented(input.queryString ?? '');
      const isCount = /^\| stats /m.test(text);
      const body = JSON.stringify({ ...input, queryString: text });
      const started = await ask(isCount ? counting.url : ministack, { ...received, body });
      if (isCount) counts.add(started.queryId ?? '');
      return started;
    }
    if (counts.has(input.queryId ?? '')) return ask(counting.url, received);
    const answered = await ask(ministack, received);
    for (const row of answered.results ?? []) found.add(row.find(({ field }) => field === '@ptr')?.value ?? ''); // prettier-ignore
    return aged(answered);
  };
  const front = await Loopback.start(async (received) => json(await answer(received)));
  const close = async (): Promise<void> => {
    await Promise.all([Loopback.prototype.close.call(front), counting.close()]);
  };
  return Object.assign(front, { found, close });
}

/** It takes a comment for a part of the first command. */
function uncommented(query: string): string {
  return query.replaceAll(/^#.*\n/gm, '');
}

async function ask(url: string, { headers, body }: Received): Promise<Answered> {
  const passed = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': String(headers['x-amz-target']), authorization: headers.authorization ?? '' }; // prettier-ignore
  const response = await fetch(url, { method: 'POST', headers: passed, body });
  return (await response.json()) as Answered;
}

/** A group holds nothing of the time before it was made, which is now. */
function aged({ logGroups, ...answered }: Answered): Answered {
  if (logGroups === undefined) return answered;
  return { ...answered, logGroups: logGroups.map((group) => ({ ...group, creationTime: 0 })) };
}
