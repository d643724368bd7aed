/**
 * Leads every connection of the process to a server of the test's: clients believe that they talk to
 * AWS, under the names of its hosts.
 */
import { Agent } from 'node:http';
import { connect } from 'node:net';
import tls, { type ConnectionOptions } from 'node:tls';
import { vi } from 'vitest';
import type { Answer, Loopback } from './loopback.js';

/** Adds the name of each host that is connected to. Ends with `vi.restoreAllMocks`. */
export function trapTls(server: Loopback, hosts: string[]): void {
  const trap = (options: ConnectionOptions): unknown => {
    hosts.push(String(options.servername ?? options.host));
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    socket.once('connect', () => socket.emit('secureConnect'));
    return socket;
  };
  vi.spyOn(tls, 'connect').mockImplementation(trap as typeof tls.connect);
}

/** The same for connections without TLS. */
export function trapPlain(server: Loopback, hosts: string[]): void {
  const trap = ({ host }: { readonly host: string }): unknown => {
    hosts.push(host);
    return connect(Number(new URL(server.url).port), '127.0.0.1');
  };
  const agents = Agent.prototype as unknown as { createConnection: typeof trap };
  vi.spyOn(agents, 'createConnection').mockImplementation(trap);
}

/** STS's answer to a request to assume a role. */
export function assumed(request: string, accessKeyId: string, expiration: string): Answer {
  const action = /Action=(\w+)/.exec(request)?.[1] ?? 'AssumeRole';
  const keys = `<AccessKeyId>${accessKeyId}</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>token</SessionToken><Expiration>${expiration}</Expiration>`;
  return {
    headers: { 'content-type': 'text/xml' },
    body: `<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${action}Result><Credentials>${keys}</Credentials></${action}Result></${action}Response>`,
  };
}
