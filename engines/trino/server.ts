/**
 * A Trino server on the loopback interface, over a folder of this machine: the Hive connector with
 * its metastore in files, no cloud.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Engine } from '../../test/support/sql/engine.js';
import { newFolder } from '../cache.js';
import { freePort, serve } from '../program.js';
import { installTrino, TRINO_JAVA } from './install.js';
import { java } from './java.js';
import { type End, endOf, execute } from './statement.js';

export interface Trino extends Engine {
  /** As it says itself, such as `476`. */
  readonly version: string;
  readonly url: string;
  /** `local:///` in a table's location means this folder. */
  readonly folder: string;
  /** How it says itself that a statement ended. */
  readonly endOf: (sql: string) => Promise<End>;
  readonly stop: () => Promise<void>;
}

const MEMORY = [
  '-Xmx4G',
  '-XX:+ExitOnOutOfMemoryError',
  '-Djdk.attach.allowAttachSelf=true',
  '--add-modules=jdk.incubator.vector',
  '--enable-native-access=ALL-UNNAMED',
];

/** Throws Unavailable when it cannot be had. */
export async function startTrino(): Promise<Trino> {
  const command = java(TRINO_JAVA);
  const home = installTrino();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const folder = newFolder('trino');
  const config = configure(folder, home, port);
  const stop = await serve({
    command,
    args: [
      ...MEMORY,
      `-Dconfig=${config}`,
      '-cp',
      join(home, 'lib/*'),
      'io.trino.server.TrinoServer',
    ],
    cwd: folder,
    log: join(folder, 'trino.log'),
    ready: async () => !(await infoOf(url)).starting,
  });
  const { nodeVersion } = await infoOf(url);
  return {
    version: nodeVersion.version,
    url,
    folder,
    run: async (sql, follower) => execute(url, sql, follower),
    endOf: async (sql) => endOf(url, sql),
    stop: async () => {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

interface Info {
  readonly starting: boolean;
  readonly nodeVersion: { readonly version: string };
}

async function infoOf(url: string): Promise<Info> {
  return (await (await fetch(`${url}/v1/info`)).json()) as Info;
}

function configure(folder: string, home: string, port: number): string {
  const config = join(folder, 'config.properties');
  const catalogs = join(folder, 'catalog');
  mkdirSync(catalogs);
  writeProperties(config, {
    coordinator: true,
    'node-scheduler.include-coordinator': true,
    'http-server.http.port': port,
    'discovery.uri': `http://127.0.0.1:${port}`,
    'node.environment': 'engines',
    'node.bind-ip': '127.0.0.1',
    'node.internal-address': '127.0.0.1',
    'plugin.dir': join(home, 'plugin'),
    'catalog.config-dir': catalogs,
    'query.max-memory': '2GB',
    'query.max-memory-per-node': '2GB',
    'memory.heap-headroom-per-node': '512MB',
  });
  writeProperties(join(catalogs, 'awsdatacatalog.properties'), {
    'connector.name': 'hive',
    'hive.metastore': 'file',
    'hive.metastore.catalog.dir': 'local:///metastore',
    'local.location': folder,
    'fs.native-local.enabled': true,
    'hive.partition-projection-enabled': true,
    // As in Athena, a day without logs is no error.
    'hive.ignore-absent-partitions': true,
    'hive.recursive-directories': true,
    'hive.hive-views.enabled': false,
  });
  return config;
}

function writeProperties(path: string, values: Readonly<Record<string, unknown>>): void {
  const lines = Object.entries(values).map(([name, value]) => `${name}=${String(value)}\n`);
  writeFileSync(path, lines.join(''));
}
