/**
 * The columns of an event data store that AWS documents.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/query-supported-event-schemas.html
 */

/** Columns of text, by their names in a record. */
export const LAKE_TEXTS = [
  'eventVersion',
  'eventSource',
  'eventName',
  'awsRegion',
  'sourceIPAddress',
  'userAgent',
  'errorCode',
  'errorMessage',
  'requestID',
  'eventID',
  'eventType',
  'apiVersion',
  'recipientAccountId',
  'sharedEventID',
  'vpcEndpointId',
  'vpcEndpointAccountId',
  'eventCategory',
  'sessionCredentialFromConsole',
];

/** Maps of text to text; what is not text is written as JSON. */
export const LAKE_MAPS = ['requestParameters', 'responseElements', 'additionalEventData', 'serviceEventDetails', 'edgeDeviceDetails']; // prettier-ignore

/** In Trino's dialect. */
export const LAKE_STRUCTS: Readonly<Record<string, string>> = {
  userIdentity:
    'row(type varchar, principalid varchar, arn varchar, accountid varchar, accesskeyid varchar, username varchar, sessioncontext row(attributes row(creationdate varchar, mfaauthenticated varchar), sessionissuer row(type varchar, principalid varchar, arn varchar, accountid varchar, username varchar), webidfederationdata row(federatedprovider varchar, attributes map(varchar, varchar)), sourceidentity varchar, ec2roledelivery varchar, ec2issuedinvpc varchar), invokedby varchar, identityprovider varchar)',
  tlsDetails: 'row(tlsversion varchar, ciphersuite varchar, clientprovidedhostheader varchar)',
  addendum:
    'row(reason varchar, updatedfields varchar, originalrequestid varchar, originaleventid varchar)',
  resources: 'array(row(accountid varchar, type varchar, arn varchar, arnprefix varchar))',
};
