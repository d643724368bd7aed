/**
 * The three signals that a call reached the legacy global endpoint. AWS's sample of a call that
 * was served locally has the host `sts-global.<region>.amazonaws.com`, and the endpoint type
 * exists only since 2025, so no single field suffices.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html
 */
import type { Signal } from '../contracts.js';
import { type Fields, fieldsOf, textOf } from './fields.js';

export const STS = 'sts.amazonaws.com';
const GLOBAL_HOST = 'sts.amazonaws.com';
const SERVED_HOST = /^sts-global\.[a-z0-9-]+\.amazonaws\.com$/;

export interface Assessment {
  /** Empty when the call is not known to have reached the global endpoint. */
  readonly signals: readonly Signal[];
  /** Whether the record says anything about the endpoint. Without it, no signal proves nothing. */
  readonly assessable: boolean;
  /** The host and the endpoint type contradict each other. */
  readonly disagrees: boolean;
}

/** Reads the endpoint evidence of an STS record. */
export function assess(record: Fields): Assessment {
  const host = normaliseHost(fieldsOf(record['tlsDetails'])['clientProvidedHostHeader']);
  const type = endpointType(record);
  const byHost = hostSignal(host);
  const signals: Signal[] = byHost === null ? [] : [byHost];
  if (type === 'global') signals.push('endpoint-type');
  return {
    signals,
    assessable: host !== null || type !== null,
    disagrees: host !== null && type !== null && (byHost !== null) !== (type === 'global'),
  };
}

/** The Region that served the call, which is logged since 2025; null before. */
export function servingRegion(record: Fields): string | null {
  return textOf(requestDetails(record)['awsServingRegion']);
}

/**
 * Lower case, without port and final dot. CloudTrail logs what the client sent and promises no
 * normal form. Null when there is no host: in a column of text a value of another type shows as
 * `5` or `true`, which is none either.
 */
export function normaliseHost(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  return (
    value
      // Not trim(): what is white space beyond ASCII, every engine decides otherwise.
      .replace(/^[\t-\r ]+|[\t-\r ]+$/g, '')
      .toLowerCase()
      .replace(/:\d{1,5}$/, '')
      .replace(/\.$/, '')
      .replace(/^(?:-?\d+(?:\.\d+)?(?:e[+-]?\d+)?|true|false)$/, '') || null
  );
}

function hostSignal(host: string | null): Signal | null {
  if (host === GLOBAL_HOST) return 'host-header';
  return host !== null && SERVED_HOST.test(host) ? 'served-host' : null;
}

function endpointType(record: Fields): 'global' | 'regional' | null {
  const type = textOf(requestDetails(record)['endpointType'])?.toLowerCase();
  return type === 'global' || type === 'regional' ? type : null;
}

function requestDetails(record: Fields): Fields {
  return fieldsOf(fieldsOf(record['additionalEventData'])['RequestDetails']);
}
