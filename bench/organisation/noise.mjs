/**
 * What a trail mostly holds: calls of other services, in all Regions.
 */
import { roleSession } from './identities.mjs';
import { recordOf, tlsDetails } from './record.mjs';
import { clientOf, REGIONS } from './world.mjs';

const CALLS = [
  ['ec2.amazonaws.com', 'DescribeInstances'],
  ['s3.amazonaws.com', 'GetBucketAcl'],
  ['kms.amazonaws.com', 'Decrypt'],
  ['logs.amazonaws.com', 'DescribeLogGroups'],
  ['iam.amazonaws.com', 'GetRole'],
  ['dynamodb.amazonaws.com', 'DescribeTable'],
  ['monitoring.amazonaws.com', 'DescribeAlarms'],
];

export function noise(world, time) {
  const { random, accounts } = world;
  const accountId = random.pick(accounts);
  const region = random.pick(REGIONS);
  const [eventSource, eventName] = random.pick(CALLS);
  const userIdentity = roleSession(random, accountId);
  const record = recordOf(
    random,
    { time, accountId, region },
    {
      userIdentity,
      eventSource,
      eventName,
      userAgent: clientOf(world, userIdentity, time),
      requestParameters: {
        filterSet: {
          items: [{ name: 'tag:owner', valueSet: { items: [{ value: random.hex(12) }] } }],
        },
        maxResults: random.below(1000),
      },
      responseElements: null,
      tlsDetails: tlsDetails(eventSource.replace('.amazonaws.com', `.${region}.amazonaws.com`)),
    },
  );
  return { record, accountId, region };
}
