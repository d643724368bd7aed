import type { Client } from '../contracts.js';

import { readWords, type Reading, type Sighting } from './reading.js';
import { recogniseText } from './recognise.js';
import { LONGEST_USER_AGENT, unwrap } from './user-agent.js';
import { stableText, withoutVersion } from './volatile.js';

/** All that a user agent says. What `client` leaves out is no part of a caller's identity. */
interface UserAgent {
  readonly client: Client;
  /** `Linux`, `macOS`, `Windows`, `Android` or `iOS`. */
  readonly system: string | null;
  /** The AWS CLI command, such as `sts.get-caller-identity`. */
  readonly command: string | null;
}

/** The product of a record without a user agent. */
export const NO_USER_AGENT = 'no user agent';
/** The product of a text that is all random id. */
export const RANDOM_TEXT = 'random text';

function named(product: string, sdk: string | null = null): UserAgent {
  const client: Client = {
    product,
    version: null,
    sdk,
    sdkVersion: null,
    runtime: null,
    executionEnvironment: null,
    applicationId: null,
    endpointOverride: false,
  };
  return { client, system: null, command: null };
}

/** Free text of the owner: stable and short, null when nothing is left. */
function label(text: string | null): string | null {
  return text === null ? null : stableText(text) || null;
}

function sdkName(reading: Reading, product: Sighting): string | null {
  return reading.sdk?.client.sdk?.name ?? product.client.sdk?.name ?? null;
}

/** A library's name beside that of an SDK, such as `curl/7.61` from PHP, is a part of the SDK. */
function isPartOfSdk({ client }: Sighting, { sdk, hasOtherSdk }: Reading): boolean {
  return client.writesAddress === true && (sdk !== null || hasOtherSdk);
}

/** Null where nothing is known of the product, even if its SDK is known. */
function productOf(reading: Reading): Sighting | null {
  const { product, sdk, isUnknownMajor } = reading;
  if (product !== null && !isPartOfSdk(product, reading)) return product;
  if (isUnknownMajor) return null;
  // The version of botocore is none of boto3.
  if (sdk !== null && sdk.client.sdk?.name !== sdk.client.name) return { ...sdk, version: null };
  return sdk;
}

/** The id of `app/`; else the name that a program put beside that of its SDK. */
function applicationOf({ application, ownName }: Reading, { client }: Sighting): string | null {
  const isPlain = client.kind === 'sdk' || client.kind === 'cli';
  const name = label(application ?? (isPlain ? ownName : null));
  return name === null ? null : withoutVersion(name);
}

function toUserAgent(reading: Reading, product: Sighting): UserAgent {
  const client: Client = {
    product: product.client.kind === 'generic' ? product.token : product.client.name,
    version: product.version,
    sdk: sdkName(reading, product),
    sdkVersion: reading.sdk?.version ?? null,
    runtime: reading.runtime,
    executionEnvironment: label(reading.environment),
    applicationId: applicationOf(reading, product),
    endpointOverride: reading.override,
  };
  return { client, system: reading.system, command: label(reading.command) };
}

/** All that a user agent says. Never throws; linear in the length of the text. */
export function parseUserAgent(userAgent: string): UserAgent {
  const text = unwrap(userAgent);
  if (text === '' || text === '-') return named(NO_USER_AGENT);
  const whole = recogniseText(text);
  if (whole) return named(whole.kind === 'generic' ? text : whole.name);
  const reading = readWords(text, userAgent.length >= LONGEST_USER_AGENT);
  const product = productOf(reading);
  if (product === null) return named(stableText(text) || RANDOM_TEXT);
  // The SDK in Amazon's own software is Amazon's to update: its versions would only split groups.
  if (product.client.kind === 'aws') return named(product.client.name, sdkName(reading, product));
  return toUserAgent(reading, product);
}

/** The software behind a user agent. Equal software gives equal clients, whatever its session ids. */
export function parseClient(userAgent: string): Client {
  return parseUserAgent(userAgent).client;
}
