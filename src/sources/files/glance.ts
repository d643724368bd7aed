/**
 * Most STS records are plain calls of AWS services or to Regional endpoints, of which the audit
 * only counts that they were seen. In the exact form in which CloudTrail writes them, one pass
 * tells the few fields that this takes. A record of any other form, or with any trace of the
 * global endpoint, is not judged here: the caller parses it.
 */
import { usableId } from '../../cloudtrail/event-id.js';
import { parseEventTime } from '../../cloudtrail/event-time.js';
import type { StsEvent } from '../../cloudtrail/normalise.js';

/** An object with at most two levels of objects in it. Braces inside strings defeat the match. */
const OBJECT = String.raw`\{[^{}]*(?:\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}[^{}]*)*\}`;
const TEXT = String.raw`"[^"\\]*"`;
const REGIONAL_DETAILS = `(?:"awsServingRegion":${TEXT},)?"endpointType":"regional"(?:,"awsServingRegion":${TEXT})?`;
const REGIONAL_HOST = String.raw`"sts\.[a-z\d-]+\.amazonaws\.com"`;

/** Captures: AWS service, time, Regional endpoint type, event id, account, Regional host. */
const RECORD = new RegExp(
  [
    String.raw`^\{"eventVersion":"[\d.]+","userIdentity":(\{"type":"AWSService","invokedBy":${TEXT}\}|${OBJECT})`,
    String.raw`"eventTime":"([\dTZ:-]{20})"`,
    String.raw`"eventSource":"sts\.amazonaws\.com"`,
    `"eventName":${TEXT},"awsRegion":${TEXT},"sourceIPAddress":${TEXT},"userAgent":${TEXT}(?:,"errorCode":${TEXT})?(?:,"errorMessage":${TEXT})?`,
    `"requestParameters":(?:null|${OBJECT}),"responseElements":(?:null|${OBJECT})(,"additionalEventData":\\{"RequestDetails":\\{${REGIONAL_DETAILS}\\}\\})?`,
    String.raw`"requestID":${TEXT},"eventID":"([\da-f-]{36})","readOnly":(?:true|false)(?:,"resources":\[[^[\]]*\])?`,
    String.raw`"eventType":${TEXT},"managementEvent":true,"recipientAccountId":"(\d{12})"(?:,"sharedEventID":${TEXT})?(?:,"vpcEndpointId":${TEXT})?(?:,"vpcEndpointAccountId":${TEXT})?`,
    String.raw`"eventCategory":"Management"(,"tlsDetails":\{"tlsVersion":${TEXT},"cipherSuite":${TEXT},"clientProvidedHostHeader":${REGIONAL_HOST}\})?\}$`,
  ].join(','),
);

/** The event, or null when the record has to be parsed. `text` may be in any one-byte reading. */
export function glance(text: string): StsEvent | null {
  const match = RECORD.exec(text);
  if (match === null) return null;
  const [, identity = '', timeText, regionalType, idText, accountId = '', regionalHost] = match;
  const time = parseEventTime(timeText);
  const eventId = usableId(idText);
  if (time === null || eventId === null) return null;
  if (regionalType !== undefined || regionalHost !== undefined) {
    return { eventId, time, accountId, evidence: 'assessable', hit: null };
  }
  const byService = identity.startsWith('{"type":"AWSService"');
  return byService ? { eventId, time, accountId, evidence: 'aws-service', hit: null } : null;
}
