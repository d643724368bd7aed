/**
 * The sources of a config, by the flags of their commands: `--log-group` is the key `logGroup`. What
 * a source can be told is written down once, in the table of commands.
 */
import { z } from 'zod';
import { COMMANDS } from '../command-table.js';
import { type Flag, IP_RANGES, OUTPUT, WINDOW } from '../flag-table.js';

export const SOURCES = ['files', 'insights', 'athena', 'lookup', 'lake'] as const;
export type SourceName = (typeof SOURCES)[number];

/** Keys without which a source cannot start. */
const REQUIRED: Readonly<Record<SourceName, readonly string[]>> = {
  files: [],
  insights: ['log-group'],
  athena: ['table'],
  lookup: [],
  lake: ['event-data-store'],
};

const text = z.string().min(1);
const texts = z.union([text, z.array(text).min(1).readonly()]);
const paths = z.array(text).min(1).readonly().describe('Folders, files, patterns, s3://bucket/prefix.'); // prettier-ignore
/** JSON has numbers where flags have text, and YAML is read with text alone. */
const value = z.union([text, z.number()]);
const yesOrNo = z.boolean();

/** One entry of `sources`, as it was written: keys are checked, and their values when it starts. */
export interface SourceConfig {
  readonly source: SourceName;
  readonly paths?: readonly string[];
  readonly [key: string]: unknown;
}

export const sourceSchema: z.ZodType<SourceConfig, SourceConfig> = z.discriminatedUnion('source', [
  entry('files'),
  entry('insights'),
  entry('athena'),
  entry('lookup'),
  entry('lake'),
]);

function entry<Name extends SourceName>(name: Name): z.ZodObject<{ source: z.ZodLiteral<Name> }> {
  const keys = ownFlags(name).map((flag): [string, z.ZodType] => [keyOf(flag.name), keySchema(flag, name)]); // prettier-ignore
  const shape: Record<string, z.ZodType> = Object.fromEntries(keys);
  return z
    .strictObject({ ...(name === 'files' ? { paths } : {}), ...shape })
    .extend({ source: z.literal(name) });
}

function keySchema(flag: Flag, source: SourceName): z.ZodType {
  const form = flag.value === undefined ? yesOrNo : flag.repeatable === true ? texts : value;
  const needed = REQUIRED[source].includes(flag.name);
  return (needed ? form : form.optional()).describe(`${flag.summary}.`);
}

/** The window, the output and the ranges are those of the whole job. */
export function ownFlags(name: SourceName): readonly Flag[] {
  const common = new Set([...WINDOW, ...OUTPUT, IP_RANGES]);
  return (COMMANDS.find((command) => command.name === name)?.flags ?? []).filter(
    (flag) => !common.has(flag),
  );
}

/** `log-group` is `logGroup`. */
export function keyOf(flag: string): string {
  return flag.replace(/-[a-z]/g, (letter) => letter.slice(1).toUpperCase());
}
