import type { Note, Snippet } from '../advice.js';
import type { Case } from './case.js';

import { isLambda } from '../evidence.js';
import { fill, fillSnippet, safeName, snippet, note, STS_REGIONS } from './case.js';
import { forSystem } from './shells.js';

/** The field that tells this principal from others, and its value. */
function identityOf({ facts }: Case): readonly [field: string, value: string] {
  const { type, id, accountId } = facts.principal;
  switch (type) {
    case 'role':
    case 'federated-user':
      return ['userIdentity.sessionContext.sessionIssuer.arn', id];
    case 'user':
    case 'root':
      return ['userIdentity.arn', id];
    case 'web-identity':
    case 'saml':
      return ['requestParameters.roleArn', id.slice(id.lastIndexOf(' -> ') + 4)];
    case 'identity-center-user':
      return ['userIdentity.onBehalfOf.userId', id];
    case 'external-account':
      return ['userIdentity.accountId', id];
    default:
      return ['recipientAccountId', accountId ?? facts.accountId];
  }
}

function cloudTrailStep(one: Case): Note {
  const [field, value] = identityOf(one);
  const host = `sts.${one.region}.amazonaws.com`;
  return note(
    'Look at CloudTrail after the change',
    `From the roll-out on, no row of this client may show sts.amazonaws.com or global; new rows must show regional and ${host}; no row at all proves nothing. They are logged in ${one.region}, so query a multi-Region trail, or run this audit again.`,
    [
      snippet(
        'CloudWatch Logs Insights',
        'text',
        `filter eventSource = "sts.amazonaws.com" and ${field} = "${safeName(value, 'PRINCIPAL')}"\n| stats count(*), latest(eventTime) by userAgent, tlsDetails.clientProvidedHostHeader, additionalEventData.RequestDetails.endpointType`,
      ),
    ],
    [STS_REGIONS],
  );
}

/** Places in which nobody can watch the network. */
const CLOSED: ReadonlySet<string> = new Set([
  'ecs-task',
  'eks-service-account',
  'eks-pod-identity',
  'codebuild',
]);

/** Machines of somebody else, whose network nobody watches. */
const HOSTED: ReadonlySet<string> = new Set([
  'github-actions',
  'gitlab-ci',
  'hcp-terraform',
  'cloudshell',
]);
const PHONES: ReadonlySet<string> = new Set(['Android', 'iOS']);

function isOnDevice({ workload, system, behaviour }: Case): boolean {
  const isPhone = PHONES.has(system ?? '') || workload?.kind === 'cognito';
  return isPhone || behaviour.product?.hasNoEnvironment === true;
}

function deviceStep({ region }: Case): Note {
  return note(
    'Watch one device of your own',
    `Send its traffic through a proxy that lists host names: sts.${region}.amazonaws.com must take the place of sts.amazonaws.com.`,
    [],
    [],
  );
}

function hostedStep(): Note {
  return note(
    'Have it print its settings before it calls AWS',
    'Nobody can watch the network there. They must be what the steps above set; that it follows them, only the check below shows.',
    [snippet('in the job', 'sh', "env | grep -E '^AWS_(STS_REGIONAL|REGION|DEFAULT_REGION)'")],
    [],
  );
}

/** In a VPC the resolver can log, whoever asks. */
function resolverStep(one: Case): Note {
  const which = isLambda(one.facts) ? 'If the function is in a VPC' : 'If its VPC uses Amazon DNS';
  return note(
    'Watch the names that it looks up',
    `${which}, turn on Route 53 Resolver query logging there: sts.${one.region}.amazonaws.com must take the place of sts.amazonaws.com. Otherwise the check below is the only one.`,
    [
      snippet(
        'CloudWatch Logs Insights, on the log group of the query logs',
        'text',
        'filter query_name like /^sts\\./\n| stats count(*), latest(query_timestamp) by query_name, srcaddr',
      ),
    ],
    ['https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-query-logs.html'],
  );
}

/** Where a client has no log of its own, the names it looks up tell as much. */
function lookUpStep(one: Case): Note {
  const { region, system, facts, workload } = one;
  if (isOnDevice(one)) return deviceStep(one);
  if (HOSTED.has(workload?.kind ?? '')) return hostedStep();
  if (isLambda(facts) || CLOSED.has(workload?.kind ?? '')) return resolverStep(one);
  return note(
    'Watch the names that it looks up',
    `On its machine; sts.${region}.amazonaws.com must take the place of sts.amazonaws.com.`,
    [
      system === 'Windows'
        ? snippet('PowerShell', 'powershell', "Get-DnsClientCache | Select-String '^sts'")
        : snippet('shell', 'sh', "sudo tcpdump -lni any port 53 | grep --line-buffered 'sts\\.'"),
    ],
    [],
  );
}

/** A handler runs code, no lines of a shell. */
function forHandler(snippets: readonly Snippet[]): readonly Snippet[] {
  return snippets.filter(({ language }) => language !== 'sh' && language !== 'powershell');
}

function proofStep(one: Case): Note {
  const proof = one.behaviour.product?.proof ?? one.behaviour.rules?.proof;
  const isInFunction = isLambda(one.facts);
  const usable = isInFunction ? forHandler(proof?.snippets ?? []) : (proof?.snippets ?? []);
  if (!proof || usable.length < Math.min(1, proof.snippets.length)) return lookUpStep(one);
  const filled = usable.map((each) => fillSnippet(each, one.region));
  const place = isInFunction ? ' In Lambda, run it from the handler.' : '';
  const detail = fill(proof.detail, one.region) + place;
  return note(proof.title, detail, forSystem(filled, one.system), []);
}

/** How to see that the caller has moved: at once, and later in the log. */
export function verification(one: Case): Note[] {
  return [proofStep(one), cloudTrailStep(one)];
}
