/**
 * An emulator on the loopback interface, and clients of the SDK for it.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { newFolder } from '../cache.js';
import { freePort, serve } from '../program.js';
import { installedVersion, installEmulators } from './python.js';

export interface Emulator {
  /** Of the package that runs, such as `1.5.33`. */
  readonly version: string;
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** Throws Unavailable when it cannot be had. */
export async function startMinistack(): Promise<Emulator> {
  const port = await freePort();
  const env = {
    GATEWAY_PORT: String(port),
    BIND_HOST: '127.0.0.1',
    CLOUDTRAIL_RECORDING: '1',
    ATHENA_ENGINE: 'duckdb',
  };
  return start({ name: 'ministack', distribution: 'ministack', args: [], env, port });
}

/** Throws Unavailable when it cannot be had. */
export async function startMoto(): Promise<Emulator> {
  const port = await freePort();
  const args = ['--host', '127.0.0.1', '--port', String(port)];
  return start({ name: 'moto_server', distribution: 'moto', args, env: {}, port });
}

async function start(program: {
  name: string;
  /** Under which pip knows it. */
  distribution: string;
  args: readonly string[];
  env: Readonly<Record<string, string>>;
  port: number;
}): Promise<Emulator> {
  const bin = installEmulators();
  const folder = newFolder(program.name);
  const url = `http://127.0.0.1:${program.port}`;
  const stop = await serve({
    command: join(bin, program.name),
    args: program.args,
    env: program.env,
    cwd: folder,
    log: join(folder, 'log'),
    ready: async () => (await fetch(url)).status < 500,
  });
  return {
    version: installedVersion(bin, program.distribution),
    url,
    stop: async () => {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
