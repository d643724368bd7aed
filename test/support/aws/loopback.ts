/**
 * An HTTP server on the loopback interface that stands for an AWS service.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  /** The operation's name. */
  readonly operation: string;
}

export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /**
   * What happens on the way: the connection breaks `at once` or `midway` through the body, or a
   * proxy ends the body too early, `cut`, as if that were all.
   */
  readonly loss?: 'at once' | 'midway' | 'cut';
}

export type Handler = (received: Received) => Answer | Promise<Answer>;
/**
 * Stands between a client and the service. Requests are numbered from 1; `serve` asks the service,
 * for a fault that alters its answer or loses it.
 */
export type Fault = (
  received: Received,
  number: number,
  serve: (altered?: Received) => Promise<Answer>,
) => Answer | null | Promise<Answer | null>;

export class Loopback {
  readonly received: Received[] = [];
  readonly #server: Server;
  #fault: Fault = () => null;

  private constructor(handler: Handler) {
    this.#server = createServer((request, response) => {
      void this.#serve(request, response, handler);
    });
  }

  async #serve(
    request: IncomingMessage,
    response: ServerResponse,
    handler: Handler,
  ): Promise<void> {
    const received = await read(request);
    this.received.push(received);
    const serve = async (altered = received): Promise<Answer> => handler(altered);
    const answer = (await this.#fault(received, this.received.length, serve)) ?? (await serve());
    const body = Buffer.from(answer.body ?? '');
    const half = body.subarray(0, Math.floor(body.length / 2));
    if (answer.loss === 'at once') {
      request.socket.destroy();
      return;
    }
    const length = answer.loss === 'cut' ? half.length : body.length;
    response.writeHead(answer.status ?? 200, { 'content-length': length, ...answer.headers });
    if (answer.loss === undefined) response.end(body);
    else if (answer.loss === 'cut') response.end(half);
    else response.write(half, () => request.socket.destroy());
  }

  static async start(handler: Handler): Promise<Loopback> {
    const loopback = new Loopback(handler);
    await new Promise<void>((resolve) => loopback.#server.listen(0, '127.0.0.1', resolve));
    return loopback;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  fault(fault: Fault): void {
    this.#fault = fault;
  }

  /** Names of the operations that were asked for, in order. */
  get operations(): readonly string[] {
    return this.received.map(({ operation }) => operation);
  }

  count(operation: string): number {
    return this.operations.filter((name) => name === operation).length;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

async function read(request: IncomingMessage): Promise<Received> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const url = new URL(request.url ?? '/', 'http://loopback');
  const target = request.headers['x-amz-target'];
  return {
    method: request.method ?? '',
    path: decodeURIComponent(url.pathname),
    query: url.searchParams,
    headers: request.headers,
    body: Buffer.concat(chunks).toString('utf8'),
    operation: operationOf(typeof target === 'string' ? target : null, url),
  };
}

/** The JSON protocols name it; S3, which has none of its own here but reading, does not. */
function operationOf(target: string | null, url: URL): string {
  if (target !== null) return target.split('.').at(-1) ?? '';
  return url.searchParams.has('list-type') ? 'ListObjectsV2' : 'GetObject';
}

/** An answer of the JSON protocols. */
export function json(value: unknown): Answer {
  return {
    headers: { 'content-type': 'application/x-amz-json-1.1' },
    body: JSON.stringify(value),
  };
}

/** An error of the JSON protocols. */
export function jsonError(name: string, message = name, status = 400): Answer {
  return { ...json({ __type: name, message }), status };
}

export const THROTTLED = jsonError('ThrottlingException', 'Rate exceeded');
export const BROKEN = jsonError('InternalFailure', 'We had a problem', 500);
export const EXPIRED = jsonError('ExpiredTokenException', 'The security token is expired');
export const DENIED = jsonError(
  'AccessDeniedException',
  'User: arn:aws:iam::111111111111:user/eve is not authorized to perform: service:Action on resource: arn:aws:service:::thing because no identity-based policy allows it',
);
