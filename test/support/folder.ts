import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { scratch } from './cli.js';
import type { Json } from './records.js';

/** A new folder with the files given by path; `.gz` ones are compressed unless given as bytes. */
export function folderOf(files: Readonly<Record<string, string | Buffer>>): string {
  const folder = scratch();
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    const packed = path.endsWith('.gz') && typeof content === 'string';
    writeFileSync(join(folder, path), packed ? gzipSync(content) : content);
  }
  return folder;
}

export function log(...records: readonly Json[]): string {
  return JSON.stringify({ Records: records });
}

/** A path as CloudTrail makes it. */
export function deliveredPath(region = 'us-east-1', day = '2026/01/10', number = 0): string {
  const stamp = `${day.replaceAll('/', '')}T1205Z`;
  return `AWSLogs/111122223333/CloudTrail/${region}/${day}/111122223333_CloudTrail_${region}_${stamp}_${String(number).padStart(16, 'A')}.json.gz`;
}
