/**
 * The last line of defence: whatever Region and endpoint settings lead to, a request to the legacy
 * global STS endpoint is refused before it is sent.
 */
import { normaliseHost } from '../cloudtrail/detection.js';
import { UserError } from '../errors.js';

/** What the middleware stacks of all clients have in common; their own types differ. */
interface Stack {
  add(
    middleware: <A extends { readonly request?: unknown }, R>(
      next: (args: A) => Promise<R>,
    ) => (args: A) => Promise<R>,
    options: { readonly step: 'finalizeRequest'; readonly priority: 'low'; readonly name: string },
  ): void;
}

/** A plugin for any client of the SDK. */
export const refuseLegacyHost = {
  applyToStack: (stack: Stack): void => {
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
