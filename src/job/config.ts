/**
 * Finding and reading the config of `run`.
 */
import { dirname, resolve } from 'node:path';
import { UserError } from '../errors.js';
import { present, readSettings } from '../inputs.js';
import { type Config, configSchema } from './config-schema.js';
import type { SourceConfig } from './source-schema.js';

const NAMES = ['yaml', 'yml', 'json'].map((ending) => `legacy-endpoint-audit.config.${ending}`);

/** The config with all its paths made absolute, from the file's own folder. */
export async function readConfig(path: string | undefined): Promise<Config> {
  const file = path ?? (await findConfig());
  const config = await readSettings(file, configSchema, 'config');
  const at = (relative: string): string => resolve(dirname(file), relative);
  const { output, baseline, ipRanges, ignore, owners, state } = config;
  return {
    ...config,
    sources: config.sources.map((source) => withPaths(source, at)),
    output: { ...output, folder: at(output.folder) },
    baseline: baseline === 'last-run' ? baseline : at(baseline),
    ipRanges: ipRanges === undefined ? ipRanges : at(ipRanges),
    ignore: ignore === undefined ? ignore : at(ignore),
    owners: owners === undefined ? owners : at(owners),
    state: at(state),
  };
}

/** Of the keys of sources, `paths` and `resume` name files. */
function withPaths(source: SourceConfig, at: (relative: string) => string): SourceConfig {
  const { paths, resume } = source;
  return {
    ...source,
    ...(paths && { paths: paths.map((path) => (path.startsWith('s3://') ? path : at(path))) }),
    ...(typeof resume === 'string' && { resume: at(resume) }),
  };
}

async function findConfig(): Promise<string> {
  const found = await present(NAMES);
  const [only, another] = found;
  if (only !== undefined && another === undefined) return only;
  throw only === undefined
    ? new UserError('there is no config in this folder', { hint: `write ${NAMES[0]}, or name the file` }) // prettier-ignore
    : new UserError(`there is more than one config: ${found.join(', ')}`, { hint: 'name the one to run' }); // prettier-ignore
}
