/**
 * How many characters a query of Lake and of Logs Insights may have.
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_StartQuery.html
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_StartQuery.html
 */
import { type Answer, jsonError } from './loopback.js';

const MOST = 10_000;

/** The refusal of a query that is too long; null for others. */
export function tooLong(text = ''): Answer | null {
  return text.length > MOST ? jsonError('InvalidParameterException', `more than ${MOST} characters`) : null; // prettier-ignore
}
