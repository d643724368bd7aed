import type { Cause, Note, Workload, WorkloadKind } from '../advice.js';
import type { KnownClient } from '../knowledge-schema.js';

import { isLambda } from '../evidence.js';
import { CLIENTS } from '../knowledge.js';
import { safeName, SDK_SETTINGS, snippet, note, type Case } from './case.js';

/** Steps for what the evidence cannot name: the owner has to look. */

const CLAUSES: Partial<Readonly<Record<Cause, string>>> = {
  'aws-global-region': 'a Region aws-global',
  'legacy-setting': 'the mode legacy (AWS_STS_REGIONAL_ENDPOINTS, sts_regional_endpoints)',
  'endpoint-override':
    'an endpoint that names sts.amazonaws.com (AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_STS, endpoint_url, or in code)',
};

const SEARCH = snippet(
  'shell, as the caller',
  'sh',
  "env | grep -E '^AWS_(REGION|DEFAULT_REGION|STS_REGIONAL|ENDPOINT)'\ngrep -nE 'region|endpoint' ~/.aws/config ~/.aws/credentials\ngrep -rnE 'aws-global|AWS_GLOBAL|sts\\.amazonaws\\.com' .  # in the code",
);
const SEARCH_WINDOWS = snippet(
  'PowerShell, as the caller',
  'powershell',
  "Get-ChildItem Env:AWS_*\nSelect-String -Path ~/.aws/config, ~/.aws/credentials -Pattern 'region|endpoint'\nGet-ChildItem -Recurse -File | Select-String 'aws-global|AWS_GLOBAL|sts\\.amazonaws\\.com'",
);

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
export function findStep({ diagnosis, facts, system }: Case): Note | null {
  if (diagnosis.cause !== 'unknown-client') return null;
  const addresses = facts.samples.sourceAddresses.slice(0, 3);
  const from = addresses.length === 0 ? '' : `, the source ${addresses.join(', ')}`;
  const detail = `Ask who uses the principal${from} and the raw user agents of this finding. Then search its code and configuration.`;
  return note('Find the program', detail, [system === 'Windows' ? SEARCH_WINDOWS : SEARCH], []);
}

/** Taking away what sends a Regional client to the global endpoint. */
export function removalStep({ diagnosis, system, region }: Case): Note | null {
  const wanted = diagnosis.candidates.flatMap((cause) => CLAUSES[cause] ?? []);
  if (wanted.length === 0) return null;
  const when =
    diagnosis.cause === 'no-region' ? 'Where a Region is configured already, look' : 'Look';
  const detail = `${when} for ${wanted.join('; or ')}. Remove it, keep a Region (${region}), and restart the process.`;
  return note(
    'Find and remove what sends it to the global endpoint',
    detail,
    [system === 'Windows' ? SEARCH_WINDOWS : SEARCH],
    [SDK_SETTINGS],
  );
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

interface Switch {
  readonly text: string;
  readonly isInKubernetes: boolean;
}

/** For an SDK, the first setting of every tool that sends the same text as it. */
function switchesOf(sdk: KnownClient): Switch[] {
  const hidden = CLIENTS.filter(
    ({ kind, examples }) => kind === 'tool' && examples.some(({ readAs }) => readAs === sdk.id),
  );
  return hidden.flatMap(({ name, steps }) => {
    const [first] = steps ?? [];
    if (first === undefined) return [];
    const isInKubernetes = first.snippets.some(({ code }) => code.startsWith('kubectl '));
    return [{ text: `${name}: ${lowerFirst(first.title)}`, isInKubernetes }];
  });
}

const SWITCHES: ReadonlyMap<string, readonly Switch[]> = new Map(
  CLIENTS.map((client) => [client.id, switchesOf(client)]),
);

/** Those that can run where the caller runs; null stands for a place that nothing tells. */
function fitting(switches: readonly Switch[], workload: Workload | null): readonly Switch[] {
  if (workload === null) return switches;
  const isInKubernetes = KUBERNETES.has(workload.kind);
  return switches.filter((each) => each.isInKubernetes === isInKubernetes);
}

const KUBERNETES: ReadonlySet<WorkloadKind> = new Set(['eks-service-account', 'eks-pod-identity']);

/** Programs that send the text of their SDK only, so that this finding may be one of them. */
export function hiddenProgramsStep({ behaviour, facts, workload }: Case): Note | null {
  const { product, rules } = behaviour;
  const switches = fitting(SWITCHES.get(product?.id ?? '') ?? [], workload);
  if (switches.length === 0 || product !== rules || isLambda(facts)) return null;
  const texts = switches.map(({ text }) => text);
  return note(
    'If the program is not yours, use its own switch',
    `These send the same user agent. ${texts.join('; ')}.`,
    [],
    [],
  );
}
