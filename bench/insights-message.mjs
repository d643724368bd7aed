/**
 * What a call to the global endpoint costs in an answer of Logs Insights: as its whole record
 * (`@message`), or as the fields that the audit reads.
 *
 *   node bench/insights-message.mjs [folder of .json and .json.gz]
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

const folder = process.argv[2] ?? new URL('../examples/logs', import.meta.url).pathname;

const FIELDS =
  `eventID eventTime eventName recipientAccountId sharedEventID vpcEndpointId errorCode errorMessage
userAgent sourceIPAddress eventCategory addendum.reason addendum.originalEventID
tlsDetails.clientProvidedHostHeader tlsDetails.tlsVersion
additionalEventData.RequestDetails.endpointType additionalEventData.RequestDetails.awsServingRegion
userIdentity.type userIdentity.arn userIdentity.principalId userIdentity.accountId userIdentity.userName
userIdentity.invokedBy userIdentity.identityProvider userIdentity.onBehalfOf.userId
userIdentity.inScopeOf.credentialsIssuedTo userIdentity.sessionContext.sessionIssuer.arn
userIdentity.sessionContext.sessionIssuer.principalId requestParameters.roleArn
requestParameters.roleSessionName requestParameters.durationSeconds resources.0.ARN`.split(/\s+/);
/** Every row has one; its length is that of one seen in AWS's documentation. */
const POINTER = { field: '@ptr', value: 'C'.repeat(100) };

const calls = new Map(
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.json(\.gz)?$/.test(entry.name))
    .flatMap((entry) => recordsOf(join(entry.parentPath, entry.name)))
    .filter(isGlobalCall)
    .map((record) => [record.eventID, record]),
);

const asMessage = [...calls.values()].map((record) =>
  sizeOf([{ field: '@message', value: JSON.stringify(record) }]),
);
const asFields = [...calls.values()].map((record) =>
  sizeOf(
    FIELDS.flatMap((field) => {
      const value = field.split('.').reduce((inner, key) => inner?.[key], record) ?? null;
      return value === null ? [] : [{ field, value: String(value) }];
    }),
  ),
);
console.log(
  `${calls.size} calls: ${mean(asMessage)} bytes as @message, ${mean(asFields)} as fields`,
);

function recordsOf(path) {
  const bytes = readFileSync(path);
  try {
    return JSON.parse(path.endsWith('.gz') ? gunzipSync(bytes) : bytes).Records ?? [];
  } catch {
    return [];
  }
}

function isGlobalCall({ eventSource, tlsDetails, additionalEventData }) {
  const host = tlsDetails?.clientProvidedHostHeader ?? '';
  const isGlobal = additionalEventData?.RequestDetails?.endpointType === 'global';
  return eventSource === 'sts.amazonaws.com' && (/^sts(-global\..*)?\.amazonaws\.com$/.test(host) || isGlobal); // prettier-ignore
}

function sizeOf(row) {
  return Buffer.byteLength(JSON.stringify([...row, POINTER]));
}

function mean(sizes) {
  return Math.round(sizes.reduce((sum, size) => sum + size, 0) / sizes.length);
}
