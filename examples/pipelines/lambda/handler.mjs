/**
 * The scheduled job as a Lambda function: state from the bucket, run, report and state to the bucket.
 *
 *   npm install legacy-endpoint-audit && zip -r function.zip handler.mjs *.yaml node_modules
 */
import { spawn } from 'node:child_process';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';

const BUCKET = process.env['REPORT_BUCKET'];
const WORK = process.env['WORK_FOLDER'] ?? '/tmp/legacy-endpoint-audit';
const CONFIG = fileURLToPath(new URL('legacy-endpoint-audit.config.yaml', import.meta.url));
const CLI = fileURLToPath(new URL('cli.js', import.meta.resolve('legacy-endpoint-audit')));
/** Report written: complete, with findings over the gate, incomplete. */
const WRITTEN = new Set([0, 1, 3]);

const client = new S3Client({ forcePathStyle: process.env['AWS_ENDPOINT_URL_S3'] !== undefined });

export async function handler() {
  // A warm function finds what the last run has left.
  await rm(WORK, { recursive: true, force: true });
  const before = await download('state/', join(WORK, 'state'));
  const exitCode = await run();
  // The scheduler tries again, and the alarm on errors rings.
  if (!WRITTEN.has(exitCode)) throw new Error(`legacy-endpoint-audit ended with ${exitCode}`);
  await upload(join(WORK, 'report'), `reports/${new Date().toISOString().slice(0, 10)}/`);
  await keepState(before);
  return { exitCode };
}

/** state.json names the other files: it goes when they are there, and old ones go after it. */
async function keepState(before) {
  const folder = join(WORK, 'state');
  const now = new Set((await filesIn(folder)).map((name) => `state/${name}`));
  await upload(folder, 'state/', (name) => name !== 'state.json');
  await upload(folder, 'state/', (name) => name === 'state.json');
  const old = before.filter((key) => !now.has(key));
  if (old.length === 0) return;
  const Delete = { Objects: old.map((Key) => ({ Key })) };
  await client.send(new DeleteObjectsCommand({ Bucket: BUCKET, Delete }));
}

async function run() {
  const child = spawn(process.execPath, [CLI, 'run', CONFIG, '--quiet'], { stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(code));
  });
}

async function download(prefix, folder) {
  await mkdir(folder, { recursive: true });
  const list = await client.send(new ListObjectsV2Command({ Bucket: BUCKET, Prefix: prefix }));
  const keys = (list.Contents ?? []).map(({ Key }) => Key);
  for (const Key of keys) {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: BUCKET, Key }));
    await writeFile(join(folder, Key.slice(prefix.length)), await Body.transformToByteArray());
  }
  return keys;
}

async function upload(folder, prefix, wanted = () => true) {
  for (const name of (await filesIn(folder)).filter(wanted)) {
    const Body = await readFile(join(folder, name));
    const ContentType = TYPES[name.slice(name.lastIndexOf('.') + 1)] ?? 'text/plain; charset=utf-8';
    const input = { Bucket: BUCKET, Key: prefix + name, Body, ContentType };
    await client.send(new PutObjectCommand(input));
  }
}

const TYPES = { html: 'text/html; charset=utf-8', json: 'application/json', csv: 'text/csv' };

async function filesIn(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile());
  return files.map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1));
}
