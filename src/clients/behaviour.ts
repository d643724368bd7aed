import type { Client } from '../contracts.js';
import type { DefaultMode } from './advice.js';
import type { Bound, Endpoint, KnownClient, Pin } from './knowledge-schema.js';

import { knownProduct, knownSdk } from './knowledge.js';
import { isAtLeast, releaseIn } from './version.js';

/** How a client of this version chooses its STS endpoint. */
export interface Behaviour {
  readonly product: KnownClient | undefined;
  /** The entry whose rules decide: the product's own, else those of its SDK. */
  readonly rules: KnownClient | undefined;
  readonly endpoint: Endpoint | undefined;
  /** What is compared, such as `botocore`, and its version. */
  readonly name: string;
  readonly version: string | null;
  readonly mode: DefaultMode;
  /** Whether this version reads AWS_STS_REGIONAL_ENDPOINTS; null when nobody knows. */
  readonly readsSetting: boolean | null;
  /** A release that goes global on purpose, whatever is configured. */
  readonly pin: Pin | undefined;
}

function reaches(bound: Bound | undefined, version: string | null): boolean | null {
  if (bound === 'always') return true;
  if (bound === 'never') return false;
  if (bound === undefined || bound === 'unknown' || version === null) return null;
  return isAtLeast(version, bound);
}

function modeOf(endpoint: Endpoint | undefined, version: string | null): DefaultMode {
  const isRegional = reaches(endpoint?.regionalFrom, version);
  if (isRegional === null) return 'unknown';
  return isRegional ? 'regional' : 'legacy';
}

function pinOf(product: KnownClient | undefined, version: string | null): Pin | undefined {
  if (version === null) return undefined;
  return product?.pins?.find(
    ({ from, before }) => isAtLeast(version, from) && !isAtLeast(version, before),
  );
}

/** The calls of a caller by operation, as in `FindingFacts`. */
type Operations = Readonly<Record<string, number>>;

function followsSdk({ followsSdk: when }: KnownClient, operations: Operations): boolean {
  return (
    when === 'always' || (when === 'web-identity' && 'AssumeRoleWithWebIdentity' in operations)
  );
}

function rulesOf(
  product: KnownClient | undefined,
  sdk: KnownClient | undefined,
  operations: Operations,
): KnownClient | undefined {
  const isOwn = product?.endpoint !== undefined && !(sdk && followsSdk(product, operations));
  return isOwn ? product : (sdk ?? product);
}

export function behaviourOf(client: Client, operations: Operations): Behaviour {
  const product = knownProduct(client.product);
  const rules = rulesOf(product, knownSdk(client.sdk), operations);
  const version = releaseIn(rules?.sdk ? client.sdkVersion : client.version);
  return {
    product,
    rules,
    endpoint: rules?.endpoint,
    name:
      rules?.sdk?.name ??
      (rules?.kind === 'generic' ? client.product : (rules?.name ?? client.product)),
    version,
    mode: modeOf(rules?.endpoint, version),
    readsSetting: reaches(rules?.endpoint?.settingFrom, version),
    pin: pinOf(product, releaseIn(client.version)),
  };
}
