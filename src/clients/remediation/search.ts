import type { Cause, Note, Snippet, WorkloadKind } from '../advice.js';
import type { KnownClient } from '../knowledge-schema.js';

import { isLambda } from '../evidence.js';
import { CLIENTS } from '../knowledge.js';
import { safeName, SDK_SETTINGS, snippet, note, type Case } from './case.js';
import { lambdaTarget } from './lambda.js';

/** Steps for what the evidence cannot name: the owner has to look. */

const CLAUSES: Partial<Readonly<Record<Cause, string>>> = {
  'aws-global-region': 'a Region aws-global',
  'legacy-setting': 'the mode legacy (AWS_STS_REGIONAL_ENDPOINTS, sts_regional_endpoints)',
  'endpoint-override':
    'an endpoint that names sts.amazonaws.com (AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_STS, endpoint_url, or in code)',
};

/** Where code of an SDK names an endpoint without that word. */
const IN_CODE: Readonly<Record<string, string>> = {
  'go-v2':
    'In Go, look for BaseEndpoint, EndpointResolverV2 and WithEndpointResolverWithOptions, too. ',
  'java-v2': 'In Java, look for endpointOverride and endpointProvider, too. ',
};

const SEARCH = snippet(
  'shell, as the caller',
  'sh',
  "env | grep -E '^AWS_(REGION|DEFAULT_REGION|STS_REGIONAL|ENDPOINT)'\ngrep -nE 'region|endpoint' ~/.aws/config ~/.aws/credentials\ngrep -rnE 'aws-global|AWS_GLOBAL|sts\\.amazonaws\\.com' .  # in the code",
);
/** Nobody has a shell in a function or in a web page. */
const SEARCH_CODE = snippet(
  'shell, in the code',
  'sh',
  "grep -rnE 'aws-global|AWS_GLOBAL|sts\\.amazonaws\\.com|AWS_STS_REGIONAL|AWS_ENDPOINT' .",
);
const SEARCH_WINDOWS = snippet(
  'PowerShell, as the caller',
  'powershell',
  "Get-ChildItem Env:AWS_*\nSelect-String -Path ~/.aws/config, ~/.aws/credentials -Pattern 'region|endpoint'\nGet-ChildItem -Recurse -File | Select-String 'aws-global|AWS_GLOBAL|sts\\.amazonaws\\.com'",
);

/** What the variables of a function are, without their values. */
function searchFunction(one: Case): Snippet {
  return snippet(
    'its variables',
    'sh',
    `aws lambda get-function-configuration ${lambdaTarget(one)} --query 'keys(Environment.Variables || \`{}\`)'`,
  );
}

function searches(one: Case): readonly Snippet[] {
  if (isLambda(one.facts)) return [searchFunction(one), SEARCH_CODE];
  if (one.behaviour.product?.hasNoEnvironment) return [SEARCH_CODE];
  return [one.system === 'Windows' ? SEARCH_WINDOWS : SEARCH];
}

/** Only the caller's side can change the caller. */
export function otherAccountStep({ facts, region }: Case): Note | null {
  if (facts.principal.type !== 'external-account') return null;
  const account = safeName(facts.principal.id, 'ACCOUNT');
  const role = safeName(facts.samples.targetRoles[0] ?? null, 'the role');
  return note(
    `Send this finding to the owner of account ${account}`,
    `You cannot change the caller: the steps below are for its owner, who also needs the times, source addresses and user agent. On your side, let the trust policy of ${role} and your SCPs allow the call when aws:RequestedRegion becomes ${region}.`,
    [],
    [],
  );
}

/** Where nothing tells what to change, the program must be found first. */
export function findStep(one: Case): Note | null {
  const { diagnosis, facts } = one;
  if (diagnosis.cause !== 'unknown-client') return null;
  const addresses = facts.samples.sourceAddresses.slice(0, 3);
  const from = addresses.length === 0 ? '' : `, the source ${addresses.join(', ')}`;
  const detail = `Ask who uses the principal${from} and the raw user agents of this finding. Then search its code and configuration.`;
  return note('Find the program', detail, searches(one), []);
}

/** Taking away what sends a Regional client to the global endpoint. */
export function removalStep(one: Case): Note | null {
  const { diagnosis, region } = one;
  const wanted = diagnosis.candidates.flatMap((cause) => CLAUSES[cause] ?? []);
  if (wanted.length === 0) return null;
  const when =
    diagnosis.cause === 'no-region' ? 'Where a Region is configured already, look' : 'Look';
  const inCode = IN_CODE[one.behaviour.rules?.id ?? ''] ?? '';
  const detail = `${when} for ${wanted.join(wanted.length > 2 ? '; or ' : ' or ')}. ${inCode}Remove it, keep a Region (${region}), and restart the process.`;
  return note('Find and remove what sends it to the global endpoint', detail, searches(one), [
    SDK_SETTINGS,
  ]);
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** Where a program runs that sends the text of its SDK only. */
type Place = 'kubernetes' | 'lambda' | 'machine';

interface Switch {
  readonly text: string;
  readonly place: Place;
}

function placeOf({ examples }: KnownClient, snippets: readonly Snippet[]): Place {
  if (examples.some(({ text }) => text.includes('exec-env/AWS_Lambda_'))) return 'lambda';
  return snippets.some(({ code }) => code.startsWith('kubectl ')) ? 'kubernetes' : 'machine';
}

/** For an SDK, the first setting of every tool that sends the same text as it. */
function switchesOf(sdk: KnownClient): Switch[] {
  const hidden = CLIENTS.filter(
    ({ kind, examples }) => kind === 'tool' && examples.some(({ readAs }) => readAs === sdk.id),
  );
  return hidden.flatMap((tool) => {
    const [first] = tool.steps ?? [];
    if (first === undefined) return [];
    const text = `${tool.name}: ${lowerFirst(first.title)}`;
    return [{ text, place: placeOf(tool, first.snippets) }];
  });
}

const SWITCHES: ReadonlyMap<string, readonly Switch[]> = new Map(
  CLIENTS.map((client) => [client.id, switchesOf(client)]),
);

const KUBERNETES: ReadonlySet<WorkloadKind> = new Set(['eks-service-account', 'eks-pod-identity']);

/** Those that can run where the caller runs; any outside Lambda when nothing tells the place. */
function fitting(switches: readonly Switch[], { facts, workload }: Case): readonly Switch[] {
  if (isLambda(facts)) return switches.filter(({ place }) => place === 'lambda');
  const outside = switches.filter(({ place }) => place !== 'lambda');
  if (workload === null) return outside;
  const isInKubernetes = KUBERNETES.has(workload.kind);
  return outside.filter(({ place }) => (place === 'kubernetes') === isInKubernetes);
}

/** Programs that send the text of their SDK only, so that this finding may be one of them. */
export function hiddenProgramsStep(one: Case): Note | null {
  const { product, rules } = one.behaviour;
  const switches = fitting(SWITCHES.get(product?.id ?? '') ?? [], one);
  if (switches.length === 0 || product !== rules) return null;
  const texts = switches.map(({ text }) => text);
  return note(
    'If the program is not yours, use its own switch',
    `These send the same user agent. ${texts.join('; ')}.`,
    [],
    [],
  );
}
