/**
 * The Java runtimes of this machine.
 */
import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { Unavailable } from '../program.js';

/** Folders with a runtime in each, where packages, installers and version managers put them. */
const PLACES = [
  '/usr/lib/jvm',
  '/opt/java',
  '/usr/java',
  '/Library/Java/JavaVirtualMachines',
  join(homedir(), '.sdkman/candidates/java'),
  join(homedir(), '.jdks'),
];

interface Runtime {
  readonly version: number;
  readonly command: string;
}

/** The `java` of the newest runtime. Throws Unavailable when there is none from `least` on. */
export function java(least: number): string {
  const runtimes = homes().flatMap(runtimeAt);
  const [newest] = runtimes.toSorted((a, b) => b.version - a.version);
  if (newest !== undefined && newest.version >= least) return newest.command;
  const found = newest === undefined ? 'none was found' : `the newest here is ${newest.version}`;
  throw new Unavailable(`it needs Java ${least} or newer, and ${found} (JAVA_HOME names one)`);
}

function homes(): string[] {
  const named = process.env['JAVA_HOME'];
  const installed = PLACES.filter((place) => existsSync(place)).flatMap((place) =>
    readdirSync(place).flatMap((name) => [join(place, name), join(place, name, 'Contents/Home')]),
  );
  return [...(named === undefined ? [] : [named]), ...installed, ...onPath()];
}

/** Where the `java` of the search path really is: `…/bin/java` of its home. */
function onPath(): string[] {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'java'))
    .filter((command) => existsSync(command))
    .map((command) => dirname(dirname(realpathSync(command))));
}

/** Every runtime has a file that says what it is. */
function runtimeAt(home: string): Runtime[] {
  const [release, command] = [join(home, 'release'), join(home, 'bin/java')];
  if (!existsSync(release) || !existsSync(command)) return [];
  const [, version] = /^JAVA_VERSION="(?:1\.)?(\d+)/m.exec(readFileSync(release, 'utf8')) ?? [];
  return version === undefined ? [] : [{ version: Number(version), command }];
}
