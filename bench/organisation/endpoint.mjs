/**
 * What a record of STS tells about the endpoint, by era: the host alone until 2025, then also the
 * type of endpoint and where the call was served.
 */
import { tlsDetails } from './record.mjs';
import { REGIONS } from './world.mjs';

const LOCAL_SERVING_SINCE = Date.UTC(2025, 3, 1);
const SERVING = ['us-east-1', 'eu-west-1', 'eu-central-1'];

/**
 * `{ region, fields, isGlobal }`: the Region of the log, the fields of the record, and whether they show
 * the global endpoint.
 */
export function globalEndpoint(random, time) {
  const isNew = time >= LOCAL_SERVING_SINCE;
  const serving = random.pick(SERVING);
  const host = isNew && random.chance(0.3) ? `sts-global.${serving}.amazonaws.com` : undefined;
  const details = { awsServingRegion: serving, endpointType: 'global' };
  const tls = tlsOf(random, host ?? 'sts.amazonaws.com');
  return {
    region: 'us-east-1',
    fields: {
      ...(isNew ? { additionalEventData: { RequestDetails: details } } : {}),
      tlsDetails: tls,
    },
    isGlobal: isNew || tls?.clientProvidedHostHeader !== undefined,
  };
}

export function regionalEndpoint(random) {
  const region = random.pick(REGIONS);
  const details = { endpointType: 'regional', awsServingRegion: region };
  return {
    region,
    fields: {
      additionalEventData: { RequestDetails: details },
      tlsDetails: tlsOf(random, `sts.${region}.amazonaws.com`),
    },
  };
}

/** Missing or partial now and then, and hosts as some clients write them. */
function tlsOf(random, host) {
  const roll = random.next();
  if (roll < 0.02) return undefined;
  if (roll < 0.025) return { tlsVersion: 'TLSv1.2', cipherSuite: 'ECDHE-RSA-AES128-GCM-SHA256' };
  if (roll < 0.03) return tlsDetails(`${host}:443`);
  if (roll < 0.035) return tlsDetails(host.toUpperCase());
  if (roll < 0.04) return { clientProvidedHostHeader: host };
  return roll < 0.2 ? { ...tlsDetails(host), keyExchange: 'X25519MLKEM768' } : tlsDetails(host);
}
