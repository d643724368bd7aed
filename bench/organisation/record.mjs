/**
 * The fields that every record has, in CloudTrail's order.
 */
const KEYS = [
  'eventVersion',
  'userIdentity',
  'eventTime',
  'eventSource',
  'eventName',
  'awsRegion',
  'sourceIPAddress',
  'userAgent',
  'errorCode',
  'errorMessage',
  'requestParameters',
  'responseElements',
  'additionalEventData',
  'requestID',
  'eventID',
  'readOnly',
  'resources',
  'eventType',
  'managementEvent',
  'recipientAccountId',
  'sharedEventID',
  'vpcEndpointId',
  'addendum',
  'eventCategory',
  'tlsDetails',
];

/** `changes` win; a field that is undefined is left out. */
export function recordOf(random, { time, accountId, region }, changes) {
  const fields = {
    eventVersion: '1.11',
    eventTime: `${new Date(time).toISOString().slice(0, 19)}Z`,
    awsRegion: region,
    sourceIPAddress: `10.${random.below(4)}.${random.below(8)}.${random.below(256)}`,
    requestID: random.uuid(),
    eventID: random.uuid(),
    readOnly: true,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: accountId,
    eventCategory: 'Management',
    ...changes,
  };
  return ordered(fields);
}

export function ordered(fields) {
  const record = {};
  for (const key of KEYS) if (fields[key] !== undefined) record[key] = fields[key];
  return record;
}

export function tlsDetails(host) {
  return {
    tlsVersion: 'TLSv1.3',
    cipherSuite: 'TLS_AES_128_GCM_SHA256',
    clientProvidedHostHeader: host,
  };
}
