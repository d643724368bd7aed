import type { Note, Snippet } from '../advice.js';
import type { Case } from './case.js';

import { isLambda } from '../evidence.js';
import { fill, fillSnippet, safeName, snippet, note, STS_REGIONS } from './case.js';

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

/** Where a client has no log of its own, the names it looks up tell as much. */
function lookUpStep({ region, system }: Case): Note {
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

/** Of forms for two systems the one for the caller's; one form alone serves both. */
function forSystem(snippets: readonly Snippet[], system: string | null): readonly Snippet[] {
  if (!snippets.some(({ language }) => language === 'sh')) return snippets;
  const other = system === 'Windows' ? 'sh' : 'powershell';
  const fitting = snippets.filter(({ language }) => language !== other);
  return fitting.length === 0 ? snippets : fitting;
}

function proofStep(one: Case): Note {
  const proof = one.behaviour.product?.proof ?? one.behaviour.rules?.proof;
  if (!proof) return lookUpStep(one);
  const snippets = forSystem(proof.snippets, one.system).map((each) =>
    fillSnippet(each, one.region),
  );
  const place = isLambda(one.facts) ? ' In Lambda, run it from the handler.' : '';
  return note(proof.title, fill(proof.detail, one.region) + place, snippets, []);
}

/** How to see that the caller has moved: at once, and later in the log. */
export function verification(one: Case): Note[] {
  return [proofStep(one), cloudTrailStep(one)];
}
