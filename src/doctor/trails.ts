/**
 * Trails, as seen from us-east-1: those that log it, and those that cannot.
 */
import {
  type CloudTrailClient,
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  GetTrailStatusCommand,
  ListEventDataStoresCommand,
  ListTrailsCommand,
  type Trail,
} from '@aws-sdk/client-cloudtrail';
import {
  type CloudWatchLogsClient,
  DescribeLogGroupsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { parseLogGroup } from '../sources/insights/log-group.js';
import type { Facts, LogGroupFacts, Selection, TrailFacts } from './facts.js';
import type { Looker } from './look.js';
import { selectionOf } from './selection.js';

export type LogsClientOf = (region: string) => Promise<CloudWatchLogsClient>;

export async function findTrails(
  client: CloudTrailClient,
  logs: LogsClientOf,
  looker: Looker,
): Promise<Pick<Facts, 'trails' | 'elsewhere'>> {
  const answer = await looker.ask('cloudtrail:DescribeTrails', 'the account', async (options) =>
    client.send(new DescribeTrailsCommand({ includeShadowTrails: true }), options),
  );
  const trails: TrailFacts[] = [];
  for (const trail of answer?.trailList ?? []) {
    trails.push(await trailFacts(client, trail, logs, looker));
  }
  if (answer === null) return { trails: null, elsewhere: [] };
  const known = new Set(answer.trailList?.map(({ TrailARN }) => TrailARN));
  return { trails, elsewhere: await findElsewhere(client, known, looker) };
}

async function findElsewhere(
  client: CloudTrailClient,
  known: ReadonlySet<string | undefined>,
  looker: Looker,
): Promise<Facts['elsewhere']> {
  const found = looker.pages(
    'cloudtrail:ListTrails',
    'the account',
    async (NextToken, options) => client.send(new ListTrailsCommand({ NextToken }), options),
    (page) => page.NextToken,
  );
  const elsewhere: { name: string; region: string }[] = [];
  for await (const { Trails = [] } of found) {
    for (const { TrailARN, Name = '', HomeRegion = '' } of Trails) {
      if (!known.has(TrailARN)) elsewhere.push({ name: Name, region: HomeRegion });
    }
  }
  return elsewhere;
}

async function trailFacts(
  client: CloudTrailClient,
  trail: Trail,
  logs: LogsClientOf,
  looker: Looker,
): Promise<TrailFacts> {
  const { Name = '', TrailARN = Name, HomeRegion = '' } = trail;
  const status = await looker.ask('cloudtrail:GetTrailStatus', TrailARN, async (options) =>
    client.send(new GetTrailStatusCommand({ Name: TrailARN }), options),
  );
  return {
    name: Name,
    homeRegion: HomeRegion,
    isMultiRegion: trail.IsMultiRegionTrail === true,
    isOrganization: trail.IsOrganizationTrail === true,
    includesGlobalEvents: trail.IncludeGlobalServiceEvents !== false,
    isLogging: status?.IsLogging ?? null,
    deliveryErrors: [status?.LatestDeliveryError ?? [], status?.LatestCloudWatchLogsDeliveryError ?? []].flat(), // prettier-ignore
    selection: await findSelection(client, TrailARN, looker),
    bucket: trail.S3BucketName ?? null,
    prefix: trail.S3KeyPrefix ?? '',
    logGroup: await findLogGroup(trail.CloudWatchLogsLogGroupArn, logs, looker),
  };
}

async function findSelection(
  client: CloudTrailClient,
  arn: string,
  looker: Looker,
): Promise<Selection | null> {
  const answer = await looker.ask('cloudtrail:GetEventSelectors', arn, async (options) =>
    client.send(new GetEventSelectorsCommand({ TrailName: arn }), options),
  );
  return answer === null
    ? null
    : selectionOf(answer.EventSelectors ?? [], answer.AdvancedEventSelectors ?? []);
}

async function findLogGroup(
  arn: string | undefined,
  logs: LogsClientOf,
  looker: Looker,
): Promise<LogGroupFacts | null> {
  if (arn === undefined || arn === '') return null;
  const { name, region, accountId } = parseLogGroup(arn);
  if (region === null) return null;
  const client = await logs(region);
  const answer = await looker.ask('logs:DescribeLogGroups', arn, async (options) =>
    client.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: name }), options),
  );
  const group = answer?.logGroups?.find(({ logGroupName }) => logGroupName === name);
  // A trail of an organization is seen from each account, and has its log group in one.
  const elsewhere = answer !== null && group === undefined ? accountId : null;
  return { name, region, retention: group?.retentionInDays ?? null, elsewhere };
}

/** ARNs of the event data stores of the client's Region; null when they could not be listed. */
export async function findStores(
  client: CloudTrailClient,
  looker: Looker,
): Promise<string[] | null> {
  const before = looker.troubles.length;
  const found = looker.pages(
    'cloudtrail:ListEventDataStores',
    'the account',
    async (NextToken, options) =>
      client.send(new ListEventDataStoresCommand({ NextToken }), options),
    (page) => page.NextToken,
  );
  const stores: string[] = [];
  for await (const { EventDataStores = [] } of found) {
    stores.push(...EventDataStores.flatMap(({ EventDataStoreArn }) => EventDataStoreArn ?? []));
  }
  return stores.length === 0 && looker.troubles.length > before ? null : stores;
}
