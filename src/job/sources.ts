import type { Source } from '../contracts.js';
import type { Config, SourceConfig } from './config-schema.js';

/** The sources that the config names, each with only its own code loaded. */
export async function jobSources({ sources }: Config): Promise<readonly Source[]> {
  return Promise.all(sources.map(sourceOf));
}

async function sourceOf(config: SourceConfig): Promise<Source> {
  const { files } = await import('../sources/files/index.js');
  const { paths, allRegions, threads } = config;
  return files(paths, { allRegions, ...(threads === undefined ? {} : { threads }) });
}
