import type { Client } from '../contracts.js';

import { knownProduct } from './knowledge.js';

/** `AWS_Lambda_python3.12` gives `AWS_Lambda_python`; other environments carry no version. */
function environmentFamily(environment: string | null): string | null {
  if (environment?.startsWith('AWS_Lambda_') !== true) return environment;
  const digit = environment.search(/[0-9]/);
  return digit < 0 ? environment : environment.slice(0, digit);
}

/** An unknown product is free text, so its versions are any runs of digits and dots. */
function productFamily(product: string): string {
  const known = knownProduct(product);
  if (known) return known.family ?? product;
  return product.replace(/[0-9.]+/g, (run) => (run.includes('.') ? '' : run));
}

/** Identity of a client, versions included: equal texts are one client. */
export function clientKey(client: Client): string {
  return JSON.stringify([
    client.product,
    client.version,
    client.sdk,
    client.sdkVersion,
    client.runtime,
    client.executionEnvironment,
    client.applicationId,
    client.endpointOverride,
  ]);
}

/**
 * Identity of a client without its versions, so that an upgrade keeps it: to another major version,
 * or of a tool to another SDK or runtime. The mark of an override is left out: only newer versions
 * write it.
 */
export function clientLineage(client: Client): string {
  return JSON.stringify([
    productFamily(client.product),
    environmentFamily(client.executionEnvironment),
    client.applicationId,
  ]);
}

function versioned(name: string, version: string | null): string {
  return version === null ? name : `${name} ${version}`;
}

/** A short name for people: `AWS CLI v1 1.27.74 (botocore 1.29.74, Python 3.10)`. */
export function describeClient(client: Client): string {
  const sdk =
    client.sdk === null || client.sdk === client.product
      ? null
      : versioned(client.sdk, client.sdkVersion);
  const inside = [sdk, client.runtime].filter((part) => part !== null);
  const name = versioned(client.product, client.version);
  return inside.length === 0 ? name : `${name} (${inside.join(', ')})`;
}
