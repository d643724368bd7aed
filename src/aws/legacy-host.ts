/**
 * The last line of defence: whatever Region and endpoint settings lead to, a request to the legacy
 * global STS endpoint is refused before it is sent.
 */
import { loadConfig } from '@smithy/core/config';
import { normaliseHost } from '../cloudtrail/detection.js';
import { UserError } from '../errors.js';

/** What sends the requests of a client. */
interface Handler {
  handle(request: { readonly hostname: string }, ...rest: readonly never[]): Promise<unknown>;
}

/** What clients of all services let their extensions change; their own types differ. */
interface Sending<H extends Handler> {
  httpHandler(): H;
  setHttpHandler(handler: H): void;
}

/** An extension for clients of the SDK, also for those that the SDK makes for itself. */
export class LegacyHostGuard {
  #refusal: UserError | null = null;

  /** What a request was refused with: some callers in the SDK keep it to themselves. */
  get refusal(): UserError | null {
    return this.#refusal;
  }

  configure<H extends Handler>(client: Sending<H>): void {
    const sender = client.httpHandler();
    const handle: Handler['handle'] = async (request, ...rest) => {
      this.#check(request.hostname);
      return sender.handle(request, ...rest);
    };
    client.setHttpHandler(
      new Proxy(sender, {
        get: (target, name): unknown => (name === 'handle' ? handle : Reflect.get(target, name)),
      }),
    );
  }

  #check(host: string): void {
    if (!isLegacy(host)) return;
    this.#refusal = refused();
    throw this.#refusal;
  }
}

/** Credentials of containers and instances are fetched without a client: settings say where. */
const METADATA = [
  { variable: 'AWS_CONTAINER_CREDENTIALS_FULL_URI', key: '' },
  { variable: 'AWS_EC2_METADATA_SERVICE_ENDPOINT', key: 'ec2_metadata_service_endpoint' },
] as const;

/** Throws a UserError when credentials would be asked of the endpoint. */
export async function refuseLegacyMetadata(): Promise<void> {
  for (const { variable, key } of METADATA) {
    const url = await loadConfig({
      environmentVariableSelector: (environment) => environment[variable],
      configFileSelector: (profile) => profile[key],
      default: '',
    })();
    if (URL.canParse(url) && isLegacy(new URL(url).hostname)) throw refused();
  }
}

/** Also a bucket that a client takes for a name below an endpoint of S3. */
function isLegacy(hostname: string): boolean {
  const host = normaliseHost(hostname) ?? '';
  return host === 'sts.amazonaws.com' || host.endsWith('.sts.amazonaws.com');
}

function refused(): UserError {
  return new UserError('refused to call the legacy global STS endpoint', {
    hint: 'an endpoint setting of the environment or profile names sts.amazonaws.com; name a Regional one',
  });
}
