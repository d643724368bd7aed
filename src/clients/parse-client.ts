import type { Client } from '../contracts.js';

import type { Reading, Sighting } from './sightings.js';

import { readWords } from './reading.js';
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

/** A client of which only the name counts, and the SDK in it. */
function named(product: string, sdk: Sighting | null = null): UserAgent {
  const client: Client = {
    product,
    version: null,
    sdk: sdk?.client.sdk?.name ?? null,
    sdkVersion: sdk?.version ?? null,
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
function isPartOfSdk({ client }: Sighting, { sdk, otherSdk }: Reading): boolean {
  return client.writesAddress === true && (sdk !== null || otherSdk !== null);
}

/** Null where nothing is known of the product, even if its SDK is known. */
function productOf(reading: Reading): Sighting | null {
  const { product, sdk, isUnknownMajor } = reading;
  if (product !== null && !isPartOfSdk(product, reading)) return product;
  if (isUnknownMajor) return null;
  return sdk;
}

/** The id of `app/`; else the name that a program put beside that of its SDK. */
function applicationOf(
  { application, ownName, bareName }: Reading,
  { client }: Sighting,
): string | null {
  const isPlain = client.kind === 'sdk' || client.kind === 'cli';
  const name = label(application ?? (isPlain ? (ownName ?? bareName) : null));
  return name === null ? null : withoutVersion(name);
}

/** Botocore alone need not be boto3: what has a token of its own has not sent this text. */
function nameOf({ client, token }: Sighting, { product }: Reading): string {
  if (client.kind === 'generic') return token;
  const isCoreAlone = product === null && client.tokens !== undefined;
  return isCoreAlone ? (client.sdk?.name ?? client.name) : client.name;
}

function toUserAgent(reading: Reading, product: Sighting): UserAgent {
  const client: Client = {
    product: nameOf(product, reading),
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

/** An SDK of which nothing is known has a name and a version all the same. */
function unknownSdk(reading: Reading): UserAgent | null {
  const { otherSdk, runtime, system, application, ownName, isUnknownMajor } = reading;
  if (otherSdk === null || otherSdk.version === null || isUnknownMajor) return null;
  const { client, command } = named(stableText(otherSdk.name));
  const applicationId = label(application ?? ownName);
  const { version } = otherSdk;
  return { client: { ...client, version, runtime, applicationId }, system, command };
}

/** All that a user agent says. Never throws; linear in the length of the text. */
export function parseUserAgent(userAgent: string): UserAgent {
  const text = unwrap(userAgent);
  if (text === '' || text === '-') return named(NO_USER_AGENT);
  const whole = recogniseText(text);
  if (whole && whole.kind !== 'tool') return named(whole.kind === 'generic' ? text : whole.name);
  const reading = readWords(text, userAgent.length >= LONGEST_USER_AGENT);
  if (whole) return named(whole.name, reading.sdk);
  const product = productOf(reading);
  if (product === null) return unknownSdk(reading) ?? named(stableText(text) || RANDOM_TEXT);
  if (product.client.kind === 'aws') return named(product.client.name, reading.sdk);
  return toUserAgent(reading, product);
}

/** The software behind a user agent. Equal software gives equal clients, whatever its session ids. */
export function parseClient(userAgent: string): Client {
  return parseUserAgent(userAgent).client;
}
