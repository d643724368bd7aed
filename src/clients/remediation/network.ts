import type { Note } from '../advice.js';

import { isCustomerEndpoint } from '../evidence.js';
import { safeName, snippet, note, type Case } from './case.js';

const INTERFACE_ENDPOINT =
  'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sts_vpc_endpoint_create.html';
const HOW_TO = 'https://aws.amazon.com/blogs/security/how-to-use-regional-aws-sts-endpoints/';
const RECOVERY =
  'https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/global-endpoint-best-practices.html';

const IN_VPC = new Set([
  'lambda-function',
  'ecs-task',
  'ec2-instance',
  'eks-service-account',
  'eks-pod-identity',
  'codebuild',
]);

/** Whether the calls leave a VPC without an interface endpoint, as far as the evidence goes. */
function leavesVpc({ facts, location, workload }: Case): boolean {
  if (isCustomerEndpoint(facts.vpcEndpointId) || location.kind === 'outside-aws') return false;
  return IN_VPC.has(workload?.kind ?? '') || location.kind !== 'unknown';
}

/** Calls stay inside the VPC only by an interface endpoint of the same Region. */
export function interfaceEndpointStep(one: Case): Note | null {
  if (!leavesVpc(one)) return null;
  const { region } = one;
  return note(
    'If it runs in a VPC, add an STS interface endpoint',
    `Optional. Its calls now leave the VPC without one. Its private DNS covers sts.${region}.amazonaws.com only, so it serves the caller once that has moved; it takes over that name for everything in the VPC.`,
    [
      snippet(
        'shell',
        'sh',
        `aws ec2 create-vpc-endpoint --region ${region} --vpc-endpoint-type Interface --service-name com.amazonaws.${region}.sts --private-dns-enabled --vpc-id VPC --subnet-ids SUBNET --security-group-ids GROUP`,
      ),
    ],
    [INTERFACE_ENDPOINT],
  );
}

/** Somebody sends the global name to an interface endpoint, which AWS does not do by itself. */
export function customDnsStep({ facts, region }: Case): Note | null {
  if (!isCustomerEndpoint(facts.vpcEndpointId)) return null;
  const endpoint = safeName(facts.vpcEndpointId, 'ENDPOINT');
  return note(
    'Remove the DNS override once nobody needs it',
    `Two checks first. The endpoint must be one of com.amazonaws.${region}.sts with private DNS on (the first command prints true), or the Regional name leaves the VPC. And this audit must show no caller through ${endpoint} any more. Then take out the private zone, hosts entry or proxy that sends sts.amazonaws.com there; the endpoint itself stays.`,
    [
      snippet(
        'shell, in the account of the VPC',
        'sh',
        `aws ec2 describe-vpc-endpoints --region ${region} --vpc-endpoint-ids ${endpoint} --query 'VpcEndpoints[].[ServiceName,PrivateDnsEnabled]'\naws route53 list-hosted-zones --query "HostedZones[?contains(Name, 'amazonaws.com') && Config.PrivateZone]"`,
      ),
    ],
    [INTERFACE_ENDPOINT],
  );
}

/** Advice for callers that no Region is home to. */
export function outsideStep({ location }: Case): Note | null {
  if (location.kind !== 'outside-aws') return null;
  return note(
    'Choose a Region, and a second one to fail over to',
    'Take the nearest Region, or that of the resources it uses. Regional endpoints do not fail over by themselves: keep a second Region ready (another profile, or a retry), and reuse credentials until shortly before they expire.',
    [],
    [RECOVERY],
  );
}

/** The right Region does not help callers whose DNS hides where they are. */
export function foreignDnsStep({ location, region }: Case): Note | null {
  if (location.kind !== 'foreign-dns') return null;
  return note(
    'Let the Amazon DNS server of the VPC resolve the name',
    `It serves global calls in ${region} until the caller has moved, and an interface endpoint needs it. Forward to a Route 53 Resolver inbound endpoint where another resolver must stay.`,
    [],
    [HOW_TO],
  );
}
