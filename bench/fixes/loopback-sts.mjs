/**
 * A loopback stand-in for STS: a CONNECT proxy that ends TLS itself under any STS name, answers
 * every request, and keeps what the client really sent. Nothing leaves the machine.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer as createProxy } from 'node:http';
import { createServer } from 'node:https';
import { join } from 'node:path';

const NAMES = ['sts', 'sts.eu-west-1', 'sts.us-east-1', 'sts.ap-northeast-2', 'sts.me-south-1'];

/** Makes a key and a certificate that is its own authority; returns their paths. */
export function makeCertificate(folder) {
  const key = join(folder, 'key.pem');
  const certificate = join(folder, 'certificate.pem');
  const names = NAMES.map((name) => `DNS:${name}.amazonaws.com`).join(',');
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=loopback', '-addext', `subjectAltName=${names}`, '-keyout', key, '-out', certificate], // prettier-ignore
    { stdio: 'ignore' },
  );
  return { key, certificate };
}

const CREDENTIALS = `<Credentials><AccessKeyId>EXAMPLE</AccessKeyId><SecretAccessKey>example</SecretAccessKey><SessionToken>example</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>`;
const BODIES = {
  GetCallerIdentity:
    '<Arn>arn:aws:iam::111122223333:user/example</Arn><UserId>EXAMPLE</UserId><Account>111122223333</Account>',
};

function answer(action) {
  const body = BODIES[action] ?? CREDENTIALS;
  return `<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${action}Result>${body}</${action}Result><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></${action}Response>`;
}

function record(request, body, seen) {
  const query = request.url.includes('?') ? request.url.slice(request.url.indexOf('?') + 1) : '';
  const action = new URLSearchParams(body || query).get('Action') ?? 'unknown';
  seen.push({
    host: request.headers.host.replace(/:\d+$/, ''),
    userAgent: request.headers['user-agent'] ?? '',
    action,
    signedFor:
      /Credential=[^/]+\/\d+\/([^/]+)\//.exec(request.headers.authorization ?? '')?.[1] ?? null,
  });
  return action;
}

/** Starts proxy and TLS server; `seen` fills with what clients send. */
export async function startSts({ key, certificate }) {
  const seen = [];
  const tls = createServer(
    { key: readFileSync(key), cert: readFileSync(certificate) },
    (request, response) => {
      let body = '';
      request.on('data', (chunk) => (body += chunk));
      request.on('end', () => {
        const text = answer(record(request, body, seen));
        response.writeHead(200, { 'content-type': 'text/xml' }).end(text);
      });
    },
  );
  const proxy = createProxy((_, response) => response.writeHead(502).end());
  proxy.on('connect', (_request, socket) => {
    socket.write('HTTP/1.1 200 OK\r\n\r\n');
    tls.emit('connection', socket);
  });
  const port = (server) =>
    new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server.address().port)));
  const ports = { proxy: await port(proxy), tls: await port(tls) };
  return { seen, ports, close: () => [tls, proxy].forEach((server) => server.close()) };
}
