import { Readable } from 'node:stream';
import type { Flags } from '../args.js';
import type { Source } from '../contracts.js';
import { keyOf, ownFlags, type SourceConfig, type SourceName } from './source-schema.js';

interface Delivery {
  /** Also take what was delivered long after the window, up to here, in seconds. */
  readonly deliveredUntil?: number;
  /** The same for engines, which charge for what they scan. */
  readonly scannedUntil?: number;
}

/** The sources that the config names, each with only its own code loaded. Throws a UserError. */
export async function jobSources(
  configs: readonly SourceConfig[],
  delivery: Delivery = {},
): Promise<readonly Source[]> {
  const made = configs.map(async (config) =>
    MAKERS[config.source](flagsOf(config), { ...config, delivery }),
  );
  return (await Promise.all(made)).flat();
}

type MakeSources = (
  flags: Flags,
  config: Pick<SourceConfig, 'paths'> & { delivery: Delivery },
) => Promise<readonly Source[]>;

const MAKERS: Readonly<Record<SourceName, MakeSources>> = {
  files: async (flags, { paths = [], delivery }) =>
    (await import('../commands/files.js')).filesSources(paths, flags, {
      stdin: Readable.from([]),
      ...(delivery.deliveredUntil === undefined ? {} : { deliveredUntil: delivery.deliveredUntil }),
    }),
  insights: async (flags) => (await import('../commands/insights.js')).insightsSources(flags),
  athena: async (flags, { delivery }) =>
    (await import('../commands/athena.js')).athenaSources(flags, delivery.scannedUntil),
  lookup: async (flags) => (await import('../commands/lookup.js')).lookupSources(flags),
  lake: async (flags) => (await import('../commands/lake.js')).lakeSources(flags),
};

/** As if they had been given on the command line, so that they are checked alike. */
function flagsOf(config: SourceConfig): Flags {
  const given = ownFlags(config.source)
    .map((flag) => ({ flag, value: config[keyOf(flag.name)] }))
    .filter(({ value }) => value !== undefined);
  return Object.fromEntries(
    given.map(({ flag, value }) => {
      if (typeof value === 'boolean') return [flag.name, value];
      const texts = [value].flat().map(String);
      return [flag.name, flag.repeatable === true ? texts : texts.join()];
    }),
  );
}
