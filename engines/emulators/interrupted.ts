/**
 * A query of Athena that is stopped while it runs.
 */
import {
  type AthenaClient,
  GetQueryExecutionCommand,
  ListQueryExecutionsCommand,
} from '@aws-sdk/client-athena';
import type { Context } from '../../src/contracts.js';
import { patiently } from './context.js';

/** As soon as a query is said to be running, the run is interrupted. */
export function interruptedWhileRunning(): Context {
  const interruption = new AbortController();
  return {
    ...patiently(),
    signal: interruption.signal,
    progress: ({ detail }) => {
      if (detail === 'running') interruption.abort(new Error('interrupted'));
    },
  };
}

/** How the query stands that was started last. */
export async function lastState(client: AthenaClient): Promise<string | undefined> {
  const { QueryExecutionIds = [] } = await client.send(new ListQueryExecutionsCommand({}));
  const QueryExecutionId = QueryExecutionIds.at(-1);
  const { QueryExecution } = await client.send(new GetQueryExecutionCommand({ QueryExecutionId }));
  return QueryExecution?.Status?.State;
}
