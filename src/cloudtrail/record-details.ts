/**
 * What a record says beside the caller and the endpoint.
 */
import { type Fields, fieldsOf, isFields, textOf } from './fields.js';

/** The role that was asked for. A denied call has no parameters; its message names the role. */
export function targetRoleOf(record: Fields): string | null {
  return (
    textOf(fieldsOf(record['requestParameters'])['roleArn']) ??
    roleResource(record['resources']) ??
    roleInMessage(textOf(record['errorMessage']))
  );
}

/** Requested session length in seconds; null when the call did not ask for one. */
export function durationOf(record: Fields): number | null {
  const written = fieldsOf(record['requestParameters'])['durationSeconds'];
  const isNumber = typeof written === 'number' || (typeof written === 'string' && /^\d+$/.test(written)); // prettier-ignore
  const value = isNumber ? Number(written) : Number.NaN;
  return Number.isInteger(value) && value > 0 && value <= 0xffff_fffe ? value : null;
}

/** A customer's endpoint. Services write `AWS Internal` or their own name in this field. */
export function vpcEndpointOf(record: Fields): string | null {
  const id = textOf(record['vpcEndpointId']);
  return id !== null && /^vpce-[0-9a-z]+$/.test(id) ? id : null;
}

function roleResource(resources: unknown): string | null {
  if (!Array.isArray(resources)) return null;
  const role: unknown = resources.find(
    (resource) => isFields(resource) && resource['type'] === 'AWS::IAM::Role',
  );
  return isFields(role) ? textOf(role['ARN']) : null;
}

function roleInMessage(message: string | null): string | null {
  const marker = 'on resource: ';
  const start = message?.indexOf(marker) ?? -1;
  if (message === null || start < 0) return null;
  const role = message.slice(start + marker.length).split(/\s/, 1)[0] ?? '';
  return role.includes(':role/') ? role : null;
}
