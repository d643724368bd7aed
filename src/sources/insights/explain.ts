/**
 * What would be asked, for a dry run.
 */
import type { Window } from '../../contracts.js';
import { formatTime } from '../../cloudtrail/event-time.js';
import type { LogGroup } from './log-group.js';
import { lateUntil } from './pieces.js';
import { callsQuery, evidenceQuery } from './queries.js';

const ROWS = 100_000;

export function explain(groups: readonly LogGroup[], { from, to }: Window): string {
  const window = { from: from ?? 0, to: to ?? 0 };
  const logged = { from: window.from, to: lateUntil(window) };
  const asked = { fields: 'discovered' as const, window: logged, events: window };
  const ids = groups.map(({ id }) => id).join(', ');
  return `# Calls: logs:DescribeLogGroups for each log group; then for at most 32 pieces of the time from
# ${formatTime(logged.from)} to ${formatTime(logged.to)}, which is later than the window, for late events:
# logs:StartQuery, logs:GetQueryResults until it is complete, logs:StopQuery when interrupted.
# Log groups: ${ids}

${evidenceQuery(asked, ROWS)}
# Where that finds calls to the global endpoint:

${callsQuery(asked, ROWS)}`;
}
