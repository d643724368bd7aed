import type { KnownClient } from './knowledge-schema.js';

/** A client whose token was found. */
export interface Sighting {
  readonly client: KnownClient;
  readonly rank: number;
  readonly token: string;
  readonly version: string | null;
}

/** What the words of one user agent have said so far; the first to say a thing wins. */
export interface Reading {
  /** CloudTrail may have cut the last version short, and no version is better than a wrong one. */
  readonly isCut: boolean;
  product: Sighting | null;
  sdk: Sighting | null;
  runtime: string | null;
  system: string | null;
  environment: string | null;
  application: string | null;
  /** The name of the first `name/version` that no SDK and no known program sends. */
  ownName: string | null;
  /** The first name without a version, in front of the SDK or behind it. */
  bareName: string | null;
  /** An SDK of which nothing is known. */
  otherSdk: { readonly name: string; readonly version: string | null } | null;
  /** A known product is named in a major version of which nothing is known. */
  isUnknownMajor: boolean;
  command: string | null;
  override: boolean;
}

export function nothingRead(isCut: boolean): Reading {
  return {
    isCut,
    product: null,
    sdk: null,
    runtime: null,
    system: null,
    environment: null,
    application: null,
    ownName: null,
    bareName: null,
    otherSdk: null,
    isUnknownMajor: false,
    command: null,
    override: false,
  };
}
