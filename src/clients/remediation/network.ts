import type { Step } from '../advice.js';

import { isCustomerEndpoint } from '../evidence.js';
import { safeName, snippet, step, type Case } from './case.js';

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
export function interfaceEndpointStep(one: Case): Step | null {
  if (!leavesVpc(one)) return null;
  const { region } = one;
  return step(
    'If it runs in a VPC, add an STS interface endpoint',
    `Optional, besides a step above. Its calls now leave the VPC without one. Its private DNS covers sts.${region}.amazonaws.com only, so move the caller too.`,
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
export function customDnsStep({ facts, region }: Case): Step | null {
  if (!isCustomerEndpoint(facts.vpcEndpointId)) return null;
  const endpoint = safeName(facts.vpcEndpointId, 'ENDPOINT');
  return step(
    'Remove the DNS override once nobody needs it',
    `Only after this caller has moved: look for a private zone, hosts entry or proxy that sends sts.amazonaws.com to ${endpoint}. The endpoint itself stays, for sts.${region}.amazonaws.com.`,
    [
      snippet(
        'shell',
        'sh',
        'aws route53 list-hosted-zones --query "HostedZones[?contains(Name, \'amazonaws.com\') && Config.PrivateZone]"',
      ),
    ],
    [INTERFACE_ENDPOINT],
  );
}

/** Advice for callers that no Region is home to. */
export function outsideStep({ location }: Case): Step | null {
  if (location.kind !== 'outside-aws') return null;
  return step(
    'Choose a Region, and a second one to fail over to',
    'Besides a step above. Take the nearest Region, or that of the resources it uses. Regional endpoints do not fail over by themselves: keep a second Region ready (another profile, or a retry), and reuse credentials until shortly before they expire.',
    [],
    [RECOVERY],
  );
}

/** The right Region does not help callers whose DNS hides where they are. */
export function foreignDnsStep({ location, region }: Case): Step | null {
  if (location.kind !== 'foreign-dns') return null;
  return step(
    'Let the Amazon DNS server of the VPC resolve the name',
    `No replacement for a step above: it serves global calls in ${region} until the caller has moved, and an interface endpoint needs it. Forward to a Route 53 Resolver inbound endpoint where another resolver must stay.`,
    [],
    [HOW_TO],
  );
}
