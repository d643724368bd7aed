/**
 * Other programs: run to their end, or served until they are stopped.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { basename } from 'node:path';

/** Why an engine cannot be had, for the line that says so. */
export class Unavailable extends Error {}

export interface Settings {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Standard output. Throws Unavailable when the program is not there or fails. */
export function run(command: string, args: readonly string[], settings: Settings = {}): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    ...settings,
    env: { ...process.env, ...settings.env },
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  if (error !== undefined) throw new Unavailable(`${command} is not there`);
  if (status === 0) return stdout;
  throw new Unavailable(`${basename(command)} failed: ${complaint(`${stdout}\n${stderr}`)}`);
}

/** Of all that a program said, the first line about an error, or the last. */
function complaint(said: string): string {
  const lines = said.split('\n').filter((line) => line.trim() !== '');
  return (lines.find((line) => /error|denied|refused/i.test(line)) ?? lines.at(-1) ?? 'it said nothing').trim().slice(0, 400); // prettier-ignore
}

/** A port of the loopback interface that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export interface Service extends Settings {
  readonly command: string;
  readonly args: readonly string[];
  /** Whatever the program prints goes here. */
  readonly log: string;
  /** Whether it answers yet. */
  readonly ready: () => Promise<boolean>;
}

const MOST_SECONDS_TO_START = 180;

/** Starts a program that goes on; the result stops it. */
export async function serve(service: Service): Promise<() => Promise<void>> {
  const child = spawn(service.command, service.args, {
    ...(service.cwd === undefined ? {} : { cwd: service.cwd }),
    env: { ...process.env, ...service.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const log = createWriteStream(service.log);
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  // A run that is broken off must not leave an engine behind.
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  // Nor one of which the first process alone was ended: tests run in another, which goes on.
  const abandoned = (): void => {
    kill();
    process.kill(process.pid, 'SIGKILL');
  };
  process.once('disconnect', abandoned);
  const stop = async (): Promise<void> => {
    process.off('exit', kill);
    process.off('disconnect', abandoned);
    await end(child);
    log.end();
  };
  for (let second = 0; second < MOST_SECONDS_TO_START; second += 1) {
    if (await service.ready().catch(() => false)) return stop;
    if (child.exitCode !== null) break;
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  await stop();
  const said = (await readFile(service.log, 'utf8')).slice(-2000);
  throw new Error(`${service.command} did not start:\n${said}`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), 20_000);
  await ended;
  clearTimeout(force);
}
