import type { Cause, Step } from '../advice.js';
import type { KnownClient } from '../knowledge-schema.js';

import { isLambda } from '../evidence.js';
import { CLIENTS } from '../knowledge.js';
import { SDK_SETTINGS, snippet, step, type Case } from './case.js';

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

/** Where nothing tells what to change, the program must be found first. */
export function findStep({ diagnosis, facts, system }: Case): Step | null {
  if (diagnosis.cause !== 'unknown-client') return null;
  const addresses = facts.samples.sourceAddresses.slice(0, 3);
  const from = addresses.length === 0 ? '' : `, the source ${addresses.join(', ')}`;
  const detail = `Ask who uses the principal${from} and the raw user agents of this finding. Then search its code and configuration.`;
  return step('Find the program', detail, [system === 'Windows' ? SEARCH_WINDOWS : SEARCH], []);
}

/** Taking away what sends a Regional client to the global endpoint. */
export function removalStep({ diagnosis, system, region }: Case): Step | null {
  const wanted = diagnosis.candidates.flatMap((cause) => CLAUSES[cause] ?? []);
  if (wanted.length === 0) return null;
  const detail = `Look for ${wanted.join('; or ')}. Remove it, keep a Region (${region}), and restart the process.`;
  return step(
    'Find and remove what sends it to the global endpoint',
    detail,
    [system === 'Windows' ? SEARCH_WINDOWS : SEARCH],
    [SDK_SETTINGS],
  );
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** For an SDK, the first setting of every tool that sends the same text as it. */
function switchesOf(sdk: KnownClient): string {
  const hidden = CLIENTS.filter(
    ({ kind, examples }) => kind === 'tool' && examples.some(({ readAs }) => readAs === sdk.id),
  );
  return hidden
    .flatMap(({ name, steps }) => (steps?.[0] ? [`${name}: ${lowerFirst(steps[0].title)}`] : []))
    .join('; ');
}

const SWITCHES: ReadonlyMap<string, string> = new Map(
  CLIENTS.map((client) => [client.id, switchesOf(client)]),
);

/** Programs that send the text of their SDK only, so that this finding may be one of them. */
export function hiddenProgramsStep({ behaviour, facts }: Case): Step | null {
  const { product, rules } = behaviour;
  const switches = SWITCHES.get(product?.id ?? '') ?? '';
  if (switches === '' || product !== rules || isLambda(facts)) return null;
  return step(
    'If the program is not yours, use its own switch',
    `These send the same user agent. ${switches}.`,
    [],
    [],
  );
}
