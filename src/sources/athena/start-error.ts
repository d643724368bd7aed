import type { CallError } from '../../aws/call.js';
import { toUserError } from '../../aws/failure.js';
import type { UserError } from '../../errors.js';

/** That results cannot be written is said of the location, whatever setting it comes from. */
export function startError(error: CallError): UserError {
  const { failure } = error;
  const hint = 'name a bucket of your own with --output-location, or another --workgroup';
  const isOfOutput =
    failure.code === 'refused' && /output (?:bucket|location)/i.test(failure.message);
  return toUserError(isOfOutput ? { ...failure, hint } : failure, error);
}
