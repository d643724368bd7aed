/**
 * Proves remedies with the real clients: makes each one call the global endpoint, gives the call to
 * the audit as a CloudTrail record, does what the report says, and looks where it calls then. All
 * calls go to a loopback server; packages come from their ordinary registries.
 *
 * Needs openssl, keytool, python3 with venv, npm, mvn and a JDK, go; ruby with aws-sdk-core and AWS
 * CLI v2 from Debian. What is missing is reported as not tried.
 *
 *   npm run build && node bench/fixes/prove.mjs [part of a client's name]
 */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { CASES } from './cases.mjs';
import { CLIENTS } from './clients.mjs';
import { makeCertificate, startSts } from './loopback-sts.mjs';

const here = (path) => new URL(path, import.meta.url).pathname;
const CACHE = here('../../.cache/fixes');
const GLOBAL = 'sts.amazonaws.com';
const ROLE = 'arn:aws:iam::111122223333:role/example';

mkdirSync(CACHE, { recursive: true });
const scratch = mkdtempSync(join(tmpdir(), 'fixes-'));
const { key, certificate } = makeCertificate(scratch);
const trustStore = join(scratch, 'trust.p12');
const sts = await startSts({ key, certificate });

function makeTrustStore() {
  if (existsSync(trustStore)) return;
  execFileSync('keytool', ['-importcert', '-noprompt', '-alias', 'loopback', '-file', certificate, '-keystore', trustStore, '-storetype', 'PKCS12', '-storepass', 'changeit'], { stdio: 'ignore' }); // prettier-ignore
}

/** What every client is told so that it finds the loopback server and trusts it. */
function network({ isJava }) {
  const proxy = `http://127.0.0.1:${sts.ports.proxy}`;
  const common = { HTTPS_PROXY: proxy, https_proxy: proxy, AWS_CA_BUNDLE: certificate, SSL_CERT_FILE: certificate, REQUESTS_CA_BUNDLE: certificate, NODE_EXTRA_CA_CERTS: certificate, LOOPBACK_TLS_PORT: String(sts.ports.tls), NODE_OPTIONS: `--require ${here('redirect.cjs')}`, RUBYOPT: `-r${here('redirect.rb')}` }; // prettier-ignore
  if (!isJava) return common;
  makeTrustStore();
  const proxies = ['http', 'https'].flatMap((scheme) => [
    `-D${scheme}.proxyHost=127.0.0.1`,
    `-D${scheme}.proxyPort=${sts.ports.proxy}`,
  ]);
  const options = [...proxies, `-Djavax.net.ssl.trustStore=${trustStore}`, '-Djavax.net.ssl.trustStorePassword=changeit']; // prettier-ignore
  return { JAVA_TOOL_OPTIONS: options.join(' ') };
}

/** Credentials of the three kinds that make an STS call of their own or sign one. */
function credentials(kind, home) {
  if (kind === 'web identity') {
    const token = join(home, 'token');
    writeFileSync(token, 'eyJhbGciOiJub25lIn0.e30.');
    return { AWS_ROLE_ARN: ROLE, AWS_WEB_IDENTITY_TOKEN_FILE: token, AWS_ROLE_SESSION_NAME: 'example' }; // prettier-ignore
  }
  if (kind === 'role profile') return { AWS_PROFILE: 'example' };
  return { AWS_ACCESS_KEY_ID: 'EXAMPLE', AWS_SECRET_ACCESS_KEY: 'example' };
}

/** A role that is assumed with the keys of another profile; settings belong into the profile in use. */
function profileWith(config) {
  const settings = config.replace('[default]\n', '');
  return `[profile keys]\naws_access_key_id = EXAMPLE\naws_secret_access_key = example\n[profile example]\nrole_arn = ${ROLE}\nsource_profile = keys\n${settings}\n`;
}

function homeWith(config) {
  const home = mkdtempSync(join(scratch, 'home-'));
  mkdirSync(join(home, '.aws'));
  writeFileSync(join(home, '.aws/config'), config);
  return home;
}

/** Where packages are kept between runs. */
function installed(name) {
  const folder = join(CACHE, name.replace(/[^A-Za-z0-9.]+/g, '-'));
  const mark = `${folder}.done`;
  if (!existsSync(mark)) {
    CLIENTS[name].install(folder);
    mkdirSync(folder, { recursive: true });
    writeFileSync(mark, '');
  }
  return folder;
}

const SECONDS = 240;

function finished(child) {
  return new Promise((resolve) => {
    let stderr = '';
    child.stderr.on('data', (chunk) => (stderr += chunk));
    child.on('error', (error) => resolve(error.message));
    child.on('close', () => resolve(stderr));
  });
}

/** Both; the options of a JVM stand one behind the other. */
function together(common, env) {
  const { JAVA_TOOL_OPTIONS: own = '' } = common;
  const { JAVA_TOOL_OPTIONS: told } = env;
  return told === undefined ? { ...common, ...env } : { ...common, ...env, JAVA_TOOL_OPTIONS: `${own} ${told}` }; // prettier-ignore
}

/** Runs one program and gives what reached the server. */
async function call(name, { env, config = '', credentials: kind, snippet }) {
  const client = CLIENTS[name];
  const folder = installed(name);
  const home = homeWith(kind === 'role profile' ? profileWith(config) : config);
  const file = join(folder, client.file);
  writeFileSync(file, client.program(snippet));
  const [command, ...args] = client.command(folder, file);
  const { PATH, HOME } = process.env;
  const goHome = { GOPATH: join(HOME, 'go'), GOCACHE: join(HOME, '.cache/go-build'), GOFLAGS: '-mod=mod' }; // prettier-ignore
  sts.seen.length = 0;
  const child = spawn(command, args, {
    cwd: folder,
    timeout: SECONDS * 1000,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { PATH, HOME: home, AWS_EC2_METADATA_DISABLED: 'true', AWS_CONFIG_FILE: join(home, '.aws/config'), ...goHome, ...credentials(kind, home), ...together(network(client), env) }, // prettier-ignore
  });
  const stderr = await finished(child);
  return { calls: [...sts.seen], stderr };
}

/** The CloudTrail record of a call that the server saw. */
function recordOf({ host, userAgent, action }) {
  const isGlobal = host === GLOBAL;
  return {
    eventVersion: '1.11',
    eventTime: '2026-11-01T00:00:00Z',
    eventSource: 'sts.amazonaws.com',
    eventName: action,
    awsRegion: 'us-east-1',
    userAgent,
    sourceIPAddress: '198.51.100.7',
    eventID: '11111111-2222-4333-8444-555555555555',
    eventType: 'AwsApiCall',
    recipientAccountId: '111122223333',
    userIdentity: { type: 'IAMUser', arn: 'arn:aws:iam::111122223333:user/example', accountId: '111122223333', userName: 'example' }, // prettier-ignore
    tlsDetails: { clientProvidedHostHeader: host },
    additionalEventData: { RequestDetails: { endpointType: isGlobal ? 'global' : 'regional', awsServingRegion: 'eu-west-1' } }, // prettier-ignore
  };
}

/** What the audit says of the call. */
function findingOf(seen) {
  const args = [here('../../dist/cli.js'), 'files', '-', '--format', 'json', '--out', '-', '--quiet']; // prettier-ignore
  const input = JSON.stringify({ Records: [recordOf(seen)] });
  return JSON.parse(execFileSync('node', args, { input, encoding: 'utf8' })).findings[0];
}

function exported(code) {
  return Object.fromEntries([...code.matchAll(/^export ([A-Z_]+)=(\S+)$/gm)].map(([, name, value]) => [name, value])); // prettier-ignore
}

/** What is left when everything is gone that names the global endpoint. */
function withoutGlobal(env) {
  const kept = Object.entries(env).filter(([variable, value]) => !/ENDPOINT/.test(variable) && value !== 'aws-global'); // prettier-ignore
  return { ...Object.fromEntries(kept), AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'eu-west-1' };
}

/** The new release that a step asks for, or the caller's own; undefined when it is not at hand. */
function releaseFor({ title }, one) {
  return /^(?:Upgrade|Update) /.test(title) ? one.upgraded : one.client;
}

/** Ways to follow one step, each with what it changes in the run; none when the step is for people. */
function followed(step, one) {
  const name = releaseFor(step, one);
  if (name === undefined) return [];
  if (step.title.startsWith('Upgrade ')) return [{ name }];
  if (step.title.startsWith('Find and remove')) return [{ name, env: withoutGlobal(one.env), replaces: true }]; // prettier-ignore
  const file = step.snippets.find(({ label }) => label === '~/.aws/config');
  const env = Object.assign({}, ...step.snippets.map(({ code }) => exported(code)));
  if (file) return [{ name, config: file.code, env }];
  if (Object.keys(env).length > 0) return [{ name, env }];
  const code = step.snippets.find(({ language }) => language === CLIENTS[name].language);
  return code ? [{ name, snippet: code.code }] : [];
}

/** Where calls went, and what they were signed for when that is another Region. */
function hosts(calls) {
  const texts = calls.map(({ host, signedFor }) => {
    const wanted = host === GLOBAL ? 'us-east-1' : host.split('.')[1];
    return signedFor === null || signedFor === wanted ? host : `${host} signed for ${signedFor}`;
  });
  return [...new Set(texts)].join(', ') || 'no call';
}

function row(...cells) {
  console.log(`| ${cells.join(' | ')} |`);
}

async function follow(one, way) {
  const env = way.replaces ? way.env : { ...one.env, ...way.env };
  return call(way.name, { ...one, env, config: way.config, snippet: way.snippet });
}

function lastWords(stderr) {
  return stderr.trim().slice(-200).replaceAll('\n', ' ').replaceAll('|', '/');
}

/** Tries every step that a program can follow, and says where the client called afterwards. */
async function tryFixes(one, start, globalCall) {
  const { diagnosis, remediation } = findingOf(globalCall);
  process.stderr.write(`${globalCall.userAgent}\n`);
  // What is marked `also` moves nobody by itself.
  for (const step of remediation.steps.filter(({ need }) => need !== 'also')) {
    for (const way of followed(step, one)) {
      const { calls, stderr } = await follow(one, way);
      const after = calls.length === 0 ? `no call: ${lastWords(stderr)}` : hosts(calls);
      const isMoved = calls.length > 0 && calls.every(({ host }) => host !== GLOBAL);
      row(...start, `${diagnosis.cause} (${diagnosis.confidence})`, step.title, after, isMoved ? 'moved' : 'NOT MOVED'); // prettier-ignore
    }
  }
}

async function prove(one) {
  const told = Object.entries(one.env).map(([name, value]) => `${name}=${value}`).join(' ') || 'nothing'; // prettier-ignore
  const { calls, stderr } = await call(one.client, one);
  const start = [one.client, one.credentials ?? 'access key', told, hosts(calls)];
  if (calls[0]?.host !== one.before) return row(...start, '', '', lastWords(stderr), 'NOT AS EXPECTED'); // prettier-ignore
  const globalCall = calls.find(({ host }) => host === GLOBAL);
  if (globalCall === undefined) return row(...start, '', 'none needed', '', 'as expected');
  return tryFixes(one, start, globalCall);
}

row('client', 'credentials', 'told', 'called', 'cause', 'step of the report', 'calls then', '');
row(...Array(8).fill('---'));
for (const one of CASES.filter(({ client }) => client.includes(process.argv[2] ?? ''))) {
  try {
    await prove(one);
  } catch (error) {
    row(one.client, '', '', '', '', '', lastWords(String(error.message)), 'NOT TRIED');
  }
}
sts.close();
rmSync(scratch, { recursive: true });
