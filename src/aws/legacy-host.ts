/**
 * The last line of defence: whatever Region and endpoint settings lead to, a request to the legacy
 * global STS endpoint is refused before it is sent.
 */
import type { STSClient } from '@aws-sdk/client-sts';
import { normaliseHost } from '../cloudtrail/detection.js';
import { UserError } from '../errors.js';

type Plugin = Parameters<STSClient['middlewareStack']['use']>[0];

export const refuseLegacyHost: Plugin = {
  applyToStack: (stack) => {
    stack.add(
      (next) => async (args) => {
        if (hostOf(args.request) === 'sts.amazonaws.com') {
          throw new UserError('refused to call the legacy global STS endpoint', {
            hint: 'an endpoint setting of the environment or profile names sts.amazonaws.com; name a Regional one',
          });
        }
        return next(args);
      },
      { step: 'finalizeRequest', priority: 'low', name: 'refuseLegacyHost' },
    );
  },
};

function hostOf(request: unknown): string | null {
  const isRequest = typeof request === 'object' && request !== null && 'hostname' in request;
  return isRequest ? normaliseHost(request.hostname) : null;
}
