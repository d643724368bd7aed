/**
 * The built program with the credentials and the configuration of the test, and nothing of the
 * machine's.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { CLI, type Outcome } from '../cli.js';

const ENVIRONMENT: Readonly<Record<string, string>> = {
  PATH: process.env['PATH'] ?? '',
  AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_REGION: 'us-east-1',
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_EC2_METADATA_DISABLED: 'true',
};

export interface Spawned {
  readonly child: ChildProcess;
  readonly ended: Promise<Outcome>;
}

/** Starts it; what is in `environment` is added, or taken away where it is undefined. */
export function start(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>> = {},
): Spawned {
  const env = { ...ENVIRONMENT, ...environment };
  const child = spawn(process.execPath, [CLI, ...args], { env });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  return { child, ended: ended.then((code) => ({ code, stdout, stderr })) };
}
